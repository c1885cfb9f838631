import { nextTick } from 'node:process';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { formatReceipts, nodeCrypto, signText, TreeHasher } from '#libs/ledger';
import type { Promised } from '#libs/ledger';
import type { Projections } from '#libs/projections';
import { within } from '../platform/record/timer.js';
import type { Timer } from '../platform/record/timer.js';
import type { LeavesAhead } from './leaves-ahead.js';
import type { LogKeys } from './log-keys.js';
import { dialogueIn } from './logged.js';
import type { Logs } from './logs.js';

/** Whoever waits longer is answered without a receipt; the leaf comes all the same. */
const waitMs = 1_000;

interface Promising {
  readonly ahead: Pick<LeavesAhead, 'leafOf'>;
  readonly logs: Pick<Logs, 'isReady' | 'read' | 'placeOf'>;
  readonly projections: Pick<Projections, 'until'>;
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
  readonly answer: (receipt: string | undefined) => void;
}

interface Found extends Pick<Asked, 'answer'> {
  readonly place: Promised;
  /** The name of its log, as the leaf itself says it. */
  readonly origin: string;
}

/**
 * The log's promise of a leaf, to be given with the answer to the act. Those of a log whose leaves are there at the same
 * turn of the event loop share one signature: acts that are stored together are derived together. A log that begins anew has
 * another name, so those of two names are of two groups.
 */
export class Receipts {
  readonly #hasher = new TreeHasher(nodeCrypto);
  /** Those whose leaves were derived when their events were stored. */
  readonly #stored: Found[] = [];
  /** Not looked for yet, and looked for in vain so far. */
  #asked: Asked[] = [];
  #waiting: Asked[] = [];
  /** Those whose leaves are derived, some milliseconds after the event is stored. */
  #found: Found[] = [];
  /** What was read when all were looked for last. */
  #looked: ReturnType<Logs['read']> | undefined;
  #isLooking = false;

  constructor(private readonly parts: Promising) {}

  /** The receipt; undefined where nothing is signed, or where the leaf is late. */
  of(stream: string, revision: number): Promise<string | undefined> {
    const { ahead, keys, timer } = this.parts;
    if (keys === null) return Promise.resolve(undefined);
    return new Promise((answer) => {
      const place = ahead.leafOf(stream, revision);
      if (place !== undefined) return this.#promiseSoon({ place, origin: place.leaf.log, answer });
      this.#asked.push({ stream, revision, since: timer.now(), answer });
      if (!this.#isLooking) void this.#look();
    });
  }

  /** What was stored together asks before the loop turns. */
  #promiseSoon(one: Found): void {
    this.#stored.push(one);
    if (this.#stored.length === 1) nextTick(() => this.#promiseAll(this.#stored.splice(0)));
  }

  #promiseAll(found: readonly Found[]): void {
    for (const [origin, group] of Map.groupBy(found, (one) => one.origin)) void this.#promise(origin, group);
  }

  async #look(): Promise<void> {
    const { projections, timer } = this.parts;
    this.#isLooking = true;
    for (let [oldest] = this.#all(); oldest !== undefined; [oldest] = this.#all()) {
      const left = Math.max(0, oldest.since + waitMs - timer.now());
      const isAny = await projections.until(() => this.#find(), left);
      // Those that were stored together ask in the same turn.
      await turnOfTheLoop();
      this.#find();
      const found = this.#found.splice(0);
      this.#promiseAll(found);
      if (!isAny && found.length === 0) this.#giveUp();
    }
    this.#isLooking = false;
  }

  /** The oldest first. */
  #all(): readonly Asked[] {
    return [...this.#waiting, ...this.#asked];
  }

  /** Where all waiting ends before its time, nothing comes any more. */
  #giveUp(): void {
    const { true: late = [], false: others = [] } = Object.groupBy(this.#all(), ({ since }) =>
      since + waitMs <= this.parts.timer.now() ? 'true' : 'false',
    );
    this.#asked = [];
    this.#waiting = late.length > 0 ? others : [];
    for (const { answer } of late.length > 0 ? late : others) answer(undefined);
  }

  /** Whether any leaf is there. Who was looked for in vain is looked for again only once there are other leaves to read. */
  #find(): boolean {
    const { logs } = this.parts;
    if (!logs.isReady) return false;
    const read = logs.read();
    const isAsBefore = read.tables === this.#looked?.tables && read.ordinal === this.#looked.ordinal;
    const sought = isAsBefore ? this.#asked : this.#all();
    this.#asked = [];
    if (!isAsBefore) this.#waiting = [];
    this.#looked = read;
    for (const one of sought) {
      const place = logs.placeOf(one.stream, one.revision);
      if (place === undefined || place.ordinal > read.ordinal) this.#waiting.push(one);
      else this.#found.push({ place, origin: place.origin, answer: one.answer });
    }
    return this.#found.length > 0;
  }

  /** A receipt that promises another leaf than was signed before would be a proof against the log. */
  async #promise(origin: string, found: readonly Found[]): Promise<void> {
    const { keys, timer, vouchesFor } = this.parts;
    let receipts: readonly string[] = [];
    try {
      const [key] = keys?.named(origin) ?? [];
      const vouches = key !== undefined && vouchesFor(dialogueIn(origin));
      // Most logs were judged before; only what has to be waited for is.
      const isVouched = typeof vouches === 'boolean' ? vouches : await within(timer, waitMs, vouches);
      if (key !== undefined && isVouched === true)
        receipts = formatReceipts(
          this.#hasher,
          origin,
          found.map(({ place }) => place),
          (text) => [signText(text, key.note, key.sign)],
        );
    } finally {
      found.forEach(({ answer }, index) => answer(receipts[index]));
    }
  }
}
