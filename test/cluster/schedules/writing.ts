import type { Answered, Body, Client } from './client.js';
import { comeAgainMs } from './pace.js';
import { Violated } from './violated.js';
import { pause } from './waiting.js';
import type { Who } from './world.js';

/** One act that somebody wants recorded once, whatever happens on the way. */
export interface Write {
  readonly key: string;
  readonly who: Who;
  readonly path: string;
  readonly body: object;
  /** The address of what it acts on; a create acts on nothing. */
  readonly subject?: string;
}

export interface Acknowledged {
  readonly write: Write;
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  readonly etag: string;
  /** What it was sent with. */
  readonly headers: Record<string, string>;
  readonly answer: Answered;
  /** Since this process began: when its last sending began, and when the answer was there. */
  readonly sentAt: number;
  readonly knownAt: number;
}

/** Sends as the documentation tells every client to: the same key again after a 503, and anew on what has changed. */
export class Writing {
  constructor(
    private readonly client: Client,
    /** Whoever waits for longer waits in vain. */
    private readonly isOver: () => boolean,
  ) {}

  async record(server: number, write: Write): Promise<Acknowledged> {
    let via = server;
    let etag: string | undefined;
    for (;;) {
      if (write.subject !== undefined) etag ??= await this.#etag(via, write.subject);
      const headers = {
        'Idempotency-Key': write.key,
        ...(etag === undefined ? {} : { 'If-Match': etag }),
      };
      const sentAt = performance.now();
      const answer = await this.client.ask(via, write.who, 'POST', write.path, { body: write.body, headers });
      if (answer !== undefined && answer.status < 300) return acknowledged(write, headers, answer, sentAt);
      if (answer?.status === 412) etag = undefined;
      else if (answer === undefined) via = 1 - via;
      else if (!isPassing(answer))
        throw new Violated(`${write.path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      if (answer?.status !== 412) await this.#again(write.path, answer);
    }
  }

  /** The same request, once more: it must have the same answer. */
  async repeat(server: number, { write, headers, id, etag }: Acknowledged): Promise<void> {
    for (let via = server; ;) {
      const { who, path, body } = write;
      const answer = await this.client.ask(via, who, 'POST', path, { body, headers });
      if (answer !== undefined && answer.status < 300) {
        const seen = [
          answer.body['id'],
          answer.headers.get('etag'),
          answer.headers.get('idempotent-replayed'),
        ];
        if (seen.join() === [id, etag, 'true'].join()) return;
        throw new Violated(`A repeat of ${path} (${id}, ${etag}) was answered with ${seen.join()}.`);
      }
      if (answer === undefined) via = 1 - via;
      else if (!isPassing(answer))
        throw new Violated(
          `A repeat of ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`,
        );
      await this.#again(`the repeat of ${path}`, answer);
    }
  }

  /** Until it is answered with something. */
  async read(server: number, who: Who, path: string): Promise<Answered> {
    for (let via = server; ;) {
      const answer = await this.client.ask(via, who, 'GET', path);
      if (answer?.status === 200) return answer;
      if (answer === undefined) via = 1 - via;
      else if (!isPassing(answer))
        throw new Violated(`GET ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      await this.#again(`GET ${path}`, answer);
    }
  }

  /** An answer from the read models has none, for nothing can be decided on it. */
  async #etag(server: number, subject: string): Promise<string> {
    for (;;) {
      const answer = await this.read(server, 'reader', subject);
      const etag = answer.headers.get('etag');
      if (etag !== null) return etag;
      await this.#again(`the ETag of ${subject}`, answer);
    }
  }

  async #again(what: string, answer: Answered | undefined): Promise<void> {
    if (this.isOver()) {
      const last = answer === undefined ? 'no answer' : JSON.stringify(answer.body['detail']);
      throw new Violated(`${what} came to nothing, though nothing is wrong any more: ${last}.`);
    }
    await pause(comeAgainMs);
  }
}

/**
 * A leader that slept does not show what came after, and where the read models of the server that asks it have not heard
 * of that either, it can't know better; whoever needs more than that names a place.
 */
function isPassing({ status, wasKnown }: Answered): boolean {
  return status === 503 || (status === 404 && !wasKnown);
}

function acknowledged(
  write: Write,
  headers: Record<string, string>,
  answer: Answered,
  sentAt: number,
): Acknowledged {
  const { id, revision } = answer.body as Body & { id: string; revision: number };
  const position = answer.headers.get('event-position') ?? '';
  const etag = answer.headers.get('etag') ?? '';
  return { write, id, revision, position, etag, headers, answer, sentAt, knownAt: performance.now() };
}
