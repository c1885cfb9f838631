import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { Settings } from '#config';
import { KeptInterceptor } from './reading/kept.interceptor.js';
import { partControllers } from './reading/parts.controller.js';
import { readsController } from './reading/reads.controller.js';
import { replayController } from './reading/replay.controller.js';
import { BriefController } from './briefing/brief.controller.js';
import { BriefingController } from './briefing/briefing.controller.js';
import { SearchController } from './reading/search.controller.js';
import { DescriptionController } from './description/description.controller.js';
import { PagesController } from './site/pages.controller.js';
import { StyleController } from './site/style.controller.js';
import { Tickets } from './site/tickets.js';
import { Authentication } from './platform/access/authentication.js';
import { commandsController } from './platform/commands/commands.controller.js';
import { HealthController } from './platform/http/health.controller.js';
import { Draining } from './platform/http/http-server.js';
import { Metrics } from './platform/http/metrics.js';
import { KeysController } from './platform/access/keys.controller.js';
import { PrincipalGuard } from './platform/access/principal.guard.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import type { OpenRecord } from './platform/record.js';
import { RouteTable } from './platform/http/route-table.js';
import { openRecordToken, policyTableToken, settingsToken } from './platform/access/tokens.js';
import { rights } from './rights.js';
import { slices } from './slices.js';
import { SourceBytesController } from './sources/source-bytes.controller.js';

interface Parts {
  readonly record: OpenRecord;
  readonly settings: Settings;
  readonly authentication: Authentication;
  readonly draining: Draining;
  readonly metrics: Metrics;
  readonly routes: RouteTable;
}

/** The server: every slice's commands and reads, and what stands above the slices. */
@Module({})
export class AppModule {
  static of({ record, settings, authentication, draining, metrics, routes }: Parts): DynamicModule {
    const writable = slices.filter((slice) => Object.keys(slice.commands).length > 0);
    return {
      module: AppModule,
      controllers: [
        SourceBytesController,
        BriefingController,
        ...partControllers(slices),
        SearchController,
        BriefController,
        ...writable.map(commandsController),
        ...slices.map(readsController),
        ...slices.map(replayController),
        KeysController,
        PagesController,
        StyleController,
        DescriptionController,
        HealthController,
      ],
      providers: [
        { provide: openRecordToken, useValue: record },
        { provide: policyTableToken, useValue: rights },
        { provide: settingsToken, useValue: settings },
        { provide: Authentication, useValue: authentication },
        { provide: Draining, useValue: draining },
        { provide: Metrics, useValue: metrics },
        { provide: RouteTable, useValue: routes },
        { provide: Tickets, useFactory: () => new Tickets(record.clock, record.ids) },
        { provide: APP_GUARD, useClass: PrincipalGuard },
        { provide: APP_INTERCEPTOR, useClass: KeptInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
