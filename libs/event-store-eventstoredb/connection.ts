import type { EventStoreDBClient } from '@eventstore/db-client';

import { Refused, Unavailable } from '#libs/event-store';

import { Call, type StreamingCall } from './call.js';
import type { Client } from './client.js';
import { Endeavour, type Trouble } from './endeavour.js';
import { CallLost, unansweredFor, leaderNamedBy, refusesUser, spoilsClient } from './failures.js';
import type { Settings } from './options.js';
import { reasonOf } from './reasons.js';
import { Overdue, again, deadline } from './timers.js';
import { WritingRight, refusesAll, type RefusalMeans } from './writing-right.js';

/**
 * What the connection is doing, as the operator should know it:
 *   connecting ──found──▶ ready ──a call fails──▶ connecting
 *       │                   │ refuses the user ▲
 *       │                   ▼                  │ takes it again
 *       ├──nobody leads──▶ looking          refused ◀──certificates can't be used── connecting
 *       └───────────────── closed is reached from each, and left by none
 *
 * `ready` and, after a refusal by a server, `refused` have a client in use; the others look for one while somebody waits.
 */
type State =
  | (Trouble & { readonly client?: Client })
  | { readonly kind: 'ready'; readonly client: Client }
  | { readonly kind: 'closed' };

/** The one owner of the client: it finds the node, lends the way to it, and leaves it for a better one. */
export class Connection {
  readonly #settings: Settings;
  readonly #endeavour: Endeavour;
  readonly #calls = new Set<Call<unknown>>();
  #state: State = { kind: 'connecting', words: 'The event store has not answered yet.', detail: '' };
  /** What was wrong last, until a node has answered again: a client alone proves nothing. */
  #trouble: Trouble | undefined;
  readonly #writing: WritingRight;
  /** How many nodes were found so far: behind each of them there may be another store. */
  generation = 0;
  #seeking: Promise<Client> | undefined;
  #looks = false;
  #heardAt = performance.now();
  constructor(settings: Settings) {
    this.#settings = settings;
    this.#endeavour = new Endeavour(settings);
    this.#writing = new WritingRight(settings.onConnection);
  }

  get closed(): boolean {
    return this.#state.kind === 'closed';
  }

  /** What keeps the store from its work, without an address. */
  get trouble(): string | undefined {
    return this.#trouble?.words ?? this.#writing.trouble;
  }

  /** How long ago the node in use said anything that it was asked. */
  get silentMs(): number {
    return performance.now() - this.#heardAt;
  }

  /** A streaming call; whoever opens it must end it. An abort ends it too. */
  async open<T>(start: (api: EventStoreDBClient) => StreamingCall, signal?: AbortSignal): Promise<Call<T>> {
    const { late, stop } = deadline(this.#settings.timers, this.#settings.requestTimeoutMs);
    const client = await this.#usable(late).finally(stop);
    const { api, giveBack } = client.borrow((reason) => call.fail(reason));
    const { stream, cancel } = start(api);
    const end = () => call.end();
    const call: Call<T> = new Call<T>(stream, {
      timers: this.#settings.timers,
      cancel,
      onEnd: () => {
        this.#calls.delete(call);
        signal?.removeEventListener('abort', end);
        giveBack();
      },
      onFailure: (error) => this.#learnFrom(error, client),
      onAnswer: () => this.#answered(client),
      suspectMs: this.#settings.suspectMs,
      onSuspicion: () => this.#lookAround(),
    });
    this.#calls.add(call);
    if (signal?.aborted === true) call.end();
    else signal?.addEventListener('abort', end);
    return call;
  }

  /**
   * A call with one answer, raced with our own timer over both steps, the way to a node and its answer. What comes
   * after the time is dropped. `Unavailable` means that the call was never sent, `CallLost` that it may have been.
   */
  async ask<T>(request: (api: EventStoreDBClient) => Promise<T>, means: RefusalMeans): Promise<T> {
    const { late, stop } = deadline(this.#settings.timers, this.#settings.requestTimeoutMs);
    try {
      const ask = async () => this.#askOf(await this.#usable(late), request, late);
      return await this.#writing.heardOf(means, ask);
    } finally {
      stop();
    }
  }

  close(): void {
    if (this.closed) return;
    const [reason, client] = [new Unavailable('The store is closed.'), this.#clientInUse()];
    this.#state = { kind: 'closed' };
    this.#endeavour.stop();
    for (const call of this.#calls) call.fail(reason);
    client?.close(reason);
  }

  async #askOf<T>(
    client: Client,
    request: (api: EventStoreDBClient) => Promise<T>,
    late: Promise<never>,
  ): Promise<T> {
    const left = Promise.withResolvers<never>();
    left.promise.catch(() => undefined);
    const { api, giveBack } = client.borrow(left.reject);
    const { timers, suspectMs, requestTimeoutMs } = this.#settings;
    const stopSuspecting = again(timers, suspectMs, () => this.#lookAround());
    const answer = request(api);
    // Its channel stays open until the call itself is over, however long ago its caller has left.
    answer.then(giveBack, giveBack);
    try {
      const answered = await Promise.race([answer, left.promise, late]);
      this.#answered(client);
      return answered;
    } catch (error) {
      const lost = error instanceof Overdue ? unansweredFor(requestTimeoutMs) : error;
      // That one write is refused says nothing of the reads, which tell by themselves.
      if (!refusesUser(lost)) this.#learnFrom(lost, client);
      throw lost;
    } finally {
      stopSuspecting();
    }
  }

  /** The client in use, or the one that is being looked for. */
  async #usable(late: Promise<never>): Promise<Client> {
    if (this.#state.kind === 'closed') throw new Unavailable('The store is closed.');
    const inUse = this.#clientInUse();
    if (inUse !== undefined) return inUse;
    this.#seeking ??= this.#seek().finally(() => (this.#seeking = undefined));
    return Promise.race([this.#seeking, late]).catch((error: unknown) => {
      throw error instanceof Overdue ? this.#unavailable() : error;
    });
  }

  async #seek(): Promise<Client> {
    const found = await this.#endeavour.find((trouble) => this.#become(trouble));
    if (this.closed) {
      found?.close(new Unavailable('The store is closed.'));
      throw new Unavailable('The store is closed.');
    }
    if (found === undefined) throw this.#unavailable();
    this.generation += 1;
    this.#become({ kind: 'ready', client: found });
    return found;
  }

  /** A call waits for longer than it should: another node may lead by now. Only where there is another. */
  #lookAround(): void {
    const client = this.#clientInUse();
    if (client === undefined || !this.#endeavour.hasChoice || this.#looks) return;
    this.#looks = true;
    void this.#endeavour.leaderNow().then((leader) => {
      this.#looks = false;
      if (leader !== undefined && leader !== client.node) this.#leave(client, 'Another node leads now.');
    });
  }

  #answered(client: Client): void {
    if (this.#clientInUse() !== client) return;
    this.#heardAt = performance.now();
    if (this.#trouble === undefined) return;
    this.#trouble = undefined;
    this.#become({ kind: 'ready', client });
    this.#settings.onConnection('The event store answers again.', client.node);
  }

  /** What a failure says of the node: that it refuses us, that another one leads, or that it is better left. */
  #learnFrom(error: unknown, client: Client): void {
    if (this.#clientInUse() !== client) return;
    if (refusesUser(error)) {
      this.#become({ kind: 'refused', words: refusesAll, detail: `${client.node} refuses the user`, client });
      return;
    }
    const leader = leaderNamedBy(error);
    if (leader !== undefined) this.#endeavour.hint(leader);
    if (leader !== undefined || spoilsClient(error)) this.#leave(client, reasonOf(error));
  }

  #leave(client: Client, why: string): void {
    if (this.#clientInUse() !== client) return;
    const words = "The event store can't be reached now: the connection to it was lost.";
    this.#become({ kind: 'connecting', words, detail: this.#endeavour.blame(client.node, why) });
    // Each of its calls hears of it by way of the client.
    client.retire(new CallLost('The connection was given up.'));
  }

  #clientInUse(): Client | undefined {
    return 'client' in this.#state ? this.#state.client : undefined;
  }

  /** A trouble is told once, however often it is met again. */
  #become(state: State): void {
    if (this.closed) return;
    this.#state = state;
    if (!('words' in state)) return;
    const known = this.#trouble;
    this.#trouble = state;
    if (known?.words !== state.words) this.#settings.onConnection(state.words, state.detail);
  }

  #unavailable(): Unavailable {
    const words = this.trouble ?? 'The event store does not answer.';
    return this.#trouble?.kind === 'refused' ? new Refused(words) : new Unavailable(words);
  }
}
