import { validate } from 'uuid';
import { formatVerifierKey } from '#libs/ledger';
import { Guard } from '../ledger/guard.js';
import { hostUnlessSet } from '../ledger/host.js';
import { LogKeys } from '../ledger/log-keys.js';
import { originOf } from '../ledger/logged.js';
import { ledgerFiles, makeLedgerFiles, rotateKey } from '../ledger/signing.js';
import type { LedgerFiles } from '../ledger/signing.js';
import type { Settings } from '#config';
import { CliFailure } from './cli-failure.js';
import { settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

function filesOf(settings: Settings): LedgerFiles {
  const files = ledgerFiles(settings);
  if (files !== undefined) return files;
  throw new CliFailure('A record in memory has no place for a key beside it: set ENTENTE_LEDGER_KEY.');
}

/** What a folder cannot be given a file beside it for: others' folders, and disks that are only read. */
const noPlace = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT']);

/** The key of the log and its guard file for a new record, in words; a record that has them keeps them. */
export function firstLedgerKey(options: CommonOptions): string | undefined {
  const settings = settingsFrom(options);
  const files = ledgerFiles(settings);
  if (files === undefined) return undefined;
  try {
    if (!makeLedgerFiles(settings, files)) return undefined;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!noPlace.has(code)) throw error;
    return `No key of the log could be made at ${files.key} (${code}), so nothing is signed: name another place in ENTENTE_LEDGER_KEY, and "entente ledger key create" makes it.\n`;
  }
  return keyIsAt(files);
}

function keyIsAt({ key, guard }: LedgerFiles): string {
  return `The key of the log is in ${key}, readable by you alone; ${guard} knows what was signed last, and belongs in no backup.\n`;
}

export function createLedgerKey(options: CommonOptions): void {
  const settings = settingsFrom(options);
  const files = filesOf(settings);
  if (!makeLedgerFiles(settings, files))
    throw new CliFailure(
      `There is a key of the log in ${files.key} already: "entente ledger key rotate" changes it.`,
    );
  process.stdout.write(keyIsAt(files));
}

interface RotateOptions extends CommonOptions {
  readonly end?: boolean;
}

/** Begins the time in which the old and the new key sign, or ends it. */
export function rotateLedgerKey({ end = false, ...options }: RotateOptions): void {
  const { key } = filesOf(settingsFrom(options));
  rotateKey(key, end);
  process.stdout.write(
    end
      ? `From the next start on the new key signs alone.\n`
      : `From the next start on both keys sign. Tell everybody who verifies the new one ("entente ledger key export"), and end the old one with "entente ledger key rotate --end".\n`,
  );
}

/** The verifier keys of one dialogue's log, as a policy takes them. */
export function exportLedgerKey(asked: string, options: CommonOptions): void {
  const [, dialogueId = '', again = ''] = /^([^/]*)(\/(?:[2-9]|[1-9]\d{1,2}))?$/.exec(asked) ?? [];
  // The name of a key holds the id as the log writes it; under any other text it would be the key of no log.
  if (!validate(dialogueId) || dialogueId !== dialogueId.toLowerCase())
    throw new CliFailure(
      `"${asked}" is no id of a dialogue: give the "id" that /v1/dialogues shows for it, in lower case, and not the prefix of its keys; of a log that began anew, with /2 after it.`,
    );
  const settings = settingsFrom(options);
  const origin = `${originOf(settings.ledgerHost ?? hostUnlessSet, dialogueId)}${again}`;
  const files = filesOf(settings);
  const keys = LogKeys.read(files.key).named(origin);
  for (const { note } of keys) process.stdout.write(`log ${formatVerifierKey(note)}\n`);
  const later = Guard.exists(files.guard) ? Guard.look(files.guard).laterName(origin) : undefined;
  if (later !== undefined)
    process.stderr.write(
      `Of that name are copies from before alone: the log began anew, as ${later}. "entente ledger key export ${later.slice(later.indexOf('/') + 1)}" prints the line for what it signs now; whoever verifies takes both.\n`,
    );
}
