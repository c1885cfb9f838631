/**
 * Tells waiting subscriptions that the log may have grown. Waiting is against a count taken before the log was read,
 * so that an append between the read and the wait is never missed.
 */
export class WakeUps {
  #count = 0;
  #ended = false;
  readonly #waiting = new Set<() => void>();

  get count(): number {
    return this.#count;
  }

  get ended(): boolean {
    return this.#ended;
  }

  notify(): void {
    this.#count += 1;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Wakes everyone for the last time; a subscription that sees `ended` returns quietly. */
  end(): void {
    this.#ended = true;
    this.notify();
  }

  /** Resolves once the count has moved on from `seen`, or on abort. */
  async after(seen: number, signal: AbortSignal): Promise<void> {
    if (this.#count !== seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
