import { isEarlierName, LedgerFault, parseCheckpoint, parseNote, paths } from '#libs/ledger';
import type { Trust } from '#libs/ledger';
import type { Settings } from '#config';
import { counted, entries } from '../checking/counted.js';
import { refuseUnfinished } from '../checking/folder.js';
import { isFolder, isUrl, openedSource } from '../checking/source.js';
import { wrong } from '../checking/verifying.js';
import { Guard } from '../ledger/guard.js';
import type { Head } from '../ledger/guard.js';
import { heldLogs } from '../ledger/held-logs.js';
import type { HeldLogs } from '../ledger/held-logs.js';
import { hostOf } from '../ledger/host.js';
import { dialogueIn } from '../ledger/logged.js';
import { MissingEntries } from '../ledger/missing-entries.js';
import type { Copy } from '../ledger/missing-entries.js';
import { NotResumable } from '../ledger/not-resumable.js';
import { refuseDisorder, releaseAgain, resume } from '../ledger/resuming.js';
import { ledgerFiles } from '../ledger/signing.js';
import { Numbers } from '../platform/record/numbers.js';
import { withProgress, credentialFor } from './checking.js';
import { CliFailure } from './cli-failure.js';
import { trustInCopy } from './copy-trust.js';
import { nobodyBrought } from './lacking-logs.js';
import type { Lacking } from './lacking-logs.js';
import { openedAlone } from './opened-alone.js';
import type { StoreAlone } from './opened-alone.js';
import { settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

export interface ResumeOptions extends CommonOptions {
  readonly from: readonly string[];
  readonly policy?: string;
  readonly without?: readonly string[];
  readonly short?: boolean;
}

/** Appends what a record lacks that was put back to an older state, byte for byte, from copies of its logs. */
export async function resumeLogs(options: ResumeOptions): Promise<void> {
  process.stdout.write(await resumed(options));
}

/** The same, with what was done in words. Throws `NotResumable` before anything was appended. */
export async function resumed(
  { from, policy, without = [], short = false, ...options }: ResumeOptions,
  onAppended?: (done: number, all: number) => void,
): Promise<string> {
  const settings = settingsFrom(options);
  const copies = await Promise.all(from.map(openedCopy));
  await using opened = new AsyncDisposableStack();
  const alone = await openedAlone(options, opened);
  const host = await hostOf(alone.store, alone.ids, settings.ledgerHost, true);
  const named = new Map(copies.map((copy) => [dialogueOf(copy, host), copy]));
  if (named.size < copies.length)
    throw new NotResumable('Two of the copies are of one log: bring the one that is further.');
  const held = await heldLogs({ ...alone, host }, named.keys());
  const missing: MissingEntries[] = [];
  for (const [dialogueId, copy] of named)
    missing.push(await missingIn(copy, dialogueId, held, trustInCopy(copy.origin, settings, policy)));
  refuseShort(settings, host, { missing, held, without, short });
  await refuseDisorder(missing, {
    latest: await alone.latest(held.latest),
    isOneWriter: settings.storeUrl === undefined,
  });
  await appendAll(missing, copies, alone, onAppended);
  return told(missing, options);
}

async function openedCopy(where: string): Promise<Copy & { readonly origin: string }> {
  const key = await credentialFor(where);
  if (!isUrl(where) && isFolder(where)) refuseUnfinished(where);
  const files = openedSource(where, key);
  const signed = await files.read(paths.checkpoint);
  if (signed === undefined) throw new CliFailure(`There is no checkpoint at ${where}: name a copy of a log.`);
  try {
    return { where, files, origin: parseCheckpoint(parseNote(signed).text).origin };
  } catch (error) {
    throw error instanceof LedgerFault ? new CliFailure(`${where}: ${error.message}`) : error;
  }
}

function dialogueOf(
  { where, origin }: { readonly where: string; readonly origin: string },
  host: string,
): string {
  if (origin.startsWith(`${host}/`)) return dialogueIn(origin);
  throw new NotResumable(
    `${where} is a copy of ${origin}, and the logs of this record are called ${host}/…: it is another record.`,
  );
}

async function missingIn(
  copy: Copy,
  dialogueId: string,
  { logs }: HeldLogs,
  trust: Trust,
): Promise<MissingEntries> {
  const log = logs.get(dialogueId);
  if (log === undefined) throw new Error('A log was not derived that was asked for.');
  try {
    return await withProgress('verifying', (onProgress) =>
      MissingEntries.in(copy, { dialogueId, log, trust }, onProgress),
    );
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    throw new NotResumable(
      `${copy.where} is not taken. ${wrong(error)} Where another key signed it, name it in a policy with --policy.`,
    );
  }
}

interface Brought {
  readonly missing: readonly MissingEntries[];
  readonly held: HeldLogs;
  readonly without: readonly string[];
  readonly short: boolean;
}

/** Whatever was signed and is in none of the copies would be missing for good once later events are there. */
function refuseShort(settings: Settings, host: string, { missing, held, without, short }: Brought): void {
  const files = ledgerFiles(settings);
  if (files === undefined || !Guard.exists(files.guard)) return;
  const guard = Guard.read(files.guard);
  const lacking: Lacking[] = [];
  for (const origin of guard.origins()) {
    if (guard.laterName(origin) !== undefined || !origin.startsWith(`${host}/`)) continue;
    const id = dialogueIn(origin);
    const brought = missing.find(({ dialogueId }) => dialogueId === id);
    if (brought !== undefined) refuseOther(brought, origin, guard.headOf(origin), short);
    const [known, size] = [guard.headOf(origin)?.size ?? 0, brought?.size ?? held.sizes.get(id) ?? 0];
    if (known <= size) continue;
    if (brought !== undefined && !short)
      throw new NotResumable(
        `The guard file knows that ${entries(known)} of ${origin} were signed, and the copy has ${size}: bring one that has them all, or say with --short that nobody has the others; the log then has to begin anew.`,
      );
    if (brought === undefined && !without.includes(id)) lacking.push({ id, origin, known, size });
  }
  if (lacking.length > 0) throw new NotResumable(nobodyBrought(lacking));
}

/** What was signed of this very log stands in the copy, under the name that it had last. */
function refuseOther(brought: MissingEntries, origin: string, known: Head | undefined, short: boolean): void {
  if (isEarlierName(brought.origin, origin) && !short)
    throw new NotResumable(
      `The guard file knows this log as ${origin}, and the copy as ${brought.origin}: bring a copy of ${origin}, or say with --short that nobody has one; the log then has to begin anew.`,
    );
  const isSame = brought.origin === origin && known !== undefined && known.size <= brought.size;
  if (isSame && brought.root(known.size) !== known.root)
    throw new NotResumable(
      `The guard file knows a signed checkpoint of ${entries(known.size)} of ${origin} with another root than the copy gives: two histories of one log were signed. Keep both, show them with "entente compare", and bring the copy that belongs to the guard file.`,
    );
}

async function appendAll(
  missing: readonly MissingEntries[],
  copies: readonly Copy[],
  alone: StoreAlone,
  onAppended?: (done: number, all: number) => void,
): Promise<void> {
  const numbers = new Numbers(alone.store, alone.ids);
  await withProgress('appending', (told) =>
    resume(missing, { ...alone, numbers, onProgress: onAppended ?? told }),
  );
  for (const [index, { files }] of copies.entries()) {
    const one = missing[index];
    if (one !== undefined) await releaseAgain(files, one, alone);
  }
}

function told(missing: readonly MissingEntries[], { data }: CommonOptions): string {
  const lines = missing.map(({ origin, held, size }) =>
    held === size
      ? `${origin}: nothing was missing of its ${entries(size)}.`
      : `${origin}: ${counted(size - held, 'entry was', 'entries were')} missing, and the record has all ${entries(size)} of the copy again, byte for byte.`,
  );
  const folder = data === undefined ? '' : ` --data ${data}`;
  return `${lines.join('\n')}
What is no part of a log is not in a copy of it: keys that were made since, the bytes of sources that were sent since, and
what the service kept for itself. Make those keys again, and send those bytes once more.
Next: "entente doctor${folder}", then "entente serve${folder}".
`;
}
