import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Connections } from './connections.js';

/** Set once the server is asked to end: what is under way is finished, what comes new is told to come again. */
@Injectable()
export class Draining {
  readonly #ending = new AbortController();
  readonly #underWay = new Set<ServerResponse>();
  #connections: Connections | undefined;

  /** Told once there is a server. */
  over(connections: Connections): void {
    this.#connections = connections;
  }

  /** Aborted once the server is asked to end, for answers that would go on for ever. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  get active(): boolean {
    return this.#ending.signal.aborted;
  }

  begin(): void {
    this.#ending.abort();
  }

  began(answer: ServerResponse): void {
    this.#underWay.add(answer);
  }

  /** Its last byte is out, or its reader has gone. */
  ended(answer: ServerResponse): void {
    this.#underWay.delete(answer);
  }

  /** Resolves once the system has the last byte of every answer under way, or its reader has gone. */
  async finished(): Promise<void> {
    await Promise.all([...this.#underWay].map((answer) => once(answer, 'close')));
  }

  /** Until the returned function is called: to be done once what was under way is finished. */
  closeIdle(): () => void {
    return this.#connections?.closeIdle() ?? (() => undefined);
  }
}
