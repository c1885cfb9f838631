import { ActCheck, skewSeconds } from './act-check.js';
import type { JudgedAct, SignedActs } from './act-check.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';
import { ErasedWords } from './erased-words.js';
import { at, LedgerFault } from './faults.js';
import { parseLeaf } from './leaf-form.js';
import type { Leaf } from './leaf.js';
import { TreeHasher } from './merkle.js';
import { LogNames } from './log-names-check.js';
import { NewsCheck } from './log-news.js';
import type { LogNews } from './log-news.js';
import type { PartyKeys } from './party-keys.js';
import { checkPayload } from './payload.js';
import type { Payload } from './payload.js';
import type { Trusted } from './policy.js';
import { SeenIds } from './seen-ids.js';
import { Tree } from './tree.js';
import { VoidActs } from './void-acts.js';
import { WitnessedTimes } from './witnessed-times.js';
import type { WitnessedTime } from './witnessed-times.js';

export interface LogSummary {
  readonly size: number;
  readonly root: Uint8Array;
  /** How many leaves have a payload that is not all there, though it was not erased. */
  readonly withheld: number;
  readonly erased: number;
  readonly signedActs: SignedActs;
  /** The keys of parties that the record alone vouches for, in the lines of a file of keys. */
  readonly keysOfRecord: readonly string[];
  /** Acts that lack the signature of their party, and of which an event says that they are void. */
  readonly void: number;
  /** Entries that no party recorded: the server drew them from what was said, and whether it was right to is not judged here. */
  readonly conclusions: number;
  /** What the log says of itself. */
  readonly news: readonly LogNews[];
}

/** Whoever watches a log as it grows: a wrong act is told of, and the check goes on behind it. */
export interface ActWatch {
  judged(leaf: Leaf, payload: Payload | undefined, act: JudgedAct): void;
  wrong(leaf: Leaf, fault: LedgerFault): void;
}

interface Options {
  readonly origin: string;
  readonly times?: readonly WitnessedTime[];
  readonly partyKeys?: PartyKeys;
  /** The tree that was signed, where its hashes are known before its leaves: then a changed leaf is named by its index. */
  readonly signed?: Tree;
  /** Without one, the first wrong act is thrown. */
  readonly watch?: ActWatch;
}

/** Whoever chose the ids of a log did not know what its root would be. */
function seedOf(signed: Tree | undefined): number {
  if (signed === undefined) return 0;
  const root = signed.root();
  return new DataView(root.buffer, root.byteOffset).getUint32(0);
}

/**
 * Goes through a log from its first leaf on, and throws the first thing that is wrong with the index of its leaf. It keeps
 * 64 bytes a leaf, as much of its id, and one hash a stream; leaves and payloads pass by.
 */
export class LogCheck {
  /** The leaves that have passed; where the signed tree was given, that one. */
  readonly tree: Tree;
  readonly #hasher: TreeHasher;
  /** By stream, its last leaf. */
  readonly #heads = new Map<string, { rev: number; seq: number }>();
  readonly #hash = new Uint8Array(hashBytes);
  readonly #times: WitnessedTimes;
  readonly #acts: ActCheck;
  readonly #erased = new ErasedWords();
  readonly #voided = new VoidActs();
  readonly #names: LogNames;
  readonly #news: NewsCheck;
  readonly #ids: SeenIds;
  #size = 0;
  #withheld = 0;
  #conclusions = 0;

  constructor(
    private readonly crypto: Crypto,
    private readonly options: Options,
  ) {
    this.#hasher = new TreeHasher(crypto);
    this.tree = options.signed ?? new Tree(this.#hasher);
    this.#times = new WitnessedTimes(options.times ?? [], skewSeconds);
    this.#acts = new ActCheck(crypto, options.partyKeys);
    this.#names = new LogNames(options.origin);
    this.#news = new NewsCheck(crypto);
    this.#ids = new SeenIds(crypto, seedOf(options.signed));
  }

  get size(): number {
    return this.#size;
  }

  add(entry: Uint8Array, payload?: Payload): Leaf {
    return at(this.#size, () => this.#add(entry, payload));
  }

  #add(entry: Uint8Array, payload: Payload | undefined): Leaf {
    const leaf = parseLeaf(entry);
    this.#names.check(leaf, payload);
    this.#checkPlace(leaf);
    this.#times.check(leaf.seq, leaf.recorded);
    const completeness = checkPayload(this.crypto, leaf, payload);
    if (completeness === 'withheld') this.#withheld += 1;
    if (leaf.act.capacity === 'derived') this.#conclusions += 1;
    this.#judgeAct(leaf, payload);
    this.#erased.add(leaf, payload, completeness);
    this.#news.add(leaf, payload, this.tree);
    this.#hasher.leafInto(entry, this.#hash);
    if (this.options.signed === undefined) this.tree.append(this.#hash);
    else if (!this.tree.hasLeaf(leaf.seq, this.#hash))
      throw new LedgerFault('leaf-wrong', 'The leaf is not the one that was logged.');
    this.#ids.add(leaf.id);
    this.#size += 1;
    const head = this.#heads.get(leaf.stream);
    if (head === undefined) this.#heads.set(leaf.stream, { rev: leaf.rev, seq: leaf.seq });
    else [head.rev, head.seq] = [leaf.rev, leaf.seq];
    return leaf;
  }

  #judgeAct(leaf: Leaf, payload: Payload | undefined): void {
    const { watch } = this.options;
    try {
      const judged = this.#acts.add(leaf, payload, this.tree);
      watch?.judged(leaf, payload, judged);
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      if (watch === undefined) this.#voided.owe(leaf, error);
      else watch.wrong(leaf, error);
    }
    this.#voided.add(leaf, payload);
  }

  #checkPlace(leaf: Leaf): void {
    if (leaf.seq !== this.#size)
      throw new LedgerFault('index-wrong', `The leaf says to be ${leaf.seq} and stands at ${this.#size}.`);
    const head = this.#heads.get(leaf.stream);
    checkChain(leaf, head?.rev, (prev) => head !== undefined && this.tree.hasLeafHex(head.seq, prev));
  }

  /** Whether a checkpoint of no more leaves than have passed is by a key that was in force at its end. */
  checkSigned(one: Trusted): void {
    this.#news.checkSigned(one);
  }

  /** Once all leaves have passed: the checkpoints that are there, each of no more leaves. */
  finish(checkpoints: readonly Trusted[] = []): LogSummary {
    this.#voided.finish();
    this.#erased.finish();
    this.#names.finish();
    for (const one of checkpoints) this.checkSigned(one);
    return {
      size: this.#size,
      root: this.tree.root(this.#size),
      withheld: this.#withheld,
      erased: this.#erased.count,
      signedActs: { ...this.#acts.counts },
      keysOfRecord: [...this.#acts.keysOfRecord],
      void: this.#voided.count,
      conclusions: this.#conclusions,
      news: this.#news.told,
    };
  }
}

/** That a leaf follows the one before it in its stream, of which the revision is told, and its hash can be asked. */
export function checkChain(
  leaf: Leaf,
  rev: number | undefined,
  isHashBefore: (digits: string) => boolean,
): void {
  const expected = rev === undefined ? 0 : rev + 1;
  if (leaf.rev !== expected)
    throw new LedgerFault(
      'chain-broken',
      `${leaf.stream} goes on with revision ${leaf.rev} and not ${expected}.`,
      leaf.seq,
    );
  const isChained = leaf.prev === undefined ? rev === undefined : isHashBefore(leaf.prev);
  if (!isChained)
    throw new LedgerFault(
      'chain-broken',
      `The leaf names another one as the last of ${leaf.stream}.`,
      leaf.seq,
    );
}
