import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { OutcomeUnknown } from '#libs/event-store';

import type { FromWriter, ToWriter } from './writer-protocol.js';

/** The thread runs from its source where this module does, and from its compiled form otherwise. */
const threadUrl = import.meta.url.endsWith('.ts')
  ? new URL('./writer-thread.ts', import.meta.url)
  : new URL('./writer-thread.js', import.meta.url);

interface Waiting {
  resolve(reply: FromWriter): void;
  reject(error: Error): void;
}

/** The main thread's end of the talk with the writer's thread: one reply to each message, in their order. */
export class WriterLink {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  readonly #ended: Promise<unknown>;
  #ending = false;

  private constructor(
    worker: Worker,
    readonly onBroken: (reason: string) => void,
  ) {
    this.#worker = worker;
    this.#ended = once(worker, 'exit');
    worker.on('message', (reply: FromWriter) => {
      const waiting = this.#waiting.shift();
      if (waiting !== undefined) waiting.resolve(reply);
      else if (reply.kind === 'fatal') onBroken(reply.reason);
    });
    worker.on('error', (error: Error) => this.#break(error));
    worker.on('exit', () => this.#break(undefined));
  }

  /** Resolves once the thread has opened the file and checked its settings; rejects with what it found wrong. */
  static async start(file: string, onBroken: (reason: string) => void): Promise<WriterLink> {
    const worker = new Worker(threadUrl, { workerData: file, name: 'event-store-writer' });
    await once(worker, 'message');
    return new WriterLink(worker, onBroken);
  }

  /** Rejects with `OutcomeUnknown` if the thread ends before it replies. */
  send(message: ToWriter): Promise<FromWriter> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(message);
    });
  }

  async end(): Promise<void> {
    this.#ending = true;
    this.#worker.postMessage({ kind: 'close' } satisfies ToWriter);
    await this.#ended;
  }

  #break(cause: Error | undefined): void {
    const words = cause?.message ?? 'its thread ended';
    const error = new OutcomeUnknown(`The writer stopped before it replied (${words}).`, { cause });
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
    if (!this.#ending) this.onBroken(`the writer stopped: ${words}`);
  }
}
