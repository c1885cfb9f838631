import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base64, hex, isSame, joined, utf8 } from './bytes.js';
import { LedgerFault } from './faults.js';
import { Frontier, TreeHasher } from './merkle.js';
import { nodeCrypto } from './node.js';
import { verifyConsistency, verifyInclusion } from './proof-check.js';
import { consistencyProof, consistencyRanges, inclusionProof, inclusionRanges, nodesOf } from './proofs.js';
import {
  formatEntries,
  nodesOfTiles,
  parseEntries,
  parseTilePath,
  tileBytes,
  tilePath,
  tilesBetween,
} from './tiles.js';
import type { Tile } from './tiles.js';
import { Tree } from './tree.js';

const hasher = new TreeHasher(nodeCrypto);
const entry = (index: number) => utf8(`entry ${index}`);
const entries = (size: number) => Array.from({ length: size }, (_, index) => entry(index));

/** RFC 9162 §2.1.1 word by word. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return hasher.emptyRoot();
  if (leaves.length === 1) return hasher.leaf(only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hasher.node(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

function treeOf(leaves: readonly Uint8Array[]): Tree {
  const tree = new Tree(hasher);
  for (const leaf of leaves) tree.appendEntry(leaf);
  return tree;
}

function isTaken(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    return false;
  }
}

const sizeMax = 70;
const sizes = Array.from({ length: sizeMax + 1 }, (_, size) => size);
const all = entries(sizeMax);
const tree = treeOf(all);
const roots = sizes.map((size) => naiveRoot(all.slice(0, size)));
const root = (size: number) => roots[size] as Uint8Array;

describe('a tree', () => {
  it('has at every size the root of a naive one', () => {
    expect(sizes.map((size) => hex(tree.root(size)))).toEqual(roots.map(hex));
    const frontier = new Frontier(hasher);
    expect(hex(frontier.root())).toBe(hex(root(0)));
    for (const size of sizes.slice(1)) {
      frontier.append(hasher.leaf(entry(size - 1)));
      expect(hex(frontier.root())).toBe(hex(root(size)));
    }
  });

  it('goes on from what was kept of it', () => {
    for (const size of sizes) {
      const before = new Frontier(hasher);
      for (const one of all.slice(0, size)) before.appendEntry(one);
      const after = Frontier.from(hasher, size, before.edge());
      expect(hex(after.root())).toBe(hex(root(size)));
      for (const one of all.slice(size)) after.appendEntry(one);
      expect(hex(after.root())).toBe(hex(root(sizeMax)));
    }
    expect(() => Frontier.from(hasher, 3, [root(2)])).toThrow(RangeError);
    expect(() => Frontier.from(hasher, 2, [root(2), root(1)])).toThrow(RangeError);
  });

  it('has no node of which not all leaves are there, and no root beyond its size', () => {
    expect(() => tree.node(3, 8)).toThrow(RangeError);
    expect(() => tree.node(7, 0)).toThrow(RangeError);
    expect(() => tree.root(sizeMax + 1)).toThrow(RangeError);
  });

  it('takes no entry whose length two bytes can not count', () => {
    expect(() => hasher.leaf(new Uint8Array(65_536))).toThrow(
      'A leaf has 65536 bytes, and 65535 at the most.',
    );
    expect(hasher.leaf(new Uint8Array(65_535))).toHaveLength(32);
  });
});

describe('inclusion proofs', () => {
  it('lead at every size from every leaf to the root, and from no other index, size, leaf or root', () => {
    for (const size of sizes.slice(1)) {
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(hasher, tree.node, index, size);
        const good = { index, size, proof, leafHash: hasher.leaf(entry(index)), root: root(size) };
        verifyInclusion(hasher, good);
        const bad = [
          { ...good, index: index + 1 },
          { ...good, leafHash: hasher.leaf(entry(index + 1)) },
          { ...good, root: root(size - 1) },
          { ...good, proof: [...proof, root(1)] },
          ...(proof.length === 0
            ? []
            : [
                { ...good, proof: proof.slice(1) },
                { ...good, proof: proof.slice(0, -1) },
              ]),
        ];
        expect(bad.filter((one) => isTaken(() => verifyInclusion(hasher, one)))).toEqual([]);
      }
    }
  });

  it('take no inner node for a leaf', () => {
    const inner = tree.node(1, 0);
    const proof = inclusionProof(hasher, tree.node, 0, 8).slice(1);
    expect(() =>
      verifyInclusion(hasher, { index: 0, size: 8, proof, leafHash: inner, root: root(8) }),
    ).toThrow('The inclusion proof of leaf 0 in 8 is too short.');
    verifyInclusion(hasher, { index: 0, size: 4, proof, leafHash: inner, root: root(8) });
    const asEntry = joined(tree.node(0, 0), tree.node(0, 1));
    expect(isSame(hasher.leaf(asEntry), inner)).toBe(false);
  });
});

describe('consistency proofs', () => {
  it('show between all sizes that one tree begins with the other, and show nothing of another tree', () => {
    for (const second of sizes.slice(1)) {
      for (let first = 1; first <= second; first++) {
        const proof = consistencyProof(hasher, tree.node, first, second);
        const good = { first, second, proof, firstRoot: root(first), secondRoot: root(second) };
        verifyConsistency(hasher, good);
        const bad = [
          { ...good, firstRoot: root(first - 1) },
          { ...good, secondRoot: root(second - 1) },
          { ...good, proof: [...proof, root(1)] },
          ...(proof.length === 0
            ? []
            : [
                { ...good, proof: proof.slice(1) },
                { ...good, proof: proof.slice(0, -1) },
              ]),
          ...(first === second ? [] : [{ ...good, firstRoot: root(second), secondRoot: root(first) }]),
        ];
        expect(bad.filter((one) => isTaken(() => verifyConsistency(hasher, one)))).toEqual([]);
      }
    }
  });

  it('make chains: what begins with what begins with a tree begins with it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: sizeMax }), { minLength: 2, maxLength: 6 }),
        (some) => {
          const chain = some.toSorted((one, other) => one - other);
          chain.slice(1).forEach((second, place) => {
            const first = chain[place] as number;
            const proof = consistencyProof(hasher, tree.node, first, second);
            verifyConsistency(hasher, {
              first,
              second,
              proof,
              firstRoot: root(first),
              secondRoot: root(second),
            });
          });
        },
      ),
    );
  });

  it('from nothing prove nothing', () => {
    const nothing = { first: 0, second: 8, proof: [], firstRoot: root(0), secondRoot: root(8) };
    expect(() => verifyConsistency(hasher, nothing)).toThrow('from 0 to 8 leaves proves nothing');
    expect(() => consistencyRanges(0, 8)).toThrow(RangeError);
  });
});

describe('sizes beyond 32 bits', () => {
  const greatest = Number.MAX_SAFE_INTEGER;

  it('have proofs of as many hashes as the tree has levels, whose subtrees lie beside each other', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (one, other) => {
        const [index, size] = [Math.min(one, other), Math.max(one, other, 1)];
        const ranges = inclusionRanges(Math.min(index, size - 1), size);
        expect(ranges.length).toBeLessThanOrEqual(53);
        const covered = ranges.reduce((sum, { start, end }) => sum + (end - start), 1);
        expect(covered).toBe(size);
        for (const range of ranges) {
          const nodes = nodesOf(range);
          expect(nodes.reduce((sum, { level }) => sum + 2 ** level, 0)).toBe(range.end - range.start);
          expect(nodes[0]).toMatchObject({ index: range.start / 2 ** (nodes[0]?.level ?? 0) });
        }
      }),
    );
  });

  it('are verified: every leaf of a tree of 2^53 - 1 equal leaves', () => {
    // The hash of a complete subtree of equal leaves depends on its level alone.
    const same = [hasher.leaf(utf8('same'))];
    for (let level = 1; level <= 53; level++) same.push(hasher.node(same[level - 1]!, same[level - 1]!));
    const nodes = (level: number) => same[level] as Uint8Array;
    const hashOf = (size: number) =>
      nodesOf({ start: 0, end: size })
        .map(({ level }) => nodes(level))
        .reduceRight((right, left) => hasher.node(left, right));
    for (const index of [0, 1, 2 ** 31, 2 ** 32 + 1, 2 ** 52 - 1, greatest - 1]) {
      const proof = inclusionProof(hasher, nodes, index, greatest);
      verifyInclusion(hasher, { index, size: greatest, proof, leafHash: nodes(0), root: hashOf(greatest) });
    }
    for (const first of [1, 2 ** 31, 2 ** 32 + 1, 2 ** 52, greatest - 1]) {
      const proof = consistencyProof(hasher, nodes, first, greatest);
      const firstRoot = hashOf(first);
      verifyConsistency(hasher, { first, second: greatest, proof, firstRoot, secondRoot: hashOf(greatest) });
    }
  });
});

describe('tiles', () => {
  it.each([1, 2, 255, 256, 257, 511, 512, 700])(
    'of a tree of %i leaves rebuild its root and all of its proofs',
    (size) => {
      const grown = treeOf(entries(size));
      const stored = new Map(
        tilesBetween(0, size)
          .filter(({ level }) => level !== 'entries')
          .map((tile) => [tilePath(tile), tileBytes(grown.node, tile)]),
      );
      const read = (tile: Tile) => stored.get(tilePath(tile)) as Uint8Array;
      const nodes = nodesOfTiles(hasher, size, read);
      for (const index of new Set([0, 1, size >> 1, size - 1].filter((one) => one < size))) {
        const proof = inclusionProof(hasher, nodes, index, size);
        expect(proof.map(base64)).toEqual(inclusionProof(hasher, grown.node, index, size).map(base64));
        const consistency = consistencyProof(hasher, nodes, index + 1, size);
        expect(consistency.map(base64)).toEqual(
          consistencyProof(hasher, grown.node, index + 1, size).map(base64),
        );
      }
    },
  );

  it('are those of the specification’s example of 70,000 leaves', () => {
    const tiles = [...tilesBetween(0, 70_000)].filter(({ level }) => level !== 'entries');
    const at = (level: number) => tiles.filter((tile) => tile.level === level);
    expect(at(0)).toHaveLength(274);
    expect(at(0).at(-1)).toEqual({ level: 0, index: 273, width: 112 });
    expect(at(1)).toEqual([
      { level: 1, index: 0, width: 256 },
      { level: 1, index: 1, width: 17 },
    ]);
    expect(at(2)).toEqual([{ level: 2, index: 0, width: 1 }]);
    expect([...tilesBetween(0, 256)].map(tilePath)).toEqual([
      'tile/entries/000',
      'tile/0/000',
      'tile/1/000.p/1',
    ]);
  });

  it('are written once for each checkpoint, whatever the steps', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), (one, other) => {
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        const stepwise = new Set([...tilesBetween(0, first), ...tilesBetween(first, second)].map(tilePath));
        expect([...tilesBetween(0, second)].map(tilePath).filter((path) => !stepwise.has(path))).toEqual([]);
      }),
    );
  });

  it('have the paths of the specification, and no others are taken', () => {
    expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 63 }),
        fc.maxSafeNat(),
        fc.integer({ min: 1, max: 256 }),
        (level, index, width) => {
          expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width });
        },
      ),
    );
  });

  it.each([
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'tile/0/x000/000',
    'tile/0/1000',
    'tile/0/x1/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/-1/000',
    'tile/0/../000',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/000\n',
    'tile/data/000',
    'tile/0/x009/x007/x199/x254/x740/992',
  ])('%j is the path of no tile', (path) => {
    expect(() => parseTilePath(path)).toThrow('is the path of no tile');
  });

  it('of another length than they say are refused', () => {
    const nodes = nodesOfTiles(hasher, 3, () => new Uint8Array(64));
    expect(() => nodes(0, 0)).toThrow('tile/0/000.p/3 has 64 bytes and not 96.');
  });

  it('of entries give back what they hold, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 20 }), (some) => {
        const tile = { level: 'entries', index: 2, width: some.length } as const;
        const bytes = formatEntries(some);
        expect(parseEntries(bytes, tile)).toEqual(some);
        expect(() => parseEntries(joined(bytes, Uint8Array.of(0)), tile)).toThrow(
          'goes on after the last one',
        );
        expect(() => parseEntries(bytes.subarray(0, -1), tile)).toThrow('ends too early');
      }),
    );
  });
});
