import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { EventStore } from '#libs/event-store';
import { Clock } from '../platform/record/clock.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { Ids } from '../platform/record/ids.js';
import { storeToken } from '../platform/record/tokens.js';
import { Acts } from './acts.js';
import { ExportsController } from './exports.controller.js';
import { ImportJobs } from './import-jobs.js';
import { ImportRunner } from './import-runner.js';
import { ImportsController } from './imports.controller.js';
import { reportToken } from './tokens.js';

/** What is brought in from other systems, and what is given out to them. */
@Module({})
export class ExchangeOfDataModule {
  static of(report: (words: string, error: unknown) => void): DynamicModule {
    return {
      module: ExchangeOfDataModule,
      controllers: [ImportsController, ExportsController],
      providers: [
        { provide: reportToken, useValue: report },
        {
          provide: Acts,
          useFactory: ({ slices }: EventRegistry) => new Acts(slices),
          inject: [EventRegistry],
        },
        {
          provide: ImportJobs,
          useFactory: (store: EventStore, ids: Ids, clock: Clock) => new ImportJobs(store, ids, clock),
          inject: [storeToken, Ids, Clock],
        },
        ImportRunner,
      ],
    };
  }
}
