import { Unavailable } from '#libs/event-store';

import type { AppendRequest, AppendResult } from './writer-protocol.js';

/** A batch is bounded so that no append waits for a commit without end; the largest single append still fits. */
const batchEvents = 512;
const batchBytes = 8_388_608;
/** What may wait; beyond it the store is too busy, and saying so is better than running out of memory. */
const queuedAppends = 20_000;
const queuedBytes = 67_108_864;

export interface QueuedAppend {
  readonly request: AppendRequest;
  readonly bytes: number;
  resolve(result: AppendResult): void;
  reject(error: unknown): void;
}

/** Appends that wait for the next batch, first come first served. */
export class AppendQueue {
  /** A set keeps the order of arrival and lets an aborted append leave from the middle. */
  readonly #waiting = new Set<QueuedAppend>();
  #bytes = 0;

  get empty(): boolean {
    return this.#waiting.size === 0;
  }

  /** An abort takes effect as long as the append waits; once it is in a batch the result comes as it is. */
  add(request: AppendRequest, bytes: number, signal?: AbortSignal): Promise<AppendResult> {
    if (this.#waiting.size >= queuedAppends || this.#bytes + bytes > queuedBytes) {
      throw new Unavailable('Too many appends are waiting; nothing was stored. Try again later.');
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#remove(queued);
        queued.reject(signal?.reason);
      };
      const settled = () => signal?.removeEventListener('abort', leave);
      const queued: QueuedAppend = {
        request,
        bytes,
        resolve: (result) => (settled(), resolve(result)),
        reject: (error) => (settled(), reject(error)),
      };
      signal?.addEventListener('abort', leave);
      this.#waiting.add(queued);
      this.#bytes += bytes;
    });
  }

  take(): QueuedAppend[] {
    const batch: QueuedAppend[] = [];
    let [events, bytes] = [0, 0];
    for (const queued of this.#waiting) {
      events += queued.request.events.length;
      bytes += queued.bytes;
      if (batch.length > 0 && (events > batchEvents || bytes > batchBytes)) break;
      this.#remove(queued);
      batch.push(queued);
    }
    return batch;
  }

  rejectAll(error: Error): void {
    for (const queued of this.#waiting) {
      this.#remove(queued);
      queued.reject(error);
    }
  }

  #remove(queued: QueuedAppend): void {
    if (this.#waiting.delete(queued)) this.#bytes -= queued.bytes;
  }
}
