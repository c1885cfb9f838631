import { mkdir } from 'node:fs/promises';
import {
  fileBytesMax,
  isEarlierName,
  LedgerFault,
  parseCheckpoint,
  parseNote,
  parseTilePath,
  paths,
  tilePath,
  tilesBetween,
  tileWidth,
} from '#libs/ledger';
import type { FileReader, Policy, Trusted } from '#libs/ledger';
import { CannotCheck, fileFault } from './cannot-check.js';
import { compared } from './comparing.js';
import { entries } from './counted.js';
import { keepEvidence } from './evidence.js';
import type { Folder } from './folder.js';
import { isCountersigned, withKept } from './kept-signatures.js';
import { MirroredEntries } from './mirrored-entries.js';
import { MirroredHashes } from './mirrored-hashes.js';
import { checkpointOf } from './statements.js';
import type { Statement } from './statements.js';

export interface MirrorOptions {
  readonly policy: Policy;
  /** Of the log, for words. */
  readonly where: string;
  /** Where the evidence of a split view is kept; not in the mirror. */
  readonly evidence: string;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface Mirrored {
  readonly origin: string;
  readonly before: number;
  readonly size: number;
  /** The checkpoint up to which it holds the log by now. */
  readonly trusted: Trusted;
  /** Entries of which the server did not hand on all, though no event says that it was erased. */
  readonly withheld: number;
  /** The first of them. */
  readonly firstWithheld?: number;
}

/** The log has signed two histories; the evidence lies in a folder of its own. */
export class SplitView extends Error {
  override readonly name = 'SplitView';
}

/** The log goes on under another name, without all that it had signed. */
export class BegunAnew extends Error {
  override readonly name = 'BegunAnew';
}

interface Head {
  readonly signed: Uint8Array;
  readonly trusted: Trusted;
}

/** How many earlier checkpoints are kept; beyond that every second one goes. */
const earlierMax = 1_000;

/**
 * Brings a mirror up to the newest checkpoint of a log. Files are whole or not there, and the checkpoint comes last: whenever
 * the process is ended, what the checkpoint in the folder covers is there, and the next run takes what lies beyond it.
 * Memory: one bundle of entries, and one hash for each level of the tree.
 */
export async function mirror(log: FileReader, folder: Folder, options: MirrorOptions): Promise<Mirrored> {
  await prepare(folder);
  const held = await headIn(folder, options.policy, folder.path);
  refuseBegunAnew(await log.read(paths.checkpoint), held, folder, options);
  const shown = await headIn(log, options.policy, options.where);
  if (shown === undefined) throw new CannotCheck(`There is no checkpoint at ${options.where}.`);
  if (held !== undefined) await checkContinues(held, shown, log, folder, options);
  const before = held?.trusted.checkpoint.size ?? 0;
  const { origin, size, root } = shown.trusted.checkpoint;
  const hashes = new MirroredHashes(log, folder, before);
  await hashes.extend(size, root);
  const taken = new MirroredEntries(log, folder, hashes.levelZero);
  await taken.extend(before, size, options.onProgress);
  if (held !== undefined && before < size && before > 0 && isWorthKeeping(held))
    await folder.write(paths.earlier(before), held.signed);
  const kept = held === undefined ? shown.signed : withKept(shown.signed, held.signed, options.policy);
  await folder.write(paths.checkpoint, kept);
  await tidy(folder, size);
  const { withheld, firstWithheld } = taken;
  return {
    ...{ origin, before, size, withheld, trusted: shown.trusted },
    ...(firstWithheld === undefined ? {} : { firstWithheld }),
  };
}

/** Whoever said when it stood, the log itself included, bounds when what follows can have been recorded. */
function isWorthKeeping({ signed, trusted: { checkpoint, log } }: Head): boolean {
  return log.some(({ time }) => time !== undefined) || isCountersigned(signed, checkpoint.origin);
}

async function prepare(folder: Folder): Promise<void> {
  try {
    await mkdir(folder.path, { recursive: true });
  } catch (error) {
    throw fileFault(folder.path, error);
  }
  await folder.removeDrafts();
  try {
    for await (const { path } of folder.list()) fileBytesMax(path);
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    // A file manager leaves files of its own behind, and nobody shall begin anew for that.
    const isMirror = (await folder.read(paths.checkpoint)) !== undefined;
    const mend = isMirror ? 'take that out of it' : 'name an empty folder, or one of a mirror';
    throw new CannotCheck(`${folder.path} holds something else than a mirror (${error.message}): ${mend}.`);
  }
}

async function headIn(files: FileReader, policy: Policy, where: string): Promise<Head | undefined> {
  const signed = await files.read(paths.checkpoint);
  if (signed === undefined) return undefined;
  try {
    return { signed, trusted: checkpointOf(signed, policy) };
  } catch (error) {
    throw error instanceof LedgerFault
      ? new CannotCheck(`The checkpoint of ${where} is not taken: ${error.message}`)
      : error;
  }
}

/** A log under another name than it had before is no continuation of that one, and says so itself. */
function refuseBegunAnew(
  shown: Uint8Array | undefined,
  held: Head | undefined,
  folder: Folder,
  { policy, where }: MirrorOptions,
): void {
  const origin = shown === undefined ? undefined : originIn(shown);
  if (origin === undefined) return;
  const isKnown = policy.logs.some(({ key }) => key.name === origin);
  const before = held?.trusted.checkpoint;
  const names =
    before === undefined ? (isKnown ? [] : policy.logs.map(({ key }) => key.name)) : [before.origin];
  const older = names.find((name) => isEarlierName(name, origin));
  if (older === undefined) return;
  const keeps =
    before === undefined
      ? ''
      : ` ${folder.path} stays as it is, with the ${entries(before.size)} of the old log: keep it, for it proves what is missing.`;
  const follow = isKnown
    ? 'mirror it into a folder of its own'
    : 'add its new key, told another way, to the policy, and mirror it into a folder of its own';
  throw new BegunAnew(
    `${where} shows ${origin}: the log ${older} began anew, because something that it had signed is not there any more.${keeps} To follow it on, ${follow}; "entente verify" then tells what it says of that.`,
  );
}

/** What whoever serves the log calls it; nothing is verified yet. */
function originIn(signed: Uint8Array): string | undefined {
  try {
    return parseCheckpoint(parseNote(signed).text).origin;
  } catch (error) {
    if (error instanceof LedgerFault) return undefined;
    throw error;
  }
}

/** Refuses a log that does not go on from what the mirror holds, and keeps what proves it. */
async function checkContinues(
  held: Head,
  shown: Head,
  log: FileReader,
  folder: Folder,
  { where, evidence }: MirrorOptions,
): Promise<void> {
  const statement = (head: Head, at: string): Statement => ({
    where: at,
    signed: head.signed,
    says: { checkpoint: head.trusted.checkpoint },
  });
  const [older, newer] = [held.trusted.checkpoint, shown.trusted.checkpoint];
  if (older.origin !== newer.origin)
    throw new CannotCheck(`${folder.path} mirrors ${older.origin}, and ${where} is ${newer.origin}.`);
  const said = await compared(statement(held, folder.path), statement(shown, where), { logs: [log, folder] });
  if (said.found === 'split') {
    const { line, proof } = said;
    await keepEvidence(evidence, {
      line,
      one: held.signed,
      other: shown.signed,
      ...(proof === undefined ? {} : { proof }),
    });
    throw new SplitView(`${line} The mirror stays as it is; the evidence lies in ${evidence}.`);
  }
  if (said.found === 'nothing')
    throw new LedgerFault(
      'consistency-wrong',
      `The log serves hashes that lead to no checkpoint of its own, so nothing shows that its ${newer.size} entries go on from the ${older.size} of the mirror.`,
    );
  if (newer.size < older.size)
    throw new CannotCheck(
      `${where} shows ${newer.size} entries, and the mirror holds ${older.size} of the same log: an older copy is served. Nothing is taken from it.`,
    );
}

/** Removes partial tiles that others have taken the place of, and every second earlier checkpoint of too many. */
async function tidy(folder: Folder, size: number): Promise<void> {
  const last = new Set([...tilesBetween(0, size)].filter(({ width }) => width < tileWidth).map(tilePath));
  const earlier: number[] = [];
  for await (const { path } of folder.list()) {
    const [, count] = /^checkpoints\/(\d+)$/.exec(path) ?? [];
    if (count !== undefined) earlier.push(Number(count));
    const tile = path.replace(/^payloads\//, 'tile/entries/');
    if (tile.startsWith('tile/') && parseTilePath(tile).width < tileWidth && !last.has(tile))
      await folder.remove(path);
  }
  if (earlier.length <= earlierMax) return;
  const every = earlier.toSorted((one, other) => one - other).filter((_, index) => index % 2 === 1);
  for (const count of every) await folder.remove(paths.earlier(count));
}
