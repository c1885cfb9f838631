import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '#config';
import type { EventStore } from '#libs/event-store';
import { PassingFault } from '#libs/projections';
import { AppModule } from './app.module.js';
import { Tickets } from './site/tickets.js';
import { Authentication } from './platform/access/authentication.js';
import { SystemClock } from './platform/record/clock.js';
import type { Clock } from './platform/record/clock.js';
import type { ConnectionLimits } from './platform/http/connections.js';
import { faultPage } from './site/fault.page.js';
import { Draining, httpAdapter } from './platform/http/http-server.js';
import type { HttpOptions } from './platform/http/http-server.js';
import { nestLogger, serverLog } from './platform/http/log.js';
import type { Log } from './platform/http/log.js';
import { Metrics } from './platform/http/metrics.js';
import { Ids } from './platform/record/ids.js';
import { openRecord } from './platform/record.js';
import type { OpenRecord, RecordOptions, StoreWaits } from './platform/record.js';
import { RouteTable } from './platform/http/route-table.js';
import { TokenPrincipals } from './platform/access/token-principals.js';
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
export async function startServer({
  settings,
  clock = new SystemClock(),
  log = serverLog(settings.logLevel),
  connectionLimits,
  storeWaits,
  storeThrough,
  beforeListening,
  onFatal,
}: ServerOptions): Promise<Server> {
  const ids = new Ids();
  const record = await openRecord({
    slices,
    clock,
    ids,
    directory: settings.directory,
    storeUrl: settings.storeUrl,
    keysUnaskedMs: settings.keysUnaskedMs,
    ...incidentsTo(log),
    ...(storeWaits === undefined ? {} : { storeWaits }),
    ...(storeThrough === undefined ? {} : { storeThrough }),
    onFatal: onFatal ?? (() => undefined),
  });
  try {
    await beforeListening?.();
    return await listen(record, { ...settings, connectionLimits, log }, clock, ids);
  } catch (error) {
    await record.close();
    throw error;
  }
}

async function listen(
  record: OpenRecord,
  settings: Settings & Pick<HttpOptions, 'connectionLimits' | 'log'>,
  clock: Clock,
  ids: Ids,
): Promise<Server> {
  const draining = new Draining();
  const routes = new RouteTable();
  const metrics = new Metrics(record);
  const authentication = authenticationFor(record, settings);
  // A store in our own hands is not waited for, and what it does under load takes as long as it takes.
  const answerMs = settings.storeUrl === undefined ? undefined : settings.answerMs;
  const adapter = httpAdapter(
    { ...settings, answerMs, ids, clock, metrics, authentication, problemPage: faultPage },
    draining,
    routes,
  );
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of({ record, settings, authentication, draining, metrics, routes }),
    adapter,
    { bodyParser: false, logger: nestLogger(settings.log), abortOnError: false },
  );
  await app.init();
  const fastify = adapter.getInstance();
  // Nest's own listen logs what the system refuses before it throws it, and whoever started us says it in a sentence.
  await fastify.listen({ port: settings.port, host: settings.host });
  const address = fastify.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  let stopped: Promise<void> | undefined;
  return {
    url: `http://${host}:${port}`,
    record,
    tickets: app.get(Tickets),
    stop: () => (stopped ??= drain(app, fastify, draining, record)),
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

/** The log has why the issuer's keys can't be fetched: whoever sends a token is not told. */
function authenticationFor(
  { credentials, clock, ids }: OpenRecord,
  { oidc, log }: Pick<Settings, 'oidc'> & Pick<HttpOptions, 'log'>,
): Authentication {
  if (oidc === undefined) return new Authentication(credentials, undefined);
  const report = (reason: string) => log.warn(`no access token can be checked with new keys: ${reason}`);
  return new Authentication(credentials, new TokenPrincipals({ settings: oidc, clock, ids, report }));
}

async function drain(
  app: NestFastifyApplication,
  fastify: FastifyInstance,
  draining: Draining,
  record: OpenRecord,
): Promise<void> {
  draining.active = true;
  const overdue = setTimeout(() => fastify.server.closeAllConnections(), drainMs);
  // Closing takes a connection for idle once its answer is handed over, and would cut what a slow reader still gets.
  await draining.finished();
  const closed = draining.closeIdle();
  await app.close();
  closed();
  clearTimeout(overdue);
  await record.close();
}
