import { randomUUID } from 'node:crypto';
import type { Answered, Client, Outcome } from './client.js';
import { acknowledged, irritant, position, send, source } from './load.js';
import type { Acknowledged, Ground, Write } from './load.js';

/** Concurrent writers that go on until the server is gone, and remember what it acknowledged and what it did not. */
export class Writers {
  readonly acknowledged: Acknowledged[] = [];
  /** Sent, with no answer: nobody knows whether they were recorded. */
  readonly unanswered: Write[] = [];
  /** Answers that broke off: there must be none at an orderly end. */
  readonly cut: Write[] = [];
  readonly refused: Answered[] = [];

  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly client: Client,
    private readonly ground: Ground,
  ) {}

  /** Resolves when the server answers none of them any more. */
  async run(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#writeOn()));
  }

  /** Resolves once so many writes are acknowledged. */
  async reached(count: number): Promise<void> {
    while (this.acknowledged.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async #writeOn(): Promise<void> {
    const { sourceId, shared } = this.ground;
    let own = shared;
    for (let turn = 0; ; turn += 1) {
      const key = randomUUID();
      const choices = [
        irritant(key, this.ground),
        position(key, own, sourceId),
        source(key, this.ground),
        position(key, own, sourceId),
        source(key, this.ground),
        position(key, shared, sourceId),
      ] as const;
      const write = choices[turn % choices.length] ?? choices[2];
      const made = this.#kept(write, await send(this.client, write));
      if (made === 'gone') return;
      if (made !== undefined && write.path === '/v1/irritants') own = made.id;
    }
  }

  #kept(write: Write, outcome: Outcome): Acknowledged | 'gone' | undefined {
    if (outcome.kind === 'answered' && outcome.status < 300) {
      const made = acknowledged(write, outcome);
      this.acknowledged.push(made);
      for (const goOn of this.#waiting.splice(0)) goOn();
      return made;
    }
    if (outcome.kind === 'answered') this.refused.push(outcome);
    else if (outcome.kind === 'cut') this.cut.push(write);
    else this.unanswered.push(write);
    return outcome.kind === 'answered' ? undefined : 'gone';
  }
}
