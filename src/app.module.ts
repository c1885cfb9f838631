import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { Settings } from '#config';
import { ComparisonController } from './audit/comparison.controller.js';
import { OverviewController } from './audit/overview.controller.js';
import { readsController } from './audit/reads.controller.js';
import { commandsController } from './platform/commands.controller.js';
import { HealthController } from './platform/health.controller.js';
import { Draining } from './platform/http-server.js';
import { KeysController } from './platform/keys.controller.js';
import { PrincipalGuard } from './platform/principal.guard.js';
import { ProblemFilter } from './platform/problem.filter.js';
import type { OpenRecord } from './platform/record.js';
import { RouteTable } from './platform/route-table.js';
import { openRecordToken, policyTableToken, settingsToken } from './platform/tokens.js';
import { policyTable } from './policy-table.js';
import { slices } from './slices.js';
import { SourceBytesController } from './sources/source-bytes.controller.js';

interface Parts {
  readonly record: OpenRecord;
  readonly settings: Settings;
  readonly draining: Draining;
  readonly routes: RouteTable;
}

/** The server: every slice's commands and reads, and what stands above the slices. */
@Module({})
export class AppModule {
  static of({ record, settings, draining, routes }: Parts): DynamicModule {
    const writable = slices.filter((slice) => Object.keys(slice.commands).length > 0);
    return {
      module: AppModule,
      controllers: [
        SourceBytesController,
        OverviewController,
        ComparisonController,
        ...writable.map(commandsController),
        ...slices.map(readsController),
        KeysController,
        HealthController,
      ],
      providers: [
        { provide: openRecordToken, useValue: record },
        { provide: policyTableToken, useValue: policyTable },
        { provide: settingsToken, useValue: settings },
        { provide: Draining, useValue: draining },
        { provide: RouteTable, useValue: routes },
        { provide: APP_GUARD, useClass: PrincipalGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
