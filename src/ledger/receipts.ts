import { formatNote, formatReceipt, nodeCrypto, parseLeaf, signText, TreeHasher } from '#libs/ledger';
import type { RecordReader } from '#libs/projections';
import type { Timer } from '../platform/record/timer.js';
import type { LogKeys } from './log-keys.js';
import type { Logs } from './logs.js';

/** The leaf of an act is derived some milliseconds after the act is stored. */
const lookEveryMs = 2;
/** Whoever waits longer is answered without a receipt; the leaf comes all the same. */
const waitMs = 1_000;

interface Promising {
  readonly logs: Logs;
  readonly record: RecordReader;
  /** Null where nothing is signed. */
  readonly keys: LogKeys | null;
  readonly timer: Timer;
  /** Whether nothing is signed of the log of that origin. */
  readonly refused: (origin: string) => boolean;
}

interface Waiting {
  readonly isThere: () => boolean;
  readonly until: number;
  readonly resolve: () => void;
}

/** The log's promise of a leaf, to be given with the answer to the act. */
export class Receipts {
  readonly #hasher = new TreeHasher(nodeCrypto);
  readonly #waiting = new Set<Waiting>();
  #looking = false;

  constructor(private readonly parts: Promising) {}

  /** The receipt as a note; undefined where nothing is signed, or where the leaf is late. */
  async of(stream: string, revision: number): Promise<Uint8Array | undefined> {
    const { keys, logs, record } = this.parts;
    if (keys === null) return undefined;
    let ordinal: number | undefined;
    await this.#until(() => {
      ordinal = record.ordinalOf(stream, BigInt(revision));
      return ordinal !== undefined && logs.isReady && logs.ordinal >= ordinal;
    });
    const entry = ordinal === undefined ? undefined : logs.leafOfEvent(ordinal);
    if (entry === undefined) return undefined;
    const { log: origin, seq } = parseLeaf(entry);
    const [key] = keys.named(origin);
    if (key === undefined || this.parts.refused(origin)) return undefined;
    const text = formatReceipt({ origin, seq, leafHash: this.#hasher.leaf(entry) });
    return formatNote({ text, signatures: [signText(text, key.note, key.sign)] });
  }

  /** All who wait are looked after together, so that many of them cost no more than one. */
  #until(isThere: () => boolean): Promise<void> {
    if (isThere()) return Promise.resolve();
    const until = this.parts.timer.now() + waitMs;
    return new Promise((resolve) => {
      this.#waiting.add({ isThere, until, resolve });
      if (!this.#looking) void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#looking = true;
    const never = new AbortController().signal;
    while (this.#waiting.size > 0) {
      await this.parts.timer.wait(lookEveryMs, never);
      for (const one of this.#waiting) {
        if (!one.isThere() && this.parts.timer.now() < one.until) continue;
        this.#waiting.delete(one);
        one.resolve();
      }
    }
    this.#looking = false;
  }
}
