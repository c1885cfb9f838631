import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '#config';
import type { Log } from '../platform/http/log.js';
import type { Server } from '../server.js';
import { startPatiently } from './patient-start.js';
import { announce } from './remote.js';
import { collectStartGarbage } from './start-garbage.js';

/** npm passes on to us what the terminal has told us already: what comes so soon after the first is the same wish. */
const sameWishMs = 1_000;

/**
 * Starts the server, says in the folder where it listens, and ends it in order when the system asks. What has to be done
 * before it is of use is done first; where that fails, the server is ended as well, so that it leaves no lease behind.
 */
export async function runServer<T>(
  settings: Settings,
  prepare: (server: Server) => Promise<T>,
  log?: Log,
): Promise<{ readonly server: Server; readonly prepared: T }> {
  const server = await startedServer(settings, log);
  try {
    return { server, prepared: await prepare(server) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function startedServer(settings: Settings, log?: Log): Promise<Server> {
  const server = await startPatiently({
    settings,
    ...(log === undefined ? {} : { log }),
    onFatal: (error) => {
      // Nothing more may be written after a failed fsync, so the process ends without closing anything.
      process.stderr.write(`entente: the store can't go on: ${error.message}\n`);
      process.exit(1);
    },
  });
  if (settings.directory !== undefined) await announce(settings.directory, server.url);
  collectStartGarbage();
  let isEnding = false;
  let isInsisting = false;
  const end = () => {
    if (isInsisting) process.exit(1);
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => (isInsisting = true), sameWishMs).unref();
    void server.stop().then(async () => {
      if (settings.directory !== undefined)
        await rm(join(settings.directory, 'serving.json'), { force: true });
      process.exit(0);
    });
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  return server;
}
