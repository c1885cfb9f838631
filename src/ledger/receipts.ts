import { formatNote, formatReceipt, nodeCrypto, parseLeaf, signText, TreeHasher } from '#libs/ledger';
import type { Projections } from '#libs/projections';
import { within } from '../platform/record/timer.js';
import type { Timer } from '../platform/record/timer.js';
import { dialogueIn } from './logged.js';
import type { LogKeys } from './log-keys.js';
import type { Logs } from './logs.js';

/** Whoever waits longer is answered without a receipt; the leaf comes all the same. */
const waitMs = 1_000;

interface Promising {
  readonly logs: Logs;
  readonly projections: Pick<Projections, 'record' | 'until'>;
  /** Null where nothing is signed. */
  readonly keys: LogKeys | null;
  /** Whether the leaves of that dialogue are known to go on with what was signed of them. */
  readonly vouchesFor: (dialogueId: string) => Promise<boolean>;
  readonly timer: Timer;
}

/** The log's promise of a leaf, to be given with the answer to the act. */
export class Receipts {
  readonly #hasher = new TreeHasher(nodeCrypto);

  constructor(private readonly parts: Promising) {}

  /** The receipt as a note; undefined where nothing is signed, or where the leaf is late. */
  async of(stream: string, revision: number): Promise<Uint8Array | undefined> {
    const { keys, logs } = this.parts;
    if (keys === null) return undefined;
    const ordinal = await this.#derived(stream, revision);
    const entry = ordinal === undefined ? undefined : logs.leafOfEvent(ordinal);
    if (entry === undefined) return undefined;
    const { log: origin, seq } = parseLeaf(entry);
    const [key] = keys.named(origin);
    if (key === undefined || !(await this.#vouchesFor(dialogueIn(origin)))) return undefined;
    const text = formatReceipt({ origin, seq, leafHash: this.#hasher.leaf(entry) });
    return formatNote({ text, signatures: [signText(text, key.note, key.sign)] });
  }

  /** A receipt that promises another leaf than was signed before would be a proof against the log. */
  async #vouchesFor(dialogueId: string): Promise<boolean> {
    const { vouchesFor, timer } = this.parts;
    return (await within(timer, waitMs, vouchesFor(dialogueId))) === true;
  }

  /** The event's place in the record, once its leaf is there: some milliseconds after it is stored. */
  async #derived(stream: string, revision: number): Promise<number | undefined> {
    const { logs, projections } = this.parts;
    let [ordinal, looked]: [number | undefined, number] = [undefined, -1];
    const isThere = () => {
      // Nothing more is there as long as the record has not gone on.
      const { headOrdinal } = projections.record;
      if (ordinal === undefined && headOrdinal > looked)
        ordinal = projections.record.ordinalOf(stream, BigInt(revision));
      looked = headOrdinal;
      return ordinal !== undefined && logs.isReady && logs.ordinal >= ordinal;
    };
    return (await projections.until(isThere, waitMs)) ? ordinal : undefined;
  }
}
