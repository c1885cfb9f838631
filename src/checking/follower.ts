import {
  checkPolicy,
  isSame,
  LedgerFault,
  LogCheck,
  nodeCrypto,
  parseEntries,
  parsePayloads,
  paths,
  tilePath,
  tilesAt,
  tileWidth,
} from '#libs/ledger';
import type { Checkpoint, FileReader, Note, PartyKeys, Policy, Trusted } from '#libs/ledger';
import { ActAlarms } from './act-alarms.js';
import type { ActAlarm } from './act-alarms.js';
import { CannotCheck } from './cannot-check.js';
import { entries } from './counted.js';
import type { Folder } from './folder.js';
import { mirror } from './mirroring.js';

export interface Followed {
  readonly origin: string;
  /** For words. */
  readonly where: string;
  /** Opened anew for each look, for the end of the log moves. */
  readonly open: () => FileReader;
  readonly folder: Folder;
  readonly evidence: string;
  readonly policy: Policy;
  readonly keys: PartyKeys;
  /** What the witness has cosigned last of it. */
  readonly cosigned: () => Checkpoint | undefined;
  readonly onAlarm: (alarm: ActAlarm) => void;
}

/** How many checkpoints that were cosigned last are held against the keys of the log. */
const signedMax = 100;

/**
 * Copies a log that a witness cosigns, and goes through what is new in the copy: each leaf, its place and payload, and whose
 * act it is. Of all leaves it keeps 64 bytes, and a hash for each stream; after a start it goes through the copy once.
 */
export class Follower {
  #check!: LogCheck;
  #alarms!: ActAlarms;
  /** What was told already, where the log is gone through anew. */
  readonly #told = new Set<number>();
  /** How many payloads were not all there when the log was gone through. */
  #withheld = 0;
  /** A leaf that is wrong in itself: nothing beyond it can be checked. */
  #fault: LedgerFault | undefined;
  /** A checkpoint by a key that the log had ended: it stays signed, whatever is served afterwards. */
  #ended: LedgerFault | undefined;
  /** Those that were cosigned since the start, each once. */
  readonly #signed = new Map<string, Trusted>();
  /** How many entries had been cosigned when it looked last. */
  cosigned = 0;

  constructor(readonly log: Followed) {
    this.#begin();
  }

  get alarms(): ActAlarms {
    return this.#alarms;
  }

  /** How many entries were gone through. */
  get checked(): number {
    return this.#check.size;
  }

  /**
   * Up to the newest checkpoint that is served. Throws where the log is wrong (`LedgerFault`, `SplitView`, `BegunAnew`), or
   * why it could not be told (`CannotCheck`).
   */
  async look(): Promise<void> {
    if (this.#fault !== undefined) throw this.#fault;
    const { folder, open, where, evidence, policy } = this.log;
    const mirrored = await mirror(open(), folder, { policy, where, evidence });
    const { size, withheld, firstWithheld, trusted } = mirrored;
    // A key that is withheld is no key; what hung on it is judged anew once more is there.
    if (withheld !== this.#withheld) this.#begin();
    this.#withheld = withheld;
    await this.#goThrough(size);
    this.#holdAgainstCosigned();
    this.#holdAgainstKeys(trusted);
    if (withheld > 0)
      throw new CannotCheck(
        `${where} withholds payloads of ${entries(withheld)}, the first of them #${firstWithheld}: give a key that may read the dialogue in ENTENTE_KEY.`,
      );
  }

  /** A checkpoint that the witness has just cosigned, with the signatures of the log. */
  cosigns({ text, signatures }: Note): void {
    const { policy } = this.log;
    const trusted = checkPolicy(nodeCrypto, { text, signatures }, { ...policy, quorum: 'none' });
    const key = [text, ...trusted.log.map(({ key: { id } }) => id)].join('\n');
    this.#signed.delete(key);
    this.#signed.set(key, trusted);
    const [oldest = ''] = this.#signed.keys();
    if (this.#signed.size > signedMax) this.#signed.delete(oldest);
  }

  #begin(): void {
    const { origin, keys, onAlarm } = this.log;
    this.#alarms = new ActAlarms(keys, (alarm) => {
      if (!this.#told.has(alarm.seq)) onAlarm(alarm);
      this.#told.add(alarm.seq);
    });
    this.#check = new LogCheck(nodeCrypto, { origin, partyKeys: keys, watch: this.#alarms });
  }

  async #goThrough(size: number): Promise<void> {
    const { folder } = this.log;
    for (const tile of tilesAt('entries', this.#check.size, size)) {
      const first = tile.index * tileWidth;
      const bytes = await folder.read(tilePath(tile));
      if (bytes === undefined) throw new CannotCheck(`${folder.path} has lost ${tilePath(tile)}.`);
      const given = await folder.read(paths.payloads(tile));
      const payloads = given === undefined ? [] : parsePayloads(given, first, tile.width);
      const from = this.#check.size - first;
      parseEntries(bytes, tile)
        .slice(from)
        .forEach((entry, index) => this.#add(entry, payloads[from + index]));
    }
  }

  #add(...[entry, payload]: Parameters<LogCheck['add']>): void {
    try {
      this.#check.add(entry, payload);
    } catch (error) {
      if (error instanceof LedgerFault) this.#fault = error;
      throw error;
    }
  }

  /** What is served, and what was cosigned of it, is signed by a key that the log has not ended before. */
  #holdAgainstKeys(served: Trusted): void {
    const all = [...this.#signed.values(), served];
    for (const one of all.filter(({ checkpoint: { size } }) => size <= this.checked)) {
      try {
        this.#check.checkSigned(one);
      } catch (error) {
        if (!(error instanceof LedgerFault)) throw error;
        this.#ended ??= error;
      }
    }
    if (this.#ended !== undefined) throw this.#ended;
  }

  /** The leaves that were served have to be those of the root that was cosigned. */
  #holdAgainstCosigned(): void {
    const cosigned = this.log.cosigned();
    if (cosigned === undefined) return;
    const { size, root } = cosigned;
    this.cosigned = size;
    if (size > this.checked)
      throw new CannotCheck(
        `${this.log.where} shows ${entries(this.checked)}, and ${entries(size)} were cosigned: an older copy is served.`,
      );
    if (!isSame(this.#check.tree.root(size), root))
      throw new LedgerFault(
        'root-wrong',
        `The first ${entries(size)} that are served are not those that were cosigned: others are shown another history.`,
      );
  }
}
