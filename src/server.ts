import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '#config';
import type { EventStore } from '#libs/event-store';
import { PassingFault } from '#libs/projections';
import { AppModule } from './app.module.js';
import type { AppOptions } from './app.module.js';
import { openEventTypeRoutes } from './description/event-types.described.js';
import { Tickets } from './site/tickets.js';
import { Authentication } from './platform/access/authentication.js';
import { openLedgerRoutes } from './ledger/ledger.described.js';
import { Logs } from './ledger/logs.js';
import { LedgerProjection } from './ledger/ledger.projection.js';
import { SystemClock } from './platform/record/clock.js';
import type { Clock } from './platform/record/clock.js';
import type { ConnectionLimits } from './platform/http/connections.js';
import { faultPage } from './site/fault.page.js';
import { Draining } from './platform/http/draining.js';
import { httpAdapter, prepareRequests } from './platform/http/http-server.js';
import { nestLogger, serverLog } from './platform/http/log.js';
import type { FeedLimits } from './feed/open-feeds.js';
import type { Log } from './platform/http/log.js';
import { Metrics } from './platform/http/metrics.js';
import { Ids } from './platform/record/ids.js';
import { openRecordToken } from './platform/record.module.js';
import type { StoreWaits } from './platform/opened-store.js';
import type { OpenRecord, RecordOptions } from './platform/record.js';
import { RouteTable } from './platform/http/route-table.js';
import { slices } from './slices.js';

export interface Server {
  readonly url: string;
  readonly record: OpenRecord;
  /** Lets somebody in by an address that works once. */
  readonly tickets: Tickets;
  /** Finishes what is under way, takes nothing new, then closes the store. */
  stop(): Promise<void>;
}

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

/** How long requests under way may take once the server is asked to end. */
const drainMs = 8_000;

/** Opens the record and listens. Throws what the folder or the port refuse, each in a sentence. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const {
    settings,
    connectionLimits,
    clock = new SystemClock(),
    log = serverLog(settings.logLevel),
  } = options;
  const ids = new Ids();
  const { trustedProxies } = settings;
  const ledger = new LedgerProjection(settings.ledgerHost);
  const adapter = httpAdapter({ ids, log, trustedProxies, connectionLimits });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of({
      record: {
        ...recordOptions(options, { clock, ids, log }),
        followers: [ledger],
        logs: (projections) => new Logs(projections, ledger),
      },
      settings,
      ledger: {
        projection: ledger,
        settings,
        isKept: settings.directory !== undefined || settings.storeUrl !== undefined,
        report: (words, error) => log.error({ err: error }, `ledger: ${words}`),
      },
      report: (words, error) => log.error({ err: error }, words),
      feed: { limits: options.feedLimits, settings, report: (words, err) => log.error({ err }, words) },
      ...issuersTo(log),
    }),
    adapter,
    { bodyParser: false, logger: nestLogger(log), abortOnError: false },
  );
  const record = app.get<OpenRecord>(openRecordToken);
  try {
    await options.beforeListening?.();
    const fastify = adapter.getInstance();
    prepareRequests(fastify, {
      ...settings,
      connectionLimits,
      log,
      ids,
      clock,
      // A store in our own hands is not waited for, and what it does under load takes as long as it takes.
      answerMs: settings.storeUrl === undefined ? undefined : settings.answerMs,
      problemPage: faultPage,
      metrics: app.get(Metrics),
      draining: app.get(Draining),
      routes: app.get(RouteTable),
      authentication: app.get(Authentication),
      openRoutes: openRoutesUnder(settings),
    });
    await app.init();
    const url = await listen(fastify, settings);
    let stopped: Promise<void> | undefined;
    return { url, record, tickets: app.get(Tickets), stop: () => (stopped ??= drain(app, fastify)) };
  } catch (error) {
    // Whatever has begun in the background ends before the record does.
    await app.close().catch(() => undefined);
    await record.close();
    throw error;
  }
}

function openRoutesUnder({ ledgerOpen }: Settings): readonly string[] {
  return [...openEventTypeRoutes, ...(ledgerOpen ? openLedgerRoutes : [])];
}

/** Nest's own listen logs what the system refuses before it throws it, and whoever started us says it in a sentence. */
async function listen(fastify: FastifyInstance, settings: Settings): Promise<string> {
  await fastify.listen({ port: settings.port, host: settings.host });
  const address = fastify.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return `http://${host}:${port}`;
}

function recordOptions(
  { settings, storeWaits, storeThrough, onFatal = () => undefined }: ServerOptions,
  { clock, ids, log }: { readonly clock: Clock; readonly ids: Ids; readonly log: Log },
): RecordOptions {
  return {
    slices,
    clock,
    ids,
    directory: settings.directory,
    storeUrl: settings.storeUrl,
    keysUnaskedMs: settings.keysUnaskedMs,
    journal: settings.journal,
    ...incidentsTo(log),
    ...(storeWaits === undefined ? {} : { storeWaits }),
    ...(storeThrough === undefined ? {} : { storeThrough }),
    onFatal,
  };
}

/** What an issuer fails at: whoever comes from it is told no more than that. */
function issuersTo(log: Log): Pick<AppOptions, 'onIssuerAway' | 'onNoSignIn'> {
  return {
    onIssuerAway: (reason) => log.warn(`no access token can be checked with new keys: ${reason}`),
    onNoSignIn: (reason) => log.warn(`nobody can sign in to the pages at ${reason}`),
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

/** The record is closed with the program, once nothing is under way. */
async function drain(app: NestFastifyApplication, fastify: FastifyInstance): Promise<void> {
  const draining = app.get(Draining);
  draining.begin();
  const overdue = setTimeout(() => fastify.server.closeAllConnections(), drainMs);
  // Closing takes a connection for idle once its answer is handed over, and would cut what a slow reader still gets.
  await draining.finished();
  const closed = draining.closeIdle();
  await app.close();
  closed();
  clearTimeout(overdue);
}
