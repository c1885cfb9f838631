import { skewSeconds } from './act-check.js';
import { hex, isSame, textOf, utf8 } from './bytes.js';
import type { Checkpoint } from './checkpoint.js';
import { readCheckpoints } from './checkpoints.js';
import type { Trust } from './checkpoints.js';
import type { Crypto } from './crypto.js';
import { ErasedWords } from './erased-words.js';
import { at, LedgerFault } from './faults.js';
import { paths, readFile, readIfThere } from './files.js';
import type { FileReader } from './files.js';
import { jsonOf, parseLeaf } from './leaf-form.js';
import type { Head } from './leaf.js';
import { checkChain } from './log-check.js';
import { isEarlierName } from './log-names.js';
import { TreeHasher } from './merkle.js';
import { checkPayload, parsePayload } from './payload.js';
import type { Trusted } from './policy.js';
import { verifyConsistency, verifyInclusion } from './proof-check.js';
import { rendererVersion, renderReport } from './report.js';
import type { ReportEntry } from './report.js';
import { SeenIds } from './seen-ids.js';
import { parseHashLines, parseTlogProof } from './tlog-proof.js';
import { WitnessedTimes } from './witnessed-times.js';
import type { WitnessedTime } from './witnessed-times.js';

/** What a bundle of one stream says of itself; nothing of it is believed that the rest does not show. */
export interface Manifest {
  readonly v: 1;
  readonly mode: 'irritant';
  readonly stream: string;
  /** The leaves of the stream, in their order. */
  readonly seqs: readonly number[];
  /** Of the report. */
  readonly renderer: number;
}

export interface BundleSummary {
  readonly trusted: Trusted;
  readonly stream: string;
  readonly entries: number;
  readonly withheld: number;
  readonly erased: number;
  /** Acts with a signature of their party, which is the one that was logged; whether it holds only the whole log shows. */
  readonly signed: number;
}

export function parseManifest(bytes: Uint8Array): Manifest {
  const wrong = (why: string) => new LedgerFault('malformed', `The manifest ${why}.`);
  const value = jsonOf(textOf(bytes, 'The manifest'), 'The manifest') as Partial<
    Record<keyof Manifest, unknown>
  > | null;
  const { v, mode, stream, seqs, renderer } = value ?? {};
  if (v !== 1 || mode !== 'irritant') throw wrong('is of another version or mode');
  if (typeof stream !== 'string' || !Array.isArray(seqs) || seqs.length === 0)
    throw wrong('names no stream and leaves');
  const isOrdered = seqs.every((seq, index) => Number.isSafeInteger(seq) && seq > (seqs[index - 1] ?? -1));
  if (!isOrdered) throw wrong('does not name the leaves in their order');
  if (renderer !== rendererVersion)
    throw wrong(
      typeof renderer === 'number'
        ? `asks for the renderer ${renderer}, which is not known here`
        : 'asks for a renderer that is no number',
    );
  return { v, mode, stream, seqs: seqs as number[], renderer };
}

/**
 * Verifies the history of one stream: each leaf stands in the log at its index, in the order and without a gap from the
 * first one on; the payloads are those that were logged; the report says what they say. That nothing follows the last leaf
 * is not shown: for that the whole log is needed.
 */
export async function verifyBundle(crypto: Crypto, files: FileReader, trust: Trust): Promise<BundleSummary> {
  const { trusted, before, times } = await readCheckpoints(crypto, files, trust);
  for (const { checkpoint } of before) await checkConsistency(crypto, files, checkpoint, trusted.checkpoint);
  const { stream, seqs } = parseManifest(await readFile(files, paths.manifest));
  const chain = new StreamCheck(crypto, {
    trusted,
    times,
    stream,
    signed: await readFile(files, paths.checkpoint),
  });
  for (const seq of seqs) await chain.add(files, seq);
  chain.erased.finish();
  const { origin, size, root } = trusted.checkpoint;
  const report = renderReport({ origin, stream, size, root: hex(root), entries: chain.entries });
  if (!isSame(utf8(report), await readFile(files, paths.report)))
    throw new LedgerFault('report-wrong', 'The report is not what leaves and payloads say.');
  const signed = chain.entries.filter(({ leaf }) => leaf.sig !== undefined).length;
  const { withheld, erased } = chain;
  return { trusted, stream, entries: seqs.length, withheld, erased: erased.count, signed };
}

/** That the newest tree begins with an earlier one. */
async function checkConsistency(
  crypto: Crypto,
  files: FileReader,
  older: Checkpoint,
  newest: Checkpoint,
): Promise<void> {
  const text = textOf(await readFile(files, paths.consistency(older.size)), 'The consistency proof');
  const proof = parseHashLines(text.split('\n').slice(0, -1), 'The consistency proof');
  verifyConsistency(new TreeHasher(crypto), {
    first: older.size,
    second: newest.size,
    firstRoot: older.root,
    secondRoot: newest.root,
    proof,
  });
}

class StreamCheck {
  readonly entries: ReportEntry[] = [];
  readonly #hasher: TreeHasher;
  readonly erased = new ErasedWords();
  withheld = 0;
  readonly #times: WitnessedTimes;
  readonly #ids: SeenIds;
  #head: Head | undefined;

  constructor(
    private readonly crypto: Crypto,
    private readonly from: {
      readonly trusted: Trusted;
      readonly times: readonly WitnessedTime[];
      readonly stream: string;
      /** The checkpoint as it lies in the bundle. */
      readonly signed: Uint8Array;
    },
  ) {
    this.#times = new WitnessedTimes(from.times, skewSeconds);
    this.#hasher = new TreeHasher(crypto);
    this.#ids = new SeenIds(crypto);
  }

  async add(files: FileReader, seq: number): Promise<void> {
    const entry = await readFile(files, paths.leaf(seq));
    const proof = await readFile(files, paths.proof(seq));
    const payload = await readIfThere(files, paths.payload(seq));
    at(seq, () => this.#check(seq, entry, proof, payload));
  }

  #check(seq: number, entry: Uint8Array, proofFile: Uint8Array, payloadFile: Uint8Array | undefined): void {
    const leaf = parseLeaf(entry);
    const { origin, size, root } = this.from.trusted.checkpoint;
    if (leaf.log !== origin && !isEarlierName(leaf.log, origin))
      throw new LedgerFault('origin-wrong', `The leaf is of the log ${leaf.log}.`);
    if (leaf.seq !== seq) throw new LedgerFault('index-wrong', `The leaf says to be ${leaf.seq}.`);
    if (leaf.stream !== this.from.stream)
      throw new LedgerFault('chain-broken', `The leaf is of ${leaf.stream}.`);
    checkChain(leaf, this.#head?.rev, (prev) => prev === this.#head?.hash);
    this.#times.check(seq, leaf.recorded);
    const { index, hashes, checkpoint } = parseTlogProof(proofFile);
    if (index !== seq) throw new LedgerFault('index-wrong', `The proof is of leaf ${index}.`);
    if (!isSame(checkpoint, this.from.signed))
      throw new LedgerFault('proof-wrong', 'The proof leads to another checkpoint.');
    const leafHash = this.#hasher.leaf(entry);
    verifyInclusion(this.#hasher, { index, size, leafHash, proof: hashes, root });
    this.#ids.add(leaf.id);
    const payload =
      payloadFile === undefined
        ? undefined
        : parsePayload(textOf(payloadFile, 'The payload').replace(/\n$/, ''));
    if (payload !== undefined && payload.seq !== seq)
      throw new LedgerFault('index-wrong', `The payload is of leaf ${payload.seq}.`);
    const completeness = checkPayload(this.crypto, leaf, payload);
    if (completeness === 'withheld') this.withheld += 1;
    this.erased.add(leaf, payload, completeness);
    this.#head = { rev: leaf.rev, hash: hex(leafHash) };
    this.entries.push({ leaf, hash: hex(leafHash), ...(payload === undefined ? {} : { payload }) });
  }
}
