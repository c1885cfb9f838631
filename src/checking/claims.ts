import {
  base64,
  consistencyProof,
  consistencyRanges,
  inclusionProof,
  inclusionRanges,
  isSame,
  LedgerFault,
  parseHashLines,
  verifyConsistency,
  verifyInclusion,
} from '#libs/ledger';
import type { Checkpoint, FileReader } from '#libs/ledger';
import { hasher, nodesFor, rootOf } from './log-nodes.js';

/** What a signed statement says of the beginning of a tree: which root it has, or which leaf stands at an index. */
export type Claim =
  | { readonly of: 'beginning'; readonly size: number; readonly hash: Uint8Array }
  | { readonly of: 'leaf'; readonly seq: number; readonly hash: Uint8Array };

/** What a tree holds in that place, and the RFC 9162 proof that leads from there to its root. */
export interface Holding {
  readonly hash: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Reads from the tiles of the tree what it holds. Throws where they are not those of the checkpoint. */
export async function holdingIn(
  files: FileReader,
  claim: Claim,
  { size, root }: Checkpoint,
): Promise<Holding> {
  const whole = { start: 0, end: size };
  const isLeaf = claim.of === 'leaf';
  if (claim.of === 'beginning' && claim.size === size) return { hash: root, proof: [] };
  const ranges = isLeaf
    ? [{ start: claim.seq, end: claim.seq + 1 }, ...inclusionRanges(claim.seq, size)]
    : [{ start: 0, end: claim.size }, ...consistencyRanges(claim.size, size)];
  const nodes = await nodesFor(files, size, [whole, ...ranges]);
  if (!isSame(rootOf(nodes, size), root))
    throw new LedgerFault('root-wrong', `The hashes are not those of the checkpoint of ${size} entries.`);
  return isLeaf
    ? { hash: nodes(0, claim.seq).slice(), proof: inclusionProof(hasher, nodes, claim.seq, size) }
    : { hash: rootOf(nodes, claim.size), proof: consistencyProof(hasher, nodes, claim.size, size) };
}

/** Throws where the proof does not lead to the root. */
export function checkHolding({ hash, proof }: Holding, claim: Claim, { size, root }: Checkpoint): void {
  if (claim.of === 'leaf') verifyInclusion(hasher, { index: claim.seq, size, leafHash: hash, proof, root });
  else
    verifyConsistency(hasher, { first: claim.size, second: size, firstRoot: hash, secondRoot: root, proof });
}

/** Base64, one hash a line: what the tree holds, then the proof of it. */
export function formatHolding({ hash, proof }: Holding): Uint8Array {
  return Buffer.from([hash, ...proof].map((one) => `${base64(one)}\n`).join(''));
}

export function parseHolding(bytes: Uint8Array): Holding {
  const [hash, ...proof] = parseHashLines(
    Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1),
    'The proof',
  );
  if (hash === undefined) throw new LedgerFault('malformed', 'The proof is empty.');
  return { hash, proof };
}
