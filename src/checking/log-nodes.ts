import {
  at,
  hashBytes,
  isSame,
  LedgerFault,
  nodeCrypto,
  nodesOf,
  nodesOfTiles,
  parseEntries,
  parseLeaf,
  rangeHash,
  tileFor,
  tilePath,
  tileWidth,
  TreeHasher,
} from '#libs/ledger';
import type { FileReader, Leaf, Nodes, Range, Tile } from '#libs/ledger';

export const hasher = new TreeHasher(nodeCrypto);

/** The nodes of which the ranges of a tree consist, from its tiles, of which each is read once. */
export async function nodesFor(files: FileReader, size: number, ranges: readonly Range[]): Promise<Nodes> {
  const tiles = new Map<string, Uint8Array>();
  for (const place of ranges.flatMap(nodesOf)) {
    const path = tilePath(tileFor(place, size));
    if (tiles.has(path)) continue;
    const bytes = await files.read(path);
    if (bytes === undefined) throw new LedgerFault('file-missing', `${path} is missing.`);
    tiles.set(path, bytes);
  }
  return nodesOfTiles(hasher, size, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array());
}

/** The root of the first leaves of a tree that may have more. */
export function rootOf(nodes: Nodes, first: number): Uint8Array {
  return first === 0 ? hasher.emptyRoot() : rangeHash(hasher, nodes, { start: 0, end: first });
}

/** Throws where they are not those of the hashes, with the index of the first. */
export function checkedLeaves(bytes: Uint8Array, tile: Tile, hashes: Uint8Array): readonly Leaf[] {
  return parseEntries(bytes, tile).map((entry, index) =>
    at(tile.index * tileWidth + index, () => {
      if (!isSame(hasher.leaf(entry), hashes.subarray(index * hashBytes, (index + 1) * hashBytes)))
        throw new LedgerFault('leaf-wrong', 'The leaf is not the one that was logged.');
      return parseLeaf(entry);
    }),
  );
}
