import { CallLost } from './failures.js';
import { again, type Timers } from './timers.js';

/** What the client gives for a streaming call, as far as it is used here. */
export interface ItemStream {
  readonly destroyed: boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end' | 'readable', listener: () => void): unknown;
  read(): unknown;
  destroy(): unknown;
}

export interface StreamingCall {
  readonly stream: ItemStream;
  readonly cancel: () => Promise<void>;
}

/** What a connection gives to each of its calls. */
export interface CallTies {
  readonly timers: Timers;
  readonly cancel: () => Promise<void>;
  readonly onEnd: () => void;
  /** Tells the connection what became of the call, as it may have to be made anew. */
  readonly onFailure: (error: unknown) => void;
  readonly onAnswer: () => void;
  /** How long a read may wait for anything before the connection should look whether another node leads. */
  readonly suspectMs: number;
  readonly onSuspicion: () => void;
}

/** What waiting for the next item of a call came to. */
export type Next<T> =
  { readonly kind: 'item'; readonly item: T } | { readonly kind: 'ended' | 'silent' | 'poked' };

/**
 * One streaming call, read item by item under a timer of our own: nothing in the client times out on this side. The
 * stream is read by demand, so that a slow reader slows the server down instead of filling the memory.
 */
export class Call<T> {
  readonly #stream: ItemStream;
  readonly #ties: CallTies;
  #failure: Error | undefined;
  #ended = false;
  #left = false;
  #poked = false;
  #wake: () => void = () => undefined;

  constructor(stream: ItemStream, ties: CallTies) {
    this.#stream = stream;
    this.#ties = ties;
    // The client emits errors at any time, also after the call was left; without a listener they end the process.
    stream.on('error', (error: Error) => this.fail(error));
    stream.on('end', () => {
      this.#ended = true;
      this.#wake();
    });
    stream.on('readable', () => this.#wake());
  }

  /** Gives what came before a failure, and then throws that failure. */
  async next(waitMs: number, isSuspicious = false): Promise<Next<T>> {
    for (;;) {
      const item = this.#stream.destroyed ? null : (this.#stream.read() as T | null);
      if (item !== null) {
        this.#ties.onAnswer();
        return { kind: 'item', item };
      }
      if (this.#failure !== undefined) {
        this.#ties.onFailure(this.#failure);
        throw this.#failure;
      }
      if (this.#ended) {
        if (!this.#left) this.#ties.onAnswer();
        return { kind: 'ended' };
      }
      if (this.#poked) {
        this.#poked = false;
        return { kind: 'poked' };
      }
      if (!(await this.#wait(waitMs, isSuspicious))) return { kind: 'silent' };
    }
  }

  /** All items to the end; a silence of that time is a failure, and whoever leaves early ends the call. */
  async *items(waitMs: number, signal?: AbortSignal): AsyncGenerator<T> {
    try {
      for (;;) {
        const next = await this.next(waitMs, true);
        signal?.throwIfAborted();
        if (next.kind === 'ended') return;
        if (next.kind === 'silent') this.fail(new CallLost(`The server said nothing for ${waitMs} ms.`));
        if (next.kind === 'item') yield next.item;
      }
    } finally {
      this.end();
    }
  }

  /** Lets a reader that waits look around, without an item. */
  poke(): void {
    this.#poked = true;
    this.#wake();
  }

  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }

  /**
   * Cancels the call. A call that is only left stays open at the server, and with 100 calls per connection the next
   * one would wait for ever.
   */
  end(): void {
    if (this.#left) return;
    this.#left = true;
    this.#ended = true;
    this.#ties.onEnd();
    // The call may not have begun yet: the client then waits for its connection, and may fail in that.
    this.#ties.cancel().catch(() => undefined);
    this.#stream.destroy();
    this.#wake();
  }

  /** False where the time passed before anything happened. */
  #wait(waitMs: number, isSuspicious: boolean): Promise<boolean> {
    const { onSuspicion, suspectMs, timers } = this.#ties;
    return new Promise((resolve) => {
      const finish = (happened: boolean) => {
        stop();
        stopSuspecting();
        this.#wake = () => undefined;
        resolve(happened);
      };
      const stop = timers.start(waitMs, () => finish(false));
      const stopSuspecting = isSuspicious ? again(timers, suspectMs, onSuspicion) : () => undefined;
      this.#wake = () => finish(true);
    });
  }
}
