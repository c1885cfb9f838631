import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { Settings } from '#config';
import { ComparisonController } from './audit/comparison.controller.js';
import { InYourNameController } from './audit/in-your-name.controller.js';
import { KeptInterceptor } from './audit/kept.interceptor.js';
import { OverviewController } from './audit/overview.controller.js';
import { readsController } from './audit/reads.controller.js';
import { replayController } from './audit/replay.controller.js';
import { BriefController } from './briefing/brief.controller.js';
import { BriefingController } from './briefing/briefing.controller.js';
import { SearchController } from './audit/search.controller.js';
import { DescriptionController } from './description/description.controller.js';
import { PagesController } from './pages/pages.controller.js';
import { StyleController } from './pages/style.controller.js';
import { Tickets } from './pages/tickets.js';
import { Authentication } from './platform/authentication.js';
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
  readonly authentication: Authentication;
  readonly draining: Draining;
  readonly routes: RouteTable;
}

/** The server: every slice's commands and reads, and what stands above the slices. */
@Module({})
export class AppModule {
  static of({ record, settings, authentication, draining, routes }: Parts): DynamicModule {
    const writable = slices.filter((slice) => Object.keys(slice.commands).length > 0);
    return {
      module: AppModule,
      controllers: [
        SourceBytesController,
        OverviewController,
        ComparisonController,
        BriefingController,
        InYourNameController,
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
        { provide: policyTableToken, useValue: policyTable },
        { provide: settingsToken, useValue: settings },
        { provide: Authentication, useValue: authentication },
        { provide: Draining, useValue: draining },
        { provide: RouteTable, useValue: routes },
        { provide: Tickets, useFactory: () => new Tickets(record.clock, record.ids) },
        { provide: APP_GUARD, useClass: PrincipalGuard },
        { provide: APP_INTERCEPTOR, useClass: KeptInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
