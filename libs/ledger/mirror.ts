import { isSame } from './bytes.js';
import type { Checkpoint } from './checkpoint.js';
import { readCheckpoints } from './checkpoints.js';
import type { Trust } from './checkpoints.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';
import { at, LedgerFault } from './faults.js';
import { paths, readFile, readIfThere } from './files.js';
import type { FileReader } from './files.js';
import { LogCheck } from './log-check.js';
import type { LogSummary } from './log-check.js';
import { TreeHasher } from './merkle.js';
import type { Leaf } from './leaf.js';
import { parsePayloads } from './payload.js';
import type { Payload } from './payload.js';
import type { Trusted } from './policy.js';
import { parseEntries, tileBytes, tilePath, tilesAt, tilesBetween, tileWidth } from './tiles.js';
import type { Tile } from './tiles.js';
import { Tree } from './tree.js';

export interface MirrorOptions extends Trust {
  /** Told after each bundle of entries how many leaves are verified. */
  readonly onProgress?: (leaves: number, size: number) => void;
  /** Told each entry once it is held against its hashes; that the log signed it is known only at the end. */
  readonly onEntry?: (leaf: Leaf, payload: Payload | undefined) => void;
}

export interface MirrorSummary extends LogSummary {
  readonly trusted: Trusted;
}

/** Throws where the tree is not the one that was signed. */
function checkRoot({ origin, size, root }: Checkpoint, tree: Pick<Tree, 'root'>): void {
  if (!isSame(tree.root(size), root))
    throw new LedgerFault(
      'root-wrong',
      `The first ${size} leaves are not those that the checkpoint of ${origin} signs.`,
    );
}

/**
 * Verifies a whole log from the files of a mirror: every leaf, its place and chain, the payloads as far as they are there,
 * all signatures, every tile, and every checkpoint against the leaves. Throws the first thing that is wrong.
 */
export async function verifyMirror(
  crypto: Crypto,
  files: FileReader,
  options: MirrorOptions,
): Promise<MirrorSummary> {
  const { partyKeys, onEntry, onProgress } = options;
  const { trusted, before, times } = await readCheckpoints(crypto, files, options);
  const { origin, size } = trusted.checkpoint;
  const signedHeads = [...before, trusted];
  const heads = signedHeads.map(({ checkpoint }) => checkpoint);
  const signed = await signedTree(crypto, files, trusted.checkpoint);
  if (signed !== undefined) for (const head of heads) checkRoot(head, signed);
  const check = new LogCheck(crypto, {
    origin,
    times,
    ...(partyKeys === undefined ? {} : { partyKeys }),
    ...(signed === undefined ? {} : { signed }),
  });
  for (const tile of tilesAt('entries', 0, size)) {
    await addEntries(check, files, tile, onEntry);
    onProgress?.(check.size, size);
  }
  for (const head of heads) checkRoot(head, check.tree);
  for (const tile of tilesBetween(0, size))
    // Of those of the lowest level the signed tree was made.
    if (tile.level !== 'entries' && (tile.level > 0 || signed === undefined))
      await checkTile(files, tile, check.tree);
  return { ...check.finish(signedHeads), trusted };
}

/** The tree by its hashes alone, if it is the one that was signed; if not, the leaves tell what is wrong. */
async function signedTree(
  crypto: Crypto,
  files: FileReader,
  { size, root }: Checkpoint,
): Promise<Tree | undefined> {
  const tree = new Tree(new TreeHasher(crypto));
  for (const tile of tilesAt(0, 0, size)) {
    const bytes = await readIfThere(files, tilePath(tile));
    if (bytes?.length !== tile.width * hashBytes) return undefined;
    for (let place = 0; place < bytes.length; place += hashBytes)
      tree.append(bytes.subarray(place, place + hashBytes));
  }
  return isSame(tree.root(), root) ? tree : undefined;
}

async function addEntries(
  check: LogCheck,
  files: FileReader,
  tile: Tile,
  onEntry?: MirrorOptions['onEntry'],
): Promise<void> {
  const first = tile.index * tileWidth;
  const entries = parseEntries(await readAt(first, files, tilePath(tile)), tile);
  const bytes = await readIfThere(files, paths.payloads(tile));
  const payloads = bytes === undefined ? undefined : parsePayloads(bytes, first, tile.width);
  entries.forEach((entry, index) => {
    const leaf = check.add(entry, payloads?.[index]);
    onEntry?.(leaf, payloads?.[index]);
  });
}

/** What is missing is named by the first leaf that it would hold. */
async function readAt(first: number, files: FileReader, path: string): Promise<Uint8Array> {
  try {
    return await readFile(files, path);
  } catch (error) {
    return at(first, () => {
      throw error;
    });
  }
}

async function checkTile(files: FileReader, tile: Tile, tree: Tree): Promise<void> {
  const path = tilePath(tile);
  if (!isSame(await readFile(files, path), tileBytes(tree.node, tile)))
    throw new LedgerFault('tile-wrong', `${path} does not hold the hashes of the leaves.`);
}
