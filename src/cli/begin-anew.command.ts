import { validate } from 'uuid';
import {
  checkPolicy,
  formatVerifierKey,
  LedgerFault,
  nodeCrypto,
  originAfter,
  parseCheckpoint,
  parseNote,
} from '#libs/ledger';
import type { Settings } from '#config';
import { entries } from '../checking/counted.js';
import { readGiven } from '../checking/plain-files.js';
import { Guard } from '../ledger/guard.js';
import type { Head } from '../ledger/guard.js';
import type { GrowingLog } from '../ledger/growing-log.js';
import { heldLogs } from '../ledger/held-logs.js';
import { hostOf } from '../ledger/host.js';
import { LogKeys } from '../ledger/log-keys.js';
import { Releases } from '../ledger/releases.js';
import { sayingAct } from '../ledger/saying.js';
import { ledgerFiles } from '../ledger/signing.js';
import type { OpenRecord } from '../platform/record.js';
import { CliFailure } from './cli-failure.js';
import { trustInCopy } from './copy-trust.js';
import { withRecord } from './opened.js';
import { recordIn, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

interface BeginOptions extends CommonOptions {
  readonly reason: string;
  readonly oldCheckpoint?: string;
  readonly policy?: string;
}

const leaseMs = 10_000;
const settleMs = 60_000;
const checkpointBytesMax = 1_000_000;
const reasonMax = 500;

/** Lets a log go on under another name, of which something that was signed is gone for good. */
export async function beginAnew(dialogueId: string, options: BeginOptions): Promise<void> {
  process.stdout.write(await begunAnew(dialogueId, options));
}

/** The same, with what was done in words. */
export async function begunAnew(dialogueId: string, { reason, ...options }: BeginOptions): Promise<string> {
  refuseUnfit(dialogueId, reason);
  const settings = settingsFrom(options);
  return withRecord(recordIn(options), async (record) => {
    await refuseOthers(record);
    const { store, ids, registry, recorder, projections } = record;
    const host = await hostOf(store, ids, settings.ledgerHost, true);
    const log = (await heldLogs({ store, registry, host }, [dialogueId])).logs.get(dialogueId);
    if (log === undefined || log.size === 0)
      throw new CliFailure(`There is no dialogue ${dialogueId} in this record.`);
    const guard = guardOf(settings);
    const last = await lastSigned(log, dialogueId, record, { ...options, settings, guard });
    refuseWhole(log, last, guard);
    const { origin } = log;
    // Before the entry says so: yesterday's guard file beside yesterday's folder would let the old name be signed on.
    if ((guard?.headOf(origin)?.size ?? 0) < last.size) guard?.keep([{ origin, ...last }]);
    const command = { type: 'BeginLogAnew', act: sayingAct, origin, ...last, reason };
    await recorder.inDialogue(dialogueId, command);
    await projections.settled({ timeoutMs: settleMs });
    return told(origin, last, log.size, { settings, guard });
  });
}

function guardOf(settings: Settings): Guard | undefined {
  const files = ledgerFiles(settings);
  return files === undefined || !Guard.exists(files.guard) ? undefined : Guard.read(files.guard);
}

function refuseUnfit(dialogueId: string, reason: string): void {
  if (!validate(dialogueId) || dialogueId !== dialogueId.toLowerCase())
    throw new CliFailure(
      `"${dialogueId}" is no id of a dialogue: give the "id" that /v1/dialogues shows for it.`,
    );
  if (reason.trim() === '' || reason.length > reasonMax || /\p{Cc}/u.test(reason))
    throw new CliFailure(
      `--reason takes one line of 1 to ${reasonMax} characters, which both sides will read.`,
    );
}

async function refuseOthers({ lease }: OpenRecord): Promise<void> {
  await lease.waitHeld(leaseMs);
  if (!lease.held)
    throw new CliFailure('A server works on the cluster: end all servers on it, and do it again.');
}

interface Known extends Omit<BeginOptions, 'reason'> {
  readonly settings: Settings;
  readonly guard: Guard | undefined;
}

/** What was signed last under the present name, as far as anybody here knows it. */
async function lastSigned(
  log: GrowingLog,
  dialogueId: string,
  { store, ids }: OpenRecord,
  { settings, guard, oldCheckpoint, policy }: Known,
): Promise<Head> {
  const releases = new Releases(
    store,
    ids,
    () => 'unknown',
    () => log.origin,
  );
  const { release } = await releases.last(dialogueId);
  const given = oldCheckpoint === undefined ? undefined : headIn(oldCheckpoint, log.origin, settings, policy);
  const known = [given, guard?.headOf(log.origin), release].filter((one) => one !== undefined);
  const [last] = known.toSorted((one, other) => other.size - one.size);
  if (last === undefined)
    throw new CliFailure(
      `Nobody here knows of a checkpoint of ${log.origin}: name the last one with --old-checkpoint, or let it be signed as it is.`,
    );
  return { size: last.size, root: last.root };
}

function headIn(file: string, origin: string, settings: Settings, policy: string | undefined): Head {
  try {
    const note = parseNote(readGiven(file, checkpointBytesMax));
    const said = parseCheckpoint(note.text).origin;
    if (said !== origin)
      throw new CliFailure(`${file} is a checkpoint of ${said}, and the log is called ${origin}.`);
    const trust = trustInCopy(origin, settings, policy);
    const { checkpoint } = checkPolicy(nodeCrypto, note, { ...trust.policy, quorum: 'none' });
    return { size: checkpoint.size, root: Buffer.from(checkpoint.root).toString('base64') };
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    throw new CliFailure(
      `${file} is not taken: ${error.message} Where another key signed it, name it in a policy with --policy.`,
    );
  }
}

/** Where all that was signed is here, the log goes on as it is. */
function refuseWhole(log: GrowingLog, last: Head, guard: Guard | undefined): void {
  if (last.size > log.size || log.root(last.size) !== last.root) return;
  const later = guard?.laterName(log.origin);
  const all = `All ${entries(last.size)} that were signed of ${log.origin} are here, as far as anybody here knows`;
  throw new CliFailure(
    later === undefined
      ? `${all}, so it goes on as it is. Where a party or a witness knows of more, name its checkpoint with --old-checkpoint.`
      : `${all}; but the guard file knows that the log began anew and went on as ${later}. Put back the newest copy of the data folder, append what is missing from a mirror of ${later} (entente ledger resume), or name the last checkpoint of ${log.origin} with --old-checkpoint.`,
  );
}

function told(
  before: string,
  last: Head,
  seq: number,
  { settings, guard }: Pick<Known, 'settings' | 'guard'>,
): string {
  const origin = originAfter(before);
  const taken = guard?.laterName(before);
  const over = `The log ${before} is over, of which ${entries(last.size)} were signed.`;
  // In a state of the record that is gone.
  if (taken !== undefined)
    return `${over} The guard file knows ${taken} as well, of which ${entries(guard?.headOf(taken)?.size ?? 0)} were signed that are not here either, so nothing is signed as ${origin}. Do the same once more: it goes on under the name after ${taken}.
`;
  const files = ledgerFiles(settings);
  const keys = files === undefined ? [] : LogKeys.read(files.key).named(origin);
  return `${over} It goes on as ${origin}, from #${seq} on, which says so to both sides.
Give this line to everybody who verifies, and to its witnesses, another way than by this server:
${keys.map(({ note }) => `log ${formatVerifierKey(note)}\n`).join('')}Copies of the old log prove what is missing here: ask both sides to keep theirs. Next: "entente serve".
`;
}
