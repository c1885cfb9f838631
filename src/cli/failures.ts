import { EnvironmentInvalid } from '#config';
import { EventStoreError } from '#libs/event-store';
import {
  DataFolderLocked,
  DataFolderTooNew,
  DataFolderUnusable,
  SqliteTooOld,
} from '#libs/event-store-sqlite';
import { readModelsDamage } from '#libs/projections';
import { LedgerFault } from '#libs/ledger';
import { LedgerKeyUnusable } from '../ledger/log-keys.js';
import { NotResumable } from '../ledger/not-resumable.js';
import { HostDiffers } from '../ledger/host.js';
import { WitnessesUnusable } from '../ledger/witness-settings.js';
import { KeyAwaits } from '../platform/access/key-awaits.js';
import { NotPrivate } from '#libs/private-files';
import { Problem } from '#libs/problem-details';
import { faultsInWords } from '../wording/faults.js';
import { CliFailure } from './cli-failure.js';

const speaking = [
  CliFailure,
  EnvironmentInvalid,
  DataFolderLocked,
  DataFolderTooNew,
  DataFolderUnusable,
  SqliteTooOld,
  EventStoreError,
  LedgerFault,
  NotPrivate,
  LedgerKeyUnusable,
  KeyAwaits,
  HostDiffers,
  NotResumable,
  WitnessesUnusable,
];

interface SystemFault {
  readonly code: string;
  readonly path: string;
  readonly port: number;
  readonly address: string;
  readonly hostname: string;
  readonly errcode: number;
}

/** SQLITE_FULL */
const diskFull = 13;

/** Where the faults are named, the advice to read them is left out. */
function problemInWords({ kind, detail, errors }: Problem): string {
  return errors.length === 0
    ? `${kind.title}. ${detail} ${kind.mend}`
    : `${kind.title}. ${faultsInWords(detail, errors)}`;
}

/** One sentence, or a few, for a person: never a stack trace. */
export function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return `something unexpected went wrong: ${String(error)}`;
  if (error instanceof Problem) return problemInWords(error);
  const damage = readModelsDamage(error);
  if (damage !== undefined) return damage.message;
  if (speaking.some((known) => error instanceof known)) return error.message;
  const { code, path, port, address, hostname, errcode } = error as Partial<SystemFault> & Error;
  switch (code) {
    case 'ERR_SQLITE_ERROR':
      return errcode === diskFull
        ? 'the disk is full: make space, and start again.'
        : `a file of the data folder can't be used (${error.message}): see that it is whole, and that this user may write it.`;
    case 'ENOENT':
      return `there is no file or folder ${path ?? ''}: see that its name is right.`;
    case 'EADDRINUSE':
      return `the port ${port} on ${address} is in use: stop what listens there, or choose another with --port.`;
    case 'EACCES':
      return `not permitted (${error.message}): choose a port above 1023, or a folder that you may write.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `this machine has no address ${address ?? hostname ?? ''}: choose another with --host.`;
    default:
      return `something unexpected went wrong: ${error.message}. "entente doctor" may say more.`;
  }
}
