import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '#config';
import type { Tracing } from '#libs/tracing';
import { AppModule } from './app.module.js';
import type { AppOptions } from './app.module.js';
import { Tickets } from './site/tickets.js';
import { Authentication } from './platform/access/authentication.js';
import { SystemClock } from './platform/record/clock.js';
import { faultPage } from './site/fault.page.js';
import { Draining } from './platform/http/draining.js';
import { Health } from './platform/http/health.js';
import { httpAdapter, prepareRequests } from './platform/http/http-server.js';
import { KeptAnswers } from './platform/http/kept-answers.js';
import { nestLogger, serverLog } from './platform/http/log.js';
import type { Log } from './platform/http/log.js';
import { Metrics } from './platform/http/metrics.js';
import { tracingFrom } from './platform/http/tracing.js';
import { Ids } from './platform/record/ids.js';
import { openRecordToken } from './platform/record.module.js';
import type { OpenRecord } from './platform/record.js';
import { RouteTable } from './platform/http/route-table.js';
import { appOptions, openRoutesUnder } from './server-options.js';
import type { ServerOptions } from './server-options.js';

export type { ServerOptions } from './server-options.js';

export interface Server {
  readonly url: string;
  readonly record: OpenRecord;
  /** Lets somebody in by an address that works once. */
  readonly tickets: Tickets;
  /** Finishes what is under way, takes nothing new, then closes the store. */
  stop(): Promise<void>;
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
  const tracing = await tracingFrom(settings, { log, ids });
  const { trustedProxies } = settings;
  const { adapter, app } = await putTogether(appOptions(options, { clock, ids, log, tracing }), log, () =>
    httpAdapter({ ids, log, trustedProxies, connectionLimits }),
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
      tracing,
      // A store in our own hands is not waited for, and what it does under load takes as long as it takes.
      answerMs: settings.storeUrl === undefined ? undefined : settings.answerMs,
      problemPage: faultPage,
      metrics: app.get(Metrics),
      health: app.get(Health),
      kept: app.get(KeptAnswers),
      draining: app.get(Draining),
      routes: app.get(RouteTable),
      authentication: app.get(Authentication),
      openRoutes: openRoutesUnder(settings),
    });
    await app.init();
    const url = await listen(fastify, settings);
    let stopped: Promise<void> | undefined;
    return { url, record, tickets: app.get(Tickets), stop: () => (stopped ??= drain(app, fastify, tracing)) };
  } catch (error) {
    // Whatever has begun in the background ends before the record does.
    await app.close().catch(() => undefined);
    await record.close();
    await tracing?.end();
    throw error;
  }
}

/** While the record is being opened; where that is in vain, the record is closed. */
async function putTogether(parts: AppOptions, log: Log, adapterFor: () => FastifyAdapter) {
  try {
    const adapter = adapterFor();
    const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(parts), adapter, {
      bodyParser: false,
      logger: nestLogger(log),
      abortOnError: false,
    });
    return { adapter, app };
  } catch (error) {
    await parts.record().then(
      (record) => record.close(),
      () => undefined,
    );
    throw error;
  }
}

/** Nest's own listen logs what the system refuses before it throws it, and whoever started us says it in a sentence. */
async function listen(fastify: FastifyInstance, settings: Settings): Promise<string> {
  await fastify.listen({ port: settings.port, host: settings.host });
  const address = fastify.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return `http://${host}:${port}`;
}

/** The record is closed with the program, once nothing is under way. */
async function drain(
  app: NestFastifyApplication,
  fastify: FastifyInstance,
  tracing: Tracing | undefined,
): Promise<void> {
  const draining = app.get(Draining);
  draining.begin();
  const overdue = setTimeout(() => fastify.server.closeAllConnections(), drainMs);
  // Closing takes a connection for idle once its answer is handed over, and would cut what a slow reader still gets.
  await draining.finished();
  const closed = draining.closeIdle();
  await app.close();
  closed();
  clearTimeout(overdue);
  await tracing?.end();
}
