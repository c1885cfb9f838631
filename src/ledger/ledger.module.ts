import { Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import type { EventStore } from '#libs/event-store';
import { Projections } from '#libs/projections';
import type { Tracing } from '#libs/tracing';
import { Recorder } from '../platform/commands/recorder.service.js';
import { Clock } from '../platform/record/clock.js';
import { Ids } from '../platform/record/ids.js';
import { LogStandings } from '../platform/record/log-standings.js';
import { RealTimer } from '../platform/record/timer.js';
import { leaseToken, storeToken } from '../platform/record/tokens.js';
import { besidePrefixes } from '../platform/kept-beside.js';
import { erasedIn } from '../platform/record/amendments.js';
import { StoredStreams } from '../platform/record/stored-streams.js';
import { Health } from '../platform/http/health.js';
import { Metrics } from '../platform/http/metrics.js';
import { ledgerCheck, refusalsIn, witnessCheck, wrongLogs } from './ledger-health.js';
import { alarmText } from './alarm.js';
import { Scrubber } from './scrubber.js';
import { saidIn } from './saying.js';
import { ScrubbingService } from './scrubbing.service.js';
import { LedgerController } from './ledger.controller.js';
import type { LedgerProjection } from './ledger.projection.js';
import { LedgerService } from './ledger.service.js';
import { Logs } from './logs.js';
import { ReceiptInterceptor } from './receipt.interceptor.js';
import { receiptProviders } from './receipt-providers.js';
import { foundOf } from './release-check.js';
import { Releases } from './releases.js';
import { Signer } from './signer.js';
import { signingFrom } from './signing.js';
import type { FoundSigning, LedgerSettings } from './signing.js';
import { Standing } from './standing.js';
import { keysToken } from './tokens.js';
import { TrustController } from './trust.controller.js';
import { witnessProviders } from './witness-providers.js';
import { witnessesFrom } from './witness-settings.js';
import { WitnessesService } from './witnesses.service.js';

export interface LedgerOptions {
  readonly projection: LedgerProjection;
  readonly settings: LedgerSettings & { readonly ledgerWitnesses: string | undefined };
  /** Whether the record outlives the process. */
  readonly isKept: boolean;
  readonly report: (words: string, error: unknown) => void;
  readonly tracing?: Tracing | undefined;
}

/** The logs of the dialogues: derived, signed, served. */
@Module({})
export class LedgerModule {
  constructor(
    logs: Logs,
    releases: Releases,
    ledger: LedgerService,
    scrubbing: ScrubbingService,
    witnesses: WitnessesService,
    health: Health,
    metrics: Metrics,
    standings: LogStandings,
    standing: Standing,
  ) {
    const parts = { logs, releases, ledger, scrubbing, witnesses };
    standings.from(standing);
    health.watch(() => ledgerCheck(parts));
    health.watch(() => witnessCheck(witnesses));
    metrics.watch('entente_ledger_alarms', () => wrongLogs(parts).length);
    metrics.watch('entente_ledger_witnesses_silent', () => witnesses.silent().length);
    metrics.watch('entente_ledger_witness_refusals', () => refusalsIn(witnesses).length);
    metrics.watch('entente_ledger_signing', () => (ledger.signs ? 1 : 0));
  }

  /** Throws `LedgerKeyUnusable` where the settings name a key or guard that can't be used. */
  static of({ projection, settings, isKept, report, tracing }: LedgerOptions): DynamicModule {
    const signing = signingFrom(settings);
    const keys = 'keys' in signing ? signing.keys : null;
    return {
      module: LedgerModule,
      controllers: [LedgerController, TrustController],
      exports: [ReceiptInterceptor],
      providers: [
        { provide: keysToken, useValue: keys },
        {
          provide: Logs,
          useFactory: (projections: Projections) => new Logs(projections, projection),
          inject: [Projections],
        },
        {
          provide: Releases,
          useFactory: (store: EventStore, ids: Ids, logs: Logs) =>
            new Releases(
              store,
              ids,
              (origin, release) => foundOf(origin, keys, release),
              (log) => logs.originOf(log),
            ),
          inject: [storeToken, Ids, Logs],
        },
        ...witnessProviders({ places: witnessesFrom(settings.ledgerWitnesses), keys, report }),
        signingProvider(signing, { projection, report, tracing }),
        ...receiptProviders(projection, keys),
        ReceiptInterceptor,
        scrubbingProvider(isKept, report),
      ],
    };
  }
}

function signingProvider(
  signing: FoundSigning,
  { projection, report, tracing }: Pick<LedgerOptions, 'projection' | 'report' | 'tracing'>,
): FactoryProvider {
  return {
    provide: LedgerService,
    useFactory: (
      logs: Logs,
      releases: Releases,
      clock: Clock,
      lease: { readonly held: boolean },
      witnesses: WitnessesService,
      recorder: Recorder,
      projections: Projections,
    ) =>
      new LedgerService({
        logs,
        projection,
        projections,
        lease,
        report,
        timer: new RealTimer(),
        signer:
          'keys' in signing
            ? new Signer({
                logs,
                releases,
                clock,
                witnesses,
                ...signing,
                tracing,
                say: saidIn({ recorder, projections, logs }),
              })
            : signing.unsigned,
      }),
    inject: [Logs, Releases, Clock, leaseToken, WitnessesService, Recorder, Projections],
  };
}

interface Followed {
  readonly store: EventStore;
  readonly projections: Projections;
  readonly streams: StoredStreams;
  readonly logs: Logs;
  readonly report: LedgerOptions['report'];
}

function scrubberOf({ store, projections, streams, logs, report }: Followed): Scrubber {
  const parts = {
    store,
    logs,
    record: projections.record,
    prefixes: streams.registry.streamPrefixes,
    beside: {
      prefixes: besidePrefixes,
      at: (stream: string, revision: number) => projections.beside.at(stream, revision),
    },
    erasedIn: async (stream: string) => erasedIn(await streams.events(stream)),
  };
  return new Scrubber(parts, (alarm) => report(`ALARM: ${alarmText(alarm)}`, undefined));
}

function scrubbingProvider(isKept: boolean, report: LedgerOptions['report']): FactoryProvider {
  return {
    provide: ScrubbingService,
    useFactory: (store: EventStore, projections: Projections, streams: StoredStreams, logs: Logs) =>
      new ScrubbingService(
        isKept
          ? {
              logs,
              report,
              timer: new RealTimer(),
              scrubber: scrubberOf({ store, projections, streams, logs, report }),
            }
          : undefined,
      ),
    inject: [storeToken, Projections, StoredStreams, Logs],
  };
}
