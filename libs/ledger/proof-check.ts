import { isSame } from './bytes.js';
import { hashBytes } from './crypto.js';
import { LedgerFault } from './faults.js';
import type { TreeHasher } from './merkle.js';

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === hashBytes;
}

/** RFC 9162 §2.1.3.2. Throws where the leaf is not the one at this index of the tree with this root. */
export function verifyInclusion(hasher: TreeHasher, { index, size, leafHash, proof, root }: Inclusion): void {
  if (index >= size)
    throw new LedgerFault('index-wrong', `A tree of ${size} leaves has no leaf ${index}.`, index);
  const wrong = (why: string) =>
    new LedgerFault('proof-wrong', `The inclusion proof of leaf ${index} in ${size} ${why}.`, index);
  if (![leafHash, root, ...proof].every(isHash)) throw wrong('holds what is no hash');
  let fn = index;
  let sn = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (sn === 0) throw wrong('is too long');
    if (fn % 2 === 1 || fn === sn) {
      hash = hasher.node(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else hash = hasher.node(hash, sibling);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  if (sn !== 0) throw wrong('is too short');
  if (!isSame(hash, root)) throw wrong('does not lead to the root');
}

export interface Consistency {
  readonly first: number;
  readonly second: number;
  readonly firstRoot: Uint8Array;
  readonly secondRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * RFC 9162 §2.1.4.2. Throws where the second tree does not begin with the first. From no leaves nothing can be proven:
 * every tree begins with the empty one, and no proof says so.
 */
export function verifyConsistency(hasher: TreeHasher, consistency: Consistency): void {
  const { first, second, firstRoot, secondRoot, proof } = consistency;
  const wrong = (why: string) =>
    new LedgerFault('consistency-wrong', `The consistency proof from ${first} to ${second} leaves ${why}.`);
  if (![firstRoot, secondRoot, ...proof].every(isHash)) throw wrong('holds what is no hash');
  if (first < 1 || first > second) throw wrong('proves nothing');
  if (first === second) {
    if (proof.length > 0) throw wrong('is too long');
    if (!isSame(firstRoot, secondRoot)) throw wrong('has two roots for one size');
    return;
  }
  let [fn, sn] = [first - 1, second - 1];
  while (fn % 2 === 1) [fn, sn] = [(fn - 1) / 2, Math.floor(sn / 2)];
  const path = fn === 0 ? [firstRoot, ...proof] : proof;
  const [start, ...rest] = path;
  if (start === undefined || proof.length === 0) throw wrong('is too short');
  let [firstHash, secondHash] = [start, start];
  for (const hash of rest) {
    if (sn === 0) throw wrong('is too long');
    if (fn % 2 === 1 || fn === sn) {
      firstHash = hasher.node(hash, firstHash);
      secondHash = hasher.node(hash, secondHash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else secondHash = hasher.node(secondHash, hash);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  if (sn !== 0) throw wrong('is too short');
  if (!isSame(firstHash, firstRoot)) throw wrong('does not lead to the first root');
  if (!isSame(secondHash, secondRoot)) throw wrong('does not lead to the second root');
}
