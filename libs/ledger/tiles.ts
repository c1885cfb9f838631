import { joined } from './bytes.js';
import { hashBytes } from './crypto.js';
import { LedgerFault } from './faults.js';
import { entryMax } from './merkle.js';
import type { TreeHasher } from './merkle.js';
import type { NodePlace, Nodes } from './proofs.js';

export const tileWidth = 256;
const tileHeight = 8;

/** A tile of hashes, or of entries, as c2sp.org/tlog-tiles has them. */
export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  /** How many hashes or entries; partial below 256. */
  readonly width: number;
}

/** `tile/<L>/<N>[.p/<W>]`, beneath the address of the log. */
export function tilePath({ level, index, width }: Tile): string {
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  return `tile/${level}/${groups.join('/')}${width === tileWidth ? '' : `.p/${width}`}`;
}

const pathForm = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/;

/** Takes a path in the one form that `tilePath` gives and no other. */
export function parseTilePath(path: string): Tile {
  const [, level = '', groups = '', width] = pathForm.exec(path) ?? [];
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index,
    width: width === undefined ? tileWidth : Number(width),
  };
  const isTile =
    tile.width >= 1 && (tile.level === 'entries' || tile.level <= 63) && Number.isSafeInteger(index);
  if (level === '' || !isTile || tilePath(tile) !== path)
    throw new LedgerFault('path-refused', `“${path}” is the path of no tile.`);
  return tile;
}

/** How many hashes a level of tiles has in a tree of this size. */
function hashesAt(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

function tileOf(level: number | 'entries', index: number, size: number): Tile {
  const count = hashesAt(level === 'entries' ? 0 : level, size);
  return { level, index, width: Math.min(tileWidth, count - index * tileWidth) };
}

/**
 * The tiles of hashes and entries that a tree of the second size needs beyond those of one of the first: what a log writes
 * before it publishes a checkpoint. From 0 on, all of a tree. One after the other, for a checkpoint may
 * say any size.
 */
export function* tilesBetween(first: number, second: number): Generator<Tile, undefined> {
  yield* tilesAt('entries', first, second);
  for (let level = 0; hashesAt(level, second) > 0; level++) yield* tilesAt(level, first, second);
}

/** Those of one level alone. */
export function* tilesAt(level: number | 'entries', first: number, second: number): Generator<Tile> {
  const [before, after] = [first, second].map((size) => hashesAt(level === 'entries' ? 0 : level, size));
  if (before === undefined || after === undefined || before === after) return;
  for (let index = Math.floor(before / tileWidth); index * tileWidth < after; index++)
    yield tileOf(level, index, second);
}

/** The bytes of a tile of hashes. */
export function tileBytes(nodes: Nodes, tile: Tile): Uint8Array {
  const { level, index, width } = tile;
  if (level === 'entries') throw new RangeError('Entries are no hashes.');
  const hashes = Array.from({ length: width }, (_, at) => nodes(level * tileHeight, index * tileWidth + at));
  return joined(...hashes);
}

/** The tile from which a node of a tree can be computed. */
export function tileFor({ level, index }: NodePlace, size: number): Tile {
  const tileLevel = Math.floor(level / tileHeight);
  const within = 2 ** (level % tileHeight);
  return tileOf(tileLevel, Math.floor((index * within) / tileWidth), size);
}

/** The nodes of a tree of this size by its tiles, each of which is asked for once. */
export function nodesOfTiles(hasher: TreeHasher, size: number, read: (tile: Tile) => Uint8Array): Nodes {
  const kept = new Map<string, Uint8Array>();
  return (level, index) => {
    const tile = tileFor({ level, index }, size);
    const path = tilePath(tile);
    const bytes = kept.get(path) ?? read(tile);
    kept.set(path, bytes);
    if (bytes.length !== tile.width * hashBytes)
      throw new LedgerFault(
        'tile-wrong',
        `${path} has ${bytes.length} bytes and not ${tile.width * hashBytes}.`,
      );
    const count = 2 ** (level % tileHeight);
    const first = index * count - tile.index * tileWidth;
    let hashes = Array.from({ length: count }, (_, at) =>
      bytes.subarray((first + at) * hashBytes, (first + at + 1) * hashBytes),
    );
    while (hashes.length > 1) hashes = pairsOf(hasher, hashes);
    return hashes[0] as Uint8Array;
  };
}

function pairsOf(hasher: TreeHasher, hashes: readonly Uint8Array[]): Uint8Array[] {
  return Array.from({ length: hashes.length / 2 }, (_, pair) =>
    hasher.node(hashes[2 * pair] as Uint8Array, hashes[2 * pair + 1] as Uint8Array),
  );
}

/** An entry bundle: each entry after its length in two bytes, the greater first. */
export function formatEntries(entries: readonly Uint8Array[]): Uint8Array {
  return joined(
    ...entries.flatMap((entry) => {
      if (entry.length > entryMax)
        throw new LedgerFault('too-large', `A leaf has ${entry.length} bytes, and ${entryMax} at the most.`);
      return [Uint8Array.of(Math.floor(entry.length / 256), entry.length % 256), entry];
    }),
  );
}

/** Exactly as many entries as are said to be there, and nothing after them. */
export function parseEntries(bytes: Uint8Array, { index, width }: Tile): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  let place = 0;
  for (let count = 0; count < width; count++) {
    const length = (bytes[place] ?? 0) * 256 + (bytes[place + 1] ?? 0);
    const end = place + 2 + length;
    if (end > bytes.length)
      throw new LedgerFault('tile-wrong', 'A bundle of entries ends too early.', index * tileWidth + count);
    entries.push(bytes.subarray(place + 2, end));
    place = end;
  }
  if (place !== bytes.length)
    throw new LedgerFault(
      'tile-wrong',
      'A bundle of entries goes on after the last one.',
      index * tileWidth + width - 1,
    );
  return entries;
}
