import { base64, hex, utf8 } from './bytes.js';
import type { Manifest } from './bundle.js';
import type { Checkpoint } from './checkpoint.js';
import type { Crypto } from './crypto.js';
import { paths } from './files.js';
import { parseLeaf } from './leaf-form.js';
import { TreeHasher } from './merkle.js';
import { formatPayload } from './payload.js';
import type { Payload } from './payload.js';
import { consistencyProof, inclusionProof } from './proofs.js';
import type { Nodes } from './proofs.js';
import { rendererVersion, renderReport } from './report.js';
import { formatTlogProof } from './tlog-proof.js';

export interface BundleEntry {
  readonly entry: Uint8Array;
  readonly payload?: Payload;
}

export interface BundleSource {
  readonly stream: string;
  readonly checkpoint: Checkpoint;
  /** As the log served it. */
  readonly signed: Uint8Array;
  /** Checkpoints before it that somebody countersigned. */
  readonly earlier?: readonly { readonly size: number; readonly signed: Uint8Array }[];
  /** All leaves of the stream below the checkpoint's size, in their order. */
  readonly entries: readonly BundleEntry[];
  /** Of the log. */
  readonly nodes: Nodes;
}

/** The files of a bundle of one stream, one after the other. */
export function* bundleFiles(crypto: Crypto, source: BundleSource): Generator<readonly [string, Uint8Array]> {
  const { stream, checkpoint, signed, earlier = [], entries, nodes } = source;
  const { origin, size, root } = checkpoint;
  const hasher = new TreeHasher(crypto);
  const leaves = entries.map(({ entry, payload }) => ({
    entry,
    leaf: parseLeaf(entry),
    hash: hex(hasher.leaf(entry)),
    ...(payload === undefined ? {} : { payload }),
  }));
  const seqs = leaves.map(({ leaf }) => leaf.seq);
  const manifest: Manifest = { v: 1, mode: 'irritant', stream, seqs, renderer: rendererVersion };
  yield [paths.manifest, utf8(`${JSON.stringify(manifest)}\n`)];
  yield [paths.checkpoint, signed];
  for (const one of earlier) {
    yield [paths.earlier(one.size), one.signed];
    const proof = consistencyProof(hasher, nodes, one.size, size);
    yield [paths.consistency(one.size), utf8(proof.map((hash) => `${base64(hash)}\n`).join(''))];
  }
  for (const { leaf, entry, payload } of leaves) {
    const hashes = inclusionProof(hasher, nodes, leaf.seq, size);
    yield [paths.leaf(leaf.seq), entry];
    yield [paths.proof(leaf.seq), formatTlogProof({ index: leaf.seq, hashes, checkpoint: signed })];
    if (payload !== undefined) yield [paths.payload(leaf.seq), formatPayload(payload)];
  }
  yield [paths.report, utf8(renderReport({ origin, stream, size, root: hex(root), entries: leaves }))];
}
