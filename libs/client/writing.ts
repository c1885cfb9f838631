import { EpochChanged, NotUnderstood } from './problems.js';
import { Positions } from './positions.js';
import { jsonOf, sent } from './sending.js';
import type { Sender } from './sending.js';
import { newSalt, signedHeaders } from './signing.js';
import type { DryRun, Signing } from './signing.js';

export interface WriteOptions {
  /**
   * A new random one unless told. Whoever writes from a queue that outlives the program gives its own: the same key and
   * body are recorded once, however often they are sent.
   */
  readonly idempotencyKey?: string;
  readonly signed?: Signing;
  readonly signal?: AbortSignal;
}

/** What became of an act. */
export interface Written<State> {
  readonly state: State;
  /** The entity tag for the next act. */
  readonly tag: string;
  /** False where the same had been said before, so that nothing was added. */
  readonly recorded: boolean;
  /** Whether it was an earlier attempt that was recorded. */
  readonly replayed: boolean;
  /** Where the record stands with it; `after` of a feed and `minPosition` of reads take it. */
  readonly position: string | undefined;
  /** What the dialogue's log promises for it, where the server signs logs. */
  readonly receipt: string | undefined;
}

/** What an act was decided on. */
export interface Seen {
  readonly tag: string;
  readonly revision: number;
}

/** The connection of a principal: what all its entries and lists send by. */
export class Connection {
  readonly positions = new Positions();

  constructor(readonly sender: Sender) {}

  /** What stands in the query is a text, a number, a boolean or a list of texts, which is joined by commas. */
  address(path: string, query: object = {}): URL {
    const address = new URL(this.sender.url);
    // Set as a path: as a reference it could name another host.
    address.pathname = `${address.pathname.replace(/\/$/, '')}${path}`;
    for (const [name, value] of Object.entries(query) as [
      string,
      string | number | boolean | readonly string[] | undefined,
    ][])
      if (value !== undefined)
        address.searchParams.set(name, Array.isArray(value) ? value.join() : String(value));
    return address;
  }

  /** A read that waits for what this connection has written. */
  async get(path: string, query: object, signal?: AbortSignal): Promise<Response> {
    const all = this.positions.newest;
    try {
      // One read waits for one position, and only the last of them needs to be the read that was asked for.
      for (const minPosition of all.slice(0, -1)) {
        const waiting = this.address('/v1/dialogues', { limit: 1, minPosition });
        await sent(this.sender, { method: 'GET', address: waiting, signal });
      }
      const address = this.address(path, { minPosition: all.at(-1), ...query });
      const response = await sent(this.sender, { method: 'GET', address, signal });
      this.positions.waited(all);
      return response;
    } catch (error) {
      if (error instanceof EpochChanged) this.positions.forget();
      throw error;
    }
  }

  /** Sends an act or a create, tried and signed first where that is asked for. */
  async write<State>(
    path: string,
    body: unknown,
    seen: Seen | undefined,
    { idempotencyKey = crypto.randomUUID(), signed, signal }: WriteOptions,
  ): Promise<Written<State>> {
    const headers = {
      'Content-Type': 'application/json',
      'Idempotency-Key': idempotencyKey,
      ...(seen === undefined ? {} : { 'If-Match': seen.tag }),
    };
    const request = { method: 'POST', headers, body: JSON.stringify(body ?? {}), signal } as const;
    const more = signed === undefined ? {} : await this.#signed(path, request, signed, seen?.revision);
    const position = this.positions.writing();
    const address = this.address(path);
    const response = await sent(this.sender, { ...request, address, headers: { ...headers, ...more } });
    position(response.headers.get('Event-Position'));
    return { state: await jsonOf<State>({ ...request, address }, response), ...writtenIn(response) };
  }

  async #signed(
    path: string,
    request: {
      readonly method: 'POST';
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    },
    signing: Signing,
    revision: number | undefined,
  ) {
    const salt = newSalt();
    const headers = { ...request.headers, 'Entente-Salt': `:${salt}:` };
    const trial = { ...request, headers, address: this.address(path, { dryRun: true }) };
    const { dryRun } = await jsonOf<{ dryRun?: DryRun }>(trial, await sent(this.sender, trial));
    if (dryRun === undefined) throw new NotUnderstood(`POST ${path}`, 200, 'it tried nothing.');
    return signedHeaders(signing, dryRun, { salt, revision });
  }
}

function writtenIn({ headers }: Response): Omit<Written<unknown>, 'state'> {
  return {
    tag: headers.get('ETag') ?? '',
    recorded: headers.get('Act-Recorded') !== 'false',
    replayed: headers.get('Idempotent-Replayed') === 'true',
    position: headers.get('Event-Position') ?? undefined,
    receipt: headers.get('Ledger-Receipt') ?? undefined,
  };
}
