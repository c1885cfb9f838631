import { Damaged } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { retrying } from '../platform/record/appending.js';
import { heldIn } from '../platform/record/beside.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { isObject } from '../platform/shapes/sent.js';
import type { Numbering } from '../platform/record/slice.js';
import { isWhole, keepBytes, roomFor, sha256Of } from './blobs.js';
import { depositsOf, dialoguesWithDeposits, drop, note, roomTaken } from './deposits.js';
import type { Deposit, Tools } from './deposits.js';
import type { SourceKnown } from './source.decider.js';
import { sourceProblems } from './source.problems.js';

/** How long bytes wait for their source; what nobody registers, nobody could ask to have erased. */
const unnamedMs = 24 * 60 * 60 * 1_000;

export interface Upload {
  readonly dialogueId: string;
  readonly party: string | null;
  readonly keyHash: string;
  readonly bytes: Buffer;
}

export interface Kept {
  readonly bytesId: string;
  readonly sha256: string;
  readonly size: number;
  /** The same request came before. */
  readonly isRepeat: boolean;
}

/** Keeps bytes for a source of one dialogue; the same request sent again goes on where it ended and keeps nothing twice. */
export async function upload(tools: Tools, sent: Upload, quotaBytes: number): Promise<Kept> {
  const { dialogueId, bytes } = sent;
  const sha256 = sha256Of(bytes);
  const { bytesId, isRepeat } = await retrying(async () => {
    const deposits = await depositsOf(tools.store, dialogueId);
    const earlier = deposits.all.find((one) => one.keyHash === sent.keyHash);
    if (earlier !== undefined) {
      refuseOther(earlier, sha256);
      return { bytesId: earlier.bytesId, isRepeat: true };
    }
    refuseBeyond(quotaBytes, roomTaken(deposits), bytes.length);
    const { party, keyHash } = sent;
    const data = { bytesId: tools.ids.random(), size: bytes.length, party, keyHash };
    await note(tools, dialogueId, deposits, { type: 'BytesDeposited', data, content: { sha256 } });
    return { bytesId: data.bytesId, isRepeat: false };
  });
  await keepBytes(tools.store, tools.ids, bytesId, bytes);
  return { bytesId, sha256, size: bytes.length, isRepeat };
}

function refused(code: 'BYTES_NOT_HELD' | 'BYTES_OF_ANOTHER_SOURCE'): Problem {
  return new Problem({ ...sourceProblems[code], code }, { detail: sourceProblems[code].meaning });
}

function refuseOther({ sha256: before, dropped }: Deposit, sha256: string): void {
  if (dropped === true)
    throw bytesErased('What was sent with this Idempotency-Key has been taken out since.');
  if (before === sha256) return;
  throw new Problem(platformProblems.IDEMPOTENCY_KEY_REUSED, {
    detail: 'This Idempotency-Key came before on this route with other bytes.',
  });
}

export function bytesErased(detail: string): Problem {
  return new Problem(platformProblems.BYTES_ERASED, { detail });
}

const mebibytes = (bytes: number) => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`;

function refuseBeyond(quotaBytes: number, taken: number, size: number): void {
  if (taken + roomFor(size) <= quotaBytes) return;
  throw new Problem(platformProblems.BYTES_QUOTA_REACHED, {
    detail: `The sources of a dialogue hold at most ${mebibytes(quotaBytes)}, those of this one ${mebibytes(taken)}; these take ${mebibytes(roomFor(size))}.`,
  });
}

/** What a registration needs to know of the bytes that it names; undefined where nothing of them may be known. */
export async function heldFor(
  store: Tools['store'],
  { dialogueId, bytesId, party }: { dialogueId: string; bytesId: string; party: string | null },
): Promise<SourceKnown['bytes']> {
  const { all } = await depositsOf(store, dialogueId);
  const found = all.find((one) => one.bytesId === bytesId);
  if (found?.sha256 === undefined || found.dropped === true || found.party !== party) return undefined;
  const { sourceId, sha256 } = found;
  const known = { sha256, ...(sourceId === undefined ? {} : { sourceId }) };
  return (await isWhole(store, bytesId)) ? known : undefined;
}

/** The bytes become those of this source, before it is recorded, so that two can't have the same. */
export const claimBytes: Numbering = async (tools, { id, data }) => {
  const { ids } = tools;
  const { store } = tools.streams;
  const { bytesId, dialogueId } = data;
  if (typeof bytesId !== 'string') return {};
  await retrying(async () => {
    const deposits = await depositsOf(store, String(dialogueId));
    const found = deposits.all.find((one) => one.bytesId === bytesId);
    if (found?.sourceId === id && found.dropped !== true) return;
    if (found === undefined || found.dropped === true) throw refused('BYTES_NOT_HELD');
    if (found.sourceId !== undefined) throw refused('BYTES_OF_ANOTHER_SOURCE');
    await note({ store, ids }, String(dialogueId), deposits, {
      type: 'BytesNamed',
      data: { bytesId, sourceId: id },
    });
  });
  return {};
};

/** Whether a source has come to own them; one that was named and never recorded does not. */
async function isRegistered({ store }: Tools, { sourceId, bytesId }: Deposit): Promise<boolean> {
  if (sourceId === undefined) return false;
  for await (const { data } of heldIn(store, `source-${sourceId}`, { limit: 1 }))
    return isObject(data) && data['bytesId'] === bytesId;
  return false;
}

/** Bytes of which something can't be read stay, and keep no others: the scrubber and the doctor tell of them. */
function stayDamaged(error: unknown): void {
  if (!(error instanceof Damaged)) throw error;
}

/** Drops what no source was registered for within a day, and ends what a crash cut short. */
export async function dropUnnamed(tools: Tools, dialogueId: string, now: number): Promise<void> {
  const { all } = await depositsOf(tools.store, dialogueId);
  for (const one of all) await dropIfUnnamed(tools, dialogueId, one, now).catch(stayDamaged);
}

async function dropIfUnnamed(tools: Tools, dialogueId: string, one: Deposit, now: number): Promise<void> {
  const isCutShort = one.dropped === true && one.sha256 !== undefined;
  const isOld = one.dropped !== true && Date.parse(one.recordedAt) + unnamedMs <= now;
  if (isCutShort || (isOld && !(await isRegistered(tools, one)))) await drop(tools, dialogueId, one.bytesId);
}

export async function dropAllUnnamed(tools: Tools, now: number): Promise<void> {
  for (const dialogueId of await dialoguesWithDeposits(tools.store))
    await dropUnnamed(tools, dialogueId, now).catch(stayDamaged);
}
