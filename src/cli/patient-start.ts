import { setTimeout as wait } from 'node:timers/promises';
import { Unavailable } from '#libs/event-store';
import { startServer } from '../server.js';
import type { Server, ServerOptions } from '../server.js';
import { WaitingRoom } from './waiting-room.js';

/** A store that answers does so at once; where it takes longer, somebody may want to know that we live. */
const soonMs = 500;
const tryAgainMs = 1_000;

/**
 * Starts a server once its store answers. A cluster is often started together with us, or is away just then: it is
 * asked again for as long as it takes, which is said once, and meanwhile `/livez` answers. What can't work is thrown.
 */
export async function startPatiently(options: ServerOptions): Promise<Server> {
  const { settings } = options;
  if (settings.storeUrl === undefined) return startServer(options);
  let room: Promise<WaitingRoom> | undefined;
  const leave = async () => {
    await (await room)?.close();
    room = undefined;
  };
  let said = '';
  for (;;) {
    const starting = startServer({ ...options, beforeListening: leave });
    try {
      const started = await Promise.race([starting, wait(soonMs)]);
      if (started !== undefined) return started;
      room ??= WaitingRoom.open(settings.port, settings.host);
      await room;
      return await starting;
    } catch (error) {
      starting.catch(() => undefined);
      if (!(error instanceof Unavailable)) {
        await leave();
        throw error;
      }
      (await (room ??= WaitingRoom.open(settings.port, settings.host))).say(error.message);
      if (said !== error.message)
        process.stderr.write(`entente: ${error.message} It is tried again until it can be used.\n`);
      said = error.message;
      await wait(tryAgainMs);
    }
  }
}
