import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { formatReceipts, nodeCrypto, signText, TreeHasher } from '#libs/ledger';
import type { Projections } from '#libs/projections';
import { within } from '../platform/record/timer.js';
import type { Timer } from '../platform/record/timer.js';
import type { LogKeys } from './log-keys.js';
import type { LeafPlace } from './ledger.projection.js';
import type { Logs } from './logs.js';

/** Whoever waits longer is answered without a receipt; the leaf comes all the same. */
const waitMs = 1_000;

interface Promising {
  readonly logs: Pick<Logs, 'isReady' | 'ordinal' | 'originOf' | 'placeOf'>;
  readonly projections: Pick<Projections, 'record' | 'until'>;
  /** Null where nothing is signed. */
  readonly keys: Pick<LogKeys, 'named'> | null;
  /** Whether the leaves of that dialogue are known to go on with what was signed of them. */
  readonly vouchesFor: (dialogueId: string) => boolean | Promise<boolean>;
  readonly timer: Timer;
}

/** An act that waits for its receipt. */
interface Asked {
  readonly stream: string;
  readonly revision: number;
  readonly since: number;
  /** How far the record had come when it was looked for last. */
  looked: number;
  place: LeafPlace | undefined;
  readonly answer: (receipt: Uint8Array | undefined) => void;
}

/**
 * The log's promise of a leaf, to be given with the answer to the act. Those of a log whose leaves are there at the same
 * turn of the event loop share one signature: acts that are stored together are derived together.
 */
export class Receipts {
  readonly #hasher = new TreeHasher(nodeCrypto);
  #asked: Asked[] = [];
  #isLooking = false;

  constructor(private readonly parts: Promising) {}

  /** The receipt; undefined where nothing is signed, or where the leaf is late. */
  of(stream: string, revision: number): Promise<Uint8Array | undefined> {
    const { keys, timer } = this.parts;
    if (keys === null) return Promise.resolve(undefined);
    return new Promise((answer) => {
      this.#asked.push({ stream, revision, since: timer.now(), looked: -1, place: undefined, answer });
      if (!this.#isLooking) void this.#look();
    });
  }

  async #look(): Promise<void> {
    const { projections, timer } = this.parts;
    this.#isLooking = true;
    for (let [oldest] = this.#asked; oldest !== undefined; [oldest] = this.#asked) {
      const left = Math.max(0, oldest.since + waitMs - timer.now());
      const isAny = await projections.until(() => this.#isAnyThere(), left);
      // Those that were stored together ask in the same turn.
      await turnOfTheLoop();
      const there = this.#taken((one) => this.#isThere(one));
      for (const [log, group] of Map.groupBy(there, ({ place }) => (place as LeafPlace).log))
        void this.#promise(log, group);
      if (isAny || there.length > 0) continue;
      const late = this.#taken(({ since }) => since + waitMs <= timer.now());
      // Where all waiting ends before its time, nothing comes any more.
      for (const one of late.length > 0 ? late : this.#taken(() => true)) one.answer(undefined);
    }
    this.#isLooking = false;
  }

  #taken(is: (one: Asked) => boolean): readonly Asked[] {
    const { true: taken = [], false: left = [] } = Object.groupBy(this.#asked, (one) =>
      is(one) ? 'true' : 'false',
    );
    this.#asked = left;
    return taken;
  }

  #isAnyThere(): boolean {
    return this.#asked.some((one) => this.#isThere(one));
  }

  /** Whether the leaf is derived, some milliseconds after the event is stored. */
  #isThere(one: Asked): boolean {
    const { logs, projections } = this.parts;
    // Nothing more is there as long as the record has not gone on.
    const { headOrdinal } = projections.record;
    if (one.looked === headOrdinal && one.place === undefined) return false;
    one.looked = headOrdinal;
    if (!logs.isReady) return false;
    one.place ??= logs.placeOf(one.stream, one.revision);
    return one.place !== undefined && logs.ordinal >= one.place.ordinal;
  }

  /** A receipt that promises another leaf than was signed before would be a proof against the log. */
  async #promise(log: string, asked: readonly Asked[]): Promise<void> {
    const { keys, logs, timer, vouchesFor } = this.parts;
    let receipts: readonly Uint8Array[] = [];
    try {
      const origin = logs.originOf(log);
      const [key] = keys?.named(origin) ?? [];
      const vouches = key !== undefined && vouchesFor(log);
      // Most logs were judged before; only what has to be waited for is.
      const isVouched = typeof vouches === 'boolean' ? vouches : await within(timer, waitMs, vouches);
      if (key !== undefined && isVouched === true)
        receipts = formatReceipts(
          this.#hasher,
          origin,
          asked.map(({ place }) => place as LeafPlace),
          (text) => [signText(text, key.note, key.sign)],
        );
    } finally {
      asked.forEach(({ answer }, index) => answer(receipts[index]));
    }
  }
}
