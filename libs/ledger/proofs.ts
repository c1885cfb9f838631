import type { TreeHasher } from './merkle.js';

/** The hash of the complete subtree over the leaves from `index * 2^level` on. */
export type Nodes = (level: number, index: number) => Uint8Array;

/** Leaves from `start` up to and without `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface NodePlace {
  readonly level: number;
  readonly index: number;
}

/** Where RFC 9162 §2.1.1 parts so many leaves, two or more; by multiplication, for shifts end at 32 bits. */
export function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** The complete subtrees that a subtree of RFC 9162 is made of, from left to right. */
export function nodesOf({ start, end }: Range): readonly NodePlace[] {
  const nodes: NodePlace[] = [];
  for (let from = start; from < end;) {
    let level = 0;
    let width = 1;
    while (from + width * 2 <= end) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: from / width });
    from += width;
  }
  return nodes;
}

export function rangeHash(hasher: TreeHasher, nodes: Nodes, range: Range): Uint8Array {
  return nodesOf(range)
    .map(({ level, index }) => nodes(level, index))
    .reduceRight((right, left) => hasher.node(left, right))
    .slice();
}

/** The subtrees of an inclusion proof, from the leaf's sibling up (RFC 9162 §2.1.3.1). */
export function inclusionRanges(index: number, size: number): readonly Range[] {
  if (index >= size) throw new RangeError(`A tree of ${size} leaves has no leaf ${index}.`);
  const ranges: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** The subtrees of a consistency proof (RFC 9162 §2.1.4.1). */
export function consistencyRanges(first: number, second: number): readonly Range[] {
  if (first < 1 || first > second) throw new RangeError(`Nothing proves ${second} leaves from ${first}.`);
  if (first === second) return [];
  const ranges: Range[] = [];
  let start = 0;
  let end = second;
  let isWholeLeft = true;
  while (first !== end) {
    const middle = start + splitOf(end - start);
    if (first <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
      isWholeLeft = false;
    }
  }
  if (!isWholeLeft) ranges.push({ start, end });
  return ranges.reverse();
}

export function inclusionProof(hasher: TreeHasher, nodes: Nodes, index: number, size: number) {
  return inclusionRanges(index, size).map((range) => rangeHash(hasher, nodes, range));
}

export function consistencyProof(hasher: TreeHasher, nodes: Nodes, first: number, second: number) {
  return consistencyRanges(first, second).map((range) => rangeHash(hasher, nodes, range));
}
