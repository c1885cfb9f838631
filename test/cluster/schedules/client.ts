import type { Server } from '../../../src/server.js';
import { longestMs, stopwatch } from './pace.js';
import type { Who, World } from './world.js';

export type Body = Record<string, unknown>;

/** One answer, and what was asked. */
export interface Answered {
  readonly server: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  /** By the time that this process had. */
  readonly tookMs: number;
  /** Whether the server's own read models held what the address names, before it was asked. */
  readonly wasKnown: boolean;
}

function isKnown({ record }: Server, path: string): boolean {
  const [, slice = '', id] = /^\/v1\/(\w+)\/([0-9a-f-]{36})/.exec(path) ?? [];
  return id !== undefined && record.projections.record.endOf(`${slice.replace(/s$/, '')}-${id}`) >= 0;
}

/** What two servers answered in the course of one schedule; whoever looks for a fault has all of it. */
export class Client {
  readonly answers: Answered[] = [];

  constructor(private readonly world: World) {}

  /** Undefined where the server is not there, or was stopped before it answered. */
  async ask(
    server: number,
    who: Who | 'nobody',
    method: string,
    path: string,
    { body, headers = {} }: { readonly body?: object; readonly headers?: Record<string, string> } = {},
  ): Promise<Answered | undefined> {
    const ours = this.world.servers[server];
    const running = ours?.running;
    if (ours === undefined || running === undefined) return undefined;
    const wasKnown = isKnown(running, path);
    const took = stopwatch(this.world.lost);
    try {
      const response = await fetch(`${running.url}${path}`, {
        method,
        signal: AbortSignal.any([ours.life, AbortSignal.timeout(10 * longestMs)]),
        headers: {
          ...(who === 'nobody' ? {} : { Authorization: `Bearer ${this.world.keys.get(who)}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answered = (await response.json()) as Body;
      const { status } = response;
      const asked = { server, method, path, wasKnown, tookMs: took() };
      const one = { ...asked, status, headers: response.headers, body: answered };
      this.answers.push(one);
      return one;
    } catch (error) {
      // Whom nobody stopped must answer.
      if (ours.running === running) throw error;
      return undefined;
    }
  }
}
