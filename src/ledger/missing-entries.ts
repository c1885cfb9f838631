import {
  formatLeaf,
  nodeCrypto,
  parseEntries,
  parsePayloads,
  paths,
  tilePath,
  tilesAt,
  tileWidth,
  parseLeaf,
  verifyMirror,
} from '#libs/ledger';
import type { FileReader, Leaf, Payload, Trust, Trusted } from '#libs/ledger';
import type { Recorded } from '#libs/event-store';
import { loggedEvent } from '../platform/record/logged-event.js';
import type { GrowingLog } from './growing-log.js';
import { asLedgerEvent } from './logged.js';
import { NotResumable } from './not-resumable.js';

/** A copy of one log, and where it lies, for words. */
export interface Copy {
  readonly where: string;
  readonly files: FileReader;
}

/** What a copy of a log has beyond the leaves that the store gives; all is looked at before anything is handed out. */
export class MissingEntries {
  /** How many leaves the store gives. */
  readonly held: number;
  #trusted: Trusted | undefined;

  private constructor(
    readonly dialogueId: string,
    private readonly copy: Copy,
    /** As the store gives it; it is grown by what is missing. */
    private readonly log: GrowingLog,
  ) {
    this.held = log.size;
  }

  /**
   * Verifies the whole copy, that the store gives a beginning of it, and that each missing event is made again of it with the
   * very leaf that was logged. Throws `LedgerFault` where the copy is wrong, and `NotResumable`.
   */
  static async in(
    copy: Copy,
    {
      dialogueId,
      log,
      trust,
    }: { readonly dialogueId: string; readonly log: GrowingLog; readonly trust: Trust },
    onProgress?: (done: number, all: number) => void,
  ): Promise<MissingEntries> {
    const missing = new MissingEntries(dialogueId, copy, log);
    const { trusted, size } = await verifyMirror(nodeCrypto, copy.files, {
      ...trust,
      onEntry: (leaf, payload) => missing.#look(leaf, payload),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    if (missing.held > size)
      throw new NotResumable(
        `${log.origin} has ${missing.held} entries here and ${size} in ${copy.where}: nothing of it is missing here, or something was recorded since the older copy was put back. Bring a copy that is further, or begin the log anew.`,
      );
    missing.#trusted = trusted;
    return missing;
  }

  /** The checkpoint up to which the copy goes. */
  get trusted(): Trusted {
    if (this.#trusted === undefined) throw new Error('A copy was to be used before it was verified.');
    return this.#trusted;
  }

  get origin(): string {
    return this.log.origin;
  }

  get size(): number {
    return this.log.size;
  }

  /** Of its first entries once all is there, in base64. */
  root(size: number): string {
    return this.log.root(size);
  }

  /** In the order of the log. */
  async *events(): AsyncGenerator<Recorded, undefined> {
    const { files, where } = this.copy;
    for (const tile of tilesAt('entries', this.held, this.size)) {
      const first = tile.index * tileWidth;
      const [entries, payloads] = [await files.read(tilePath(tile)), await files.read(paths.payloads(tile))];
      if (entries === undefined || payloads === undefined) throw changed(where);
      const all = parsePayloads(payloads, first, tile.width);
      for (const [index, entry] of parseEntries(entries, tile).entries()) {
        if (first + index < this.held) continue;
        if (!this.log.holds(first + index, entry)) throw changed(where);
        const event = loggedEvent(parseLeaf(entry), all[index]);
        if (event === undefined) throw changed(where);
        yield event;
      }
    }
  }

  #look(leaf: Leaf, payload: Payload | undefined): void {
    const { seq } = leaf;
    const entry = formatLeaf(leaf);
    if (seq >= this.held) this.#takeAgain(leaf, payload, entry);
    else if (!this.log.holds(seq, entry))
      throw new NotResumable(
        `${this.origin} has another entry #${seq} here than in ${this.copy.where}: something was recorded since the older copy was put back. Put that copy back once more and resume before it is served, or begin the log anew.`,
      );
  }

  #takeAgain(leaf: Leaf, payload: Payload | undefined, entry: Uint8Array): void {
    const event = loggedEvent(leaf, payload);
    const lacksWords =
      leaf.content !== undefined && payload?.content === null && payload.withheld !== undefined;
    const lacksSignature = leaf.sig !== undefined && payload?.signature === undefined;
    if (event === undefined || lacksWords || lacksSignature)
      throw new NotResumable(
        `${this.copy.where} lacks a part of entry #${leaf.seq} of ${this.origin}, which it says was withheld: bring a copy that was made with a key that may read the dialogue.`,
      );
    const again = this.log.leafOf(asLedgerEvent(event));
    if (!Buffer.from(formatLeaf(again)).equals(entry))
      throw new NotResumable(
        `Entry #${leaf.seq} of ${this.origin} can't be made again as it was logged, byte for byte: this version of the program reads it otherwise. Use the version that recorded it.`,
      );
    this.log.take(again);
  }
}

function changed(where: string): NotResumable {
  return new NotResumable(
    `${where} has changed since it was verified a moment ago: let nobody write to it, and do it again.`,
  );
}
