import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { problemDocument, problemMediaType, Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';

/** Answers in the place of a server that still waits for its store: that the process lives, and is not ready. */
export class WaitingRoom {
  readonly #server: Server;
  #words = 'The event store has not answered yet.';

  private constructor() {
    this.#server = createServer((request, response) => {
      // Whoever kept the connection would send its next request to the server that takes the port over.
      response.setHeader('Connection', 'close');
      const path = (request.url ?? '').split('?')[0];
      if (path === '/livez') {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"ok"}');
        return;
      }
      const problem = new Problem(platformProblems.NOT_READY, { detail: this.#words });
      response
        .writeHead(problem.kind.status, { 'Content-Type': problemMediaType, 'Retry-After': '5' })
        .end(JSON.stringify(problemDocument(problem, { typeBase: '/problems/', traceId: '' })));
    });
  }

  /** Throws what the port refuses. */
  static async open(port: number, host: string): Promise<WaitingRoom> {
    const room = new WaitingRoom();
    room.#server.listen(port, host);
    await once(room.#server, 'listening');
    return room;
  }

  /** What is waited for. */
  say(words: string): void {
    this.#words = words;
  }

  /** Frees the port for the server that was waited for. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
