import { isSame } from './bytes.js';
import type { Checkpoint } from './checkpoint.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';
import { at, LedgerFault } from './faults.js';
import { checkListed, paths, readFile, readIfThere } from './files.js';
import type { FileReader } from './files.js';
import { LogCheck } from './log-check.js';
import type { LogSummary } from './log-check.js';
import { TreeHasher } from './merkle.js';
import { parseNote } from './note.js';
import type { PartyKeys } from './party-keys.js';
import { parsePayloads } from './payload.js';
import { checkPolicy } from './policy.js';
import type { Policy, Trusted } from './policy.js';
import { parseEntries, tileBytes, tilePath, tilesAt, tilesBetween, tileWidth } from './tiles.js';
import type { Tile } from './tiles.js';
import { Tree } from './tree.js';
import type { WitnessedTime } from './witnessed-times.js';

/** Whom the verifier trusts, from outside of what it verifies. */
export interface Trust {
  readonly policy: Policy;
  readonly partyKeys?: PartyKeys;
}

export interface MirrorOptions extends Trust {
  /** The sizes of which earlier checkpoints are there. */
  readonly earlier?: readonly number[];
  /** Told after each bundle of entries how many leaves are verified. */
  readonly onProgress?: (leaves: number, size: number) => void;
}

export interface MirrorSummary extends LogSummary {
  readonly trusted: Trusted;
}

/** The times that a checkpoint was cosigned at, and by whom. */
function witnessedTimes(
  { checkpoint, log, witnesses }: Trusted,
  late: ReadonlySet<string>,
): readonly WitnessedTime[] {
  const { size } = checkpoint;
  const ofLog = log.map(({ key, time }) => ({ by: key.name, time, isLate: false }));
  const ofWitnesses = witnesses.map(({ name, verified: { time } }) => ({
    by: `witness ${name}`,
    time,
    isLate: late.has(name),
  }));
  return [...ofLog, ...ofWitnesses].flatMap(({ by, time, isLate }) =>
    time ? [{ size, by, time, isLate }] : [],
  );
}

/** The checkpoint of a file: the newest has to satisfy the policy whole, an earlier one has to be the log's. */
export async function readCheckpoint(
  crypto: Crypto,
  files: FileReader,
  path: string,
  policy: Policy,
): Promise<Trusted> {
  return checkPolicy(crypto, parseNote(await readFile(files, path)), policy);
}

/** Throws where the tree is not the one that was signed. */
export function checkRoot({ origin, size, root }: Checkpoint, tree: Pick<Tree, 'root'>): void {
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
  await checkListed(files);
  const { policy, partyKeys, earlier = [], onProgress } = options;
  const trusted = await readCheckpoint(crypto, files, paths.checkpoint, policy);
  const { origin, size } = trusted.checkpoint;
  const before = await Promise.all(
    earlier.map((one) => readCheckpoint(crypto, files, paths.earlier(one), { ...policy, quorum: 'none' })),
  );
  for (const { checkpoint } of before) checkOlder(checkpoint, trusted.checkpoint);
  const late = partyKeys?.late ?? new Set();
  const times = [trusted, ...before].flatMap((one) => witnessedTimes(one, late));
  const heads = [...before, trusted].map(({ checkpoint }) => checkpoint);
  const signed = await signedTree(crypto, files, trusted.checkpoint);
  if (signed !== undefined) for (const head of heads) checkRoot(head, signed);
  const check = new LogCheck(crypto, {
    origin,
    times,
    ...(partyKeys === undefined ? {} : { partyKeys }),
    ...(signed === undefined ? {} : { signed }),
  });
  for (const tile of tilesAt('entries', 0, size)) {
    await addEntries(check, files, tile);
    onProgress?.(check.size, size);
  }
  for (const head of heads) checkRoot(head, check.tree);
  for (const tile of tilesBetween(0, size).filter(({ level }) => level !== 'entries'))
    await checkTile(files, tile, check.tree);
  return { ...check.finish(), trusted };
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

function checkOlder(older: Checkpoint, newest: Checkpoint): void {
  if (older.origin !== newest.origin)
    throw new LedgerFault(
      'origin-wrong',
      `A checkpoint is of the log ${older.origin} and not of ${newest.origin}.`,
    );
  if (older.size > newest.size)
    throw new LedgerFault(
      'size-wrong',
      `A checkpoint of ${older.size} leaves is said to be earlier than one of ${newest.size}.`,
    );
}

async function addEntries(check: LogCheck, files: FileReader, tile: Tile): Promise<void> {
  const first = tile.index * tileWidth;
  const entries = parseEntries(await readAt(first, files, tilePath(tile)), tile);
  const bytes = await readIfThere(files, paths.payloads(tile));
  const payloads = bytes === undefined ? undefined : parsePayloads(bytes, first, tile.width);
  entries.forEach((entry, index) => check.add(entry, payloads?.[index]));
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
