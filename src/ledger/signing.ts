import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { syncEntriesOf } from '#libs/private-files';
import { Guard } from './guard.js';
import { LedgerKeyUnusable, LogKeys, newKey, refuseInside, writePrivateFile } from './log-keys.js';

/** Where the key of the log and its guard file lie. */
export interface LedgerSettings {
  readonly directory: string | undefined;
  /** Undefined: beside the data folder, if there is one there. */
  readonly ledgerKey: string | undefined;
  /** Undefined: beside the key. */
  readonly ledgerGuard: string | undefined;
  /** A guard file that is gone, or knows nothing of a log that was signed, is begun anew: what was signed before is then known to the store alone. */
  readonly acceptLedgerLoss?: boolean;
}

export interface LedgerFiles {
  readonly key: string;
  readonly guard: string;
}

export type FoundSigning =
  | { readonly keys: LogKeys; readonly guard: Guard; readonly isLossAccepted: boolean }
  /** Why nothing is signed. */
  | { readonly unsigned: string };

/** Where both lie, or would; undefined where nothing says so. */
export function ledgerFiles({ directory, ledgerKey, ledgerGuard }: LedgerSettings): LedgerFiles | undefined {
  const key = ledgerKey ?? (directory === undefined ? undefined : `${resolve(directory)}.ledger-key.pem`);
  if (key === undefined) return undefined;
  return { key, guard: ledgerGuard ?? key.replace(/(-key)?(\.pem)?$/, '-guard') };
}

/** Makes the key of the log and its guard file, where they are missing; tells whether it did. */
export function makeLedgerFiles(settings: LedgerSettings, files: LedgerFiles): boolean {
  refuseBothInside(settings, files);
  if (existsSync(files.key)) return false;
  // On a fresh machine the folder beside which they lie is not made yet, nor the one above it.
  for (const file of [files.key, files.guard]) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writePrivateFile(files.key, newKey());
  if (!Guard.exists(files.guard)) Guard.make(files.guard);
  return true;
}

/**
 * Puts a new key before the present one, so that both sign; or, at the end of that time, takes the old one away. Whole and
 * on the disk, or as it was.
 */
export function rotateKey(file: string, isEnd: boolean): void {
  const blocks = LogKeys.blocksIn(file);
  const [present = ''] = blocks;
  if (isEnd === (blocks.length === 1))
    throw new LedgerKeyUnusable(
      isEnd
        ? `${file} holds one key: there is no old one to end.`
        : `${file} holds two keys already: "entente ledger key rotate --end" ends the old one first.`,
    );
  const draft = `${file}.draft`;
  rmSync(draft, { force: true });
  writePrivateFile(draft, isEnd ? `${present}\n` : `${newKey()}${present}\n`);
  renameSync(draft, file);
  syncEntriesOf(dirname(file));
}

function refuseBothInside({ directory }: LedgerSettings, { key, guard }: LedgerFiles): void {
  refuseInside(directory, key, 'the key of the log');
  refuseInside(directory, guard, 'the guard file');
}

/** Why nothing is signed, and whether something is gone that was there. */
interface Unsigned {
  readonly unsigned: string;
  readonly isLoss: boolean;
}

/**
 * What the next start finds; nothing is made or changed. Throws `LedgerKeyUnusable` where what is named can't be used.
 */
export function lookForSigning(
  settings: LedgerSettings,
): Unsigned | { readonly keys: LogKeys; readonly files: LedgerFiles; readonly guard: Guard | undefined } {
  const files = ledgerFiles(settings);
  if (files === undefined || (settings.ledgerKey === undefined && !existsSync(files.key)))
    return {
      unsigned:
        'There is no key of the log, so nothing is signed: "entente ledger key create" makes one, and ENTENTE_LEDGER_KEY says where it is.',
      isLoss: false,
    };
  refuseBothInside(settings, files);
  const keys = LogKeys.read(files.key);
  const guard = Guard.exists(files.guard) ? Guard.look(files.guard) : undefined;
  if (guard === undefined && settings.acceptLedgerLoss !== true)
    return {
      unsigned: `There is no guard file ${files.guard}, so nobody knows what was signed last: put it back, or say with --accept-ledger-loss that the loss is accepted.`,
      isLoss: true,
    };
  return { keys, files, guard };
}

/** The keys and the guard file, or why nothing is signed. Throws `LedgerKeyUnusable` where what is named can't be used. */
export function signingFrom(settings: LedgerSettings): FoundSigning {
  const found = lookForSigning(settings);
  if ('unsigned' in found) return { unsigned: found.unsigned };
  const { keys, files } = found;
  if (found.guard === undefined) Guard.make(files.guard);
  const guard = found.guard?.tidied() ?? Guard.read(files.guard);
  return { keys, guard, isLossAccepted: settings.acceptLedgerLoss === true };
}
