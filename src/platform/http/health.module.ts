import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Projections } from '#libs/projections';
import { Appends } from '../record/appends.js';
import { leaseToken } from '../record/tokens.js';
import { Draining } from './draining.js';
import { HealthController } from './health.controller.js';
import { folderToken, Health } from './health.js';
import { KeptAnswers } from './kept-answers.js';
import { Metrics } from './metrics.js';

/** How the server is: for whoever runs it. */
@Module({})
export class HealthModule {
  static of({ directory }: { readonly directory: string | undefined }): DynamicModule {
    return {
      module: HealthModule,
      // Rooms that stand higher say how they are, too.
      global: true,
      controllers: [HealthController],
      providers: [
        { provide: folderToken, useValue: directory ?? null },
        {
          provide: Metrics,
          useFactory: (projections: Projections, lease: { readonly held: boolean }, appends: Appends) =>
            new Metrics(projections, lease, appends),
          inject: [Projections, leaseToken, Appends],
        },
        Draining,
        Health,
        KeptAnswers,
      ],
      exports: [Draining, Health, KeptAnswers, Metrics],
    };
  }
}
