import type { EventStoreDBClient } from '@eventstore/db-client';

import { Unavailable } from '#libs/event-store';

import { Call, type ItemStream } from './call.js';
import { makeClient, type Client } from './client.js';
import { CallLost, spoilsClient } from './failures.js';
import type { Settings } from './options.js';

interface StreamingCall {
  readonly stream: ItemStream;
  readonly cancel: () => Promise<void>;
}

/** The one client of a store, made anew whenever it may never work again. */
export class Connection {
  readonly #settings: Settings;
  readonly #calls = new Set<Call<unknown>>();
  #client: Client;
  #closed = false;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#client = makeClient(settings.connectionString);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** A streaming call; whoever opens it must end it. An abort ends it too. */
  open<T>(start: (api: EventStoreDBClient) => StreamingCall, signal?: AbortSignal): Call<T> {
    this.#refuseIfClosed();
    const client = this.#client;
    const { stream, cancel } = start(client.api);
    const end = () => call.end();
    const call = new Call<T>(stream, {
      timers: this.#settings.timers,
      cancel,
      onEnd: () => {
        this.#calls.delete(call);
        signal?.removeEventListener('abort', end);
      },
      onFailure: (error) => this.#recoverFrom(error, client),
    });
    this.#calls.add(call);
    if (signal?.aborted === true) call.end();
    else signal?.addEventListener('abort', end);
    return call;
  }

  /** A call with one answer, raced with our own timer. What comes after the time is dropped. */
  async ask<T>(request: (api: EventStoreDBClient) => Promise<T>): Promise<T> {
    this.#refuseIfClosed();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const { requestTimeoutMs, timers } = this.#settings;
    const stop = timers.start(requestTimeoutMs, () =>
      reject(new CallLost(`The server gave no answer within ${requestTimeoutMs} ms.`)),
    );
    const client = this.#client;
    request(client.api).then(resolve, reject);
    try {
      return await promise;
    } catch (error) {
      this.#recoverFrom(error, client);
      throw error;
    } finally {
      stop();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#giveUp(new Unavailable('The store is closed.'));
  }

  /**
   * After a failed discovery, a lost answer or an unreachable server, goes on with a client made anew: the old one
   * keeps what it learned before the failure. Its other calls would wait for ever, so they fail too, and what they
   * report no longer concerns the client in use.
   */
  #recoverFrom(error: unknown, client: Client): void {
    if (this.#closed || client !== this.#client || !spoilsClient(error)) return;
    this.#giveUp(new CallLost('The connection was given up.', { cause: error }));
    this.#client = makeClient(this.#settings.connectionString);
  }

  #giveUp(reason: Error): void {
    for (const call of this.#calls) call.fail(reason);
    this.#client.close();
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new Unavailable('The store is closed.');
  }
}
