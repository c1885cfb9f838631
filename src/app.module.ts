import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import type { Settings } from '#config';
import { BriefingModule } from './briefing/briefing.module.js';
import { DescriptionModule } from './description/description.module.js';
import { AccessModule } from './platform/access/access.module.js';
import { PassedOverGuard } from './platform/commands/passed-over.guard.js';
import { PrincipalGuard } from './platform/access/principal.guard.js';
import { describedToken, rightsToken } from './platform/access/tokens.js';
import { described } from './described.js';
import { AnswerInterceptor } from './platform/http/answer.interceptor.js';
import { InTurnInterceptor } from './platform/http/in-turn.interceptor.js';
import type { AtOnce } from './platform/http/in-turn.interceptor.js';
import { ReceiptInterceptor } from './ledger/receipt.interceptor.js';
import { ExchangeOfDataModule } from './exchange-of-data/exchange-of-data.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import type { LedgerOptions } from './ledger/ledger.module.js';
import { FeedModule } from './feed/feed.module.js';
import type { FeedOptions } from './feed/feed.module.js';
import { FollowingModule } from './following/following.module.js';
import { HealthModule } from './platform/http/health.module.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { RouteTable } from './platform/http/route-table.js';
import type { OpenRecord } from './platform/record.js';
import { RecordModule } from './platform/record.module.js';
import { BodyPipe } from './platform/shapes/body.pipe.js';
import { KeptInterceptor } from './reading/kept.interceptor.js';
import { ReadingModule } from './reading/reading.module.js';
import { rightsUnder } from './rights.js';
import { SiteModule } from './site/site.module.js';
import { slices } from './slices.js';
import { SlicesModule } from './slices.module.js';
import { SourcesModule } from './sources/sources.module.js';

export interface AppOptions {
  readonly record: () => Promise<OpenRecord>;
  readonly settings: Pick<Settings, 'directory' | 'heldBytesPerDialogue' | 'ledgerOpen' | 'oidc'>;
  readonly ledger: LedgerOptions;
  /** Told what went wrong in the background. */
  readonly report: (words: string, error: unknown) => void;
  readonly feed: FeedOptions;
  /** Told why no access token can be checked with new keys. */
  readonly onIssuerAway: (reason: string) => void;
  /** Told why nobody can sign in to the pages at an issuer. */
  readonly onNoSignIn: (reason: string) => void;
}

/** The server: the record, every slice's commands and reads, and what stands above the slices. */
@Module({})
export class AppModule {
  static of({ record, settings, ledger, feed, report, onIssuerAway, onNoSignIn }: AppOptions): DynamicModule {
    return {
      module: AppModule,
      // The rights are asked for wherever somebody may or may not do something.
      global: true,
      imports: [
        RecordModule.forRoot(record),
        AccessModule.of({ oidc: settings.oidc, report: onIssuerAway, reportSignIn: onNoSignIn }),
        SlicesModule.of(slices),
        SourcesModule.of(settings),
        ReadingModule,
        BriefingModule,
        LedgerModule.of(ledger),
        ExchangeOfDataModule.of(report),
        FeedModule.of(feed),
        FollowingModule,
        DescriptionModule,
        SiteModule,
        HealthModule.of(settings),
      ],
      providers: [
        { provide: rightsToken, useValue: rightsUnder(settings) },
        { provide: describedToken, useValue: described },
        RouteTable,
        { provide: APP_GUARD, useClass: PrincipalGuard },
        { provide: APP_GUARD, useClass: PassedOverGuard },
        { provide: APP_PIPE, useClass: BodyPipe },
        KeptInterceptor,
        AnswerInterceptor,
        {
          provide: APP_INTERCEPTOR,
          useFactory: (...all: readonly AtOnce[]) => new InTurnInterceptor(all),
          // The last one is the first to see an answer: it leaves the body, which the one before it reads.
          inject: [KeptInterceptor, AnswerInterceptor, ReceiptInterceptor],
        },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [describedToken, rightsToken],
    };
  }
}
