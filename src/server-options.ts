import type { Settings } from '#config';
import type { EventStore } from '#libs/event-store';
import { PassingFault } from '#libs/projections';
import type { Tracing } from '#libs/tracing';
import type { AppOptions } from './app.module.js';
import { openEventTypeRoutes } from './description/event-types.described.js';
import type { FeedLimits } from './feed/open-feeds.js';
import { openLedgerRoutes } from './ledger/ledger.described.js';
import { LedgerProjection } from './ledger/ledger.projection.js';
import { Logs } from './ledger/logs.js';
import type { ConnectionLimits } from './platform/http/connections.js';
import { openHealthRoutes } from './platform/http/health.described.js';
import type { Log } from './platform/http/log.js';
import type { StoreWaits } from './platform/opened-store.js';
import type { Clock } from './platform/record/clock.js';
import type { Ids } from './platform/record/ids.js';
import { openRecord } from './platform/record.js';
import type { RecordOptions } from './platform/record.js';
import { slices } from './slices.js';

export interface ServerOptions {
  readonly settings: Settings;
  readonly clock?: Clock;
  /** Standard output, as far as the settings say, unless told. */
  readonly log?: Log;
  /** Where a test can't wait as long as a server does. */
  readonly connectionLimits?: ConnectionLimits;
  readonly feedLimits?: FeedLimits;
  readonly storeWaits?: StoreWaits;
  readonly storeThrough?: (store: EventStore) => EventStore;
  /** To be done once the record is open, and before the port is taken. */
  readonly beforeListening?: () => Promise<void>;
  /** The store can't go on: the process must stop without writing anything more. */
  readonly onFatal?: (error: Error) => void;
}

/** What all parts of one server have in common. */
interface Shared {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly tracing: Tracing | undefined;
}

/** What the modules of a server are given. The record is being opened from here on: its thread starts beside all the rest. */
export function appOptions(options: ServerOptions, shared: Shared): AppOptions {
  const { settings, feedLimits } = options;
  const { log, tracing } = shared;
  const ledger = new LedgerProjection(settings.ledgerHost);
  const record = openRecord({
    ...recordOptions(options, shared),
    followers: [ledger],
    logs: (projections) => new Logs(projections, ledger),
  });
  // Whoever asks for it is told; nobody may have asked yet when it fails.
  record.catch(() => undefined);
  return {
    record: () => record,
    settings,
    ledger: {
      projection: ledger,
      settings,
      isKept: settings.directory !== undefined || settings.storeUrl !== undefined,
      report: (words, error) => log.error({ err: error }, `ledger: ${words}`),
      tracing,
    },
    report: (words, error) => log.error({ err: error }, words),
    feed: {
      limits: feedLimits,
      settings,
      tracing,
      report: (words, err) => log.error({ err }, words),
    },
    onIssuerAway: (reason) => log.warn(`no access token can be checked with new keys: ${reason}`),
    onNoSignIn: (reason) => log.warn(`nobody can sign in to the pages at ${reason}`),
  };
}

/** Below /v1/, what needs no key. */
export function openRoutesUnder({ ledgerOpen }: Settings): readonly string[] {
  return [...openEventTypeRoutes, ...openHealthRoutes, ...(ledgerOpen ? openLedgerRoutes : [])];
}

function recordOptions(
  { settings, storeWaits, storeThrough, onFatal = () => undefined }: ServerOptions,
  { clock, ids, log, tracing }: Shared,
): RecordOptions {
  return {
    slices,
    clock,
    ids,
    directory: settings.directory,
    storeUrl: settings.storeUrl,
    keysUnaskedMs: settings.keysUnaskedMs,
    journal: settings.journal,
    tracing,
    ...incidentsTo(log),
    ...(storeWaits === undefined ? {} : { storeWaits }),
    ...(storeThrough === undefined ? {} : { storeThrough }),
    onFatal,
  };
}

/** What befalls a server beside its requests. A fault that passes by itself, or has passed, is less than one that stays. */
function incidentsTo(log: Log): Pick<RecordOptions, 'onConnection' | 'onIncident' | 'onTakeover'> {
  return {
    onIncident: ({ projection, ordinal, error }) => {
      const level = error instanceof PassingFault ? 'warn' : 'error';
      const where = `projection ${projection} at event ${ordinal} of the record:`;
      log[level]({ projection, ordinal, err: error }, where);
    },
    onConnection: (words, detail) => log.warn({ detail }, `event store: ${words}`),
    onTakeover: () =>
      log.warn('The server that drew consequences has been silent: this one does it from now on.'),
  };
}
