import { readFileSync } from 'node:fs';
import {
  actField,
  contentHash,
  formatParameters,
  LedgerFault,
  nodeCrypto,
  parseCheckpoint,
  parseNote,
  seenField,
  sha256,
  signedText,
} from '#libs/ledger';
import type { ActObject, JsonObject } from '#libs/ledger';
import type { Clock } from '../platform/record/clock.js';
import type { ActKey } from './act-key.js';
import { CliFailure } from './cli-failure.js';

/** What `?dryRun=true` answers under `dryRun`, as far as it is signed. */
export interface DryRun {
  readonly records: boolean;
  readonly act: ActObject;
  readonly salt: string;
  readonly content: JsonObject;
}

/** An act is sent at once, and a signature that somebody finds later is of no use to them. */
const holdsSeconds = 240;

/**
 * Reads what a server would record, and holds the hash of the words against the words: what is signed is a hash, and it
 * has to be of what one can read.
 */
export function dryRunFrom(text: string, whence: string): DryRun {
  let read: { readonly dryRun?: Partial<DryRun> };
  try {
    read = JSON.parse(text) as typeof read;
  } catch {
    throw new CliFailure(`${whence} is not JSON.`);
  }
  const { records, act, salt, content } = read.dryRun ?? {};
  if (records === false)
    throw new CliFailure(`${whence} says that nothing would be recorded: it is recorded already.`);
  if (act === undefined || salt === undefined || content === undefined)
    throw new CliFailure(
      `${whence} is no answer to ?dryRun=true of an act with an Idempotency-Key: it lacks "dryRun" with "act", "salt" and "content".`,
    );
  const hasWords = Object.keys(content).length > 0;
  const hash = hasWords ? contentHash(nodeCrypto, salt, content) : '';
  if (hash !== act.contentHash)
    throw new CliFailure(
      `In ${whence} the hash of the words is not that of the words beside it: sign nothing.`,
    );
  return { records: true, act, salt, content };
}

/** Size and root of a checkpoint that was checked before; without one the signer says that it has seen nothing. */
export function seenIn(file: string | undefined, origin: string): string {
  if (file === undefined) return seenField({ size: 0, root: sha256(nodeCrypto, new Uint8Array()) });
  try {
    const checkpoint = parseCheckpoint(parseNote(readFileSync(file)).text);
    if (checkpoint.origin === origin) return seenField(checkpoint);
    throw new CliFailure(`${file} is a checkpoint of ${checkpoint.origin}, and the act is for ${origin}.`);
  } catch (error) {
    if (error instanceof LedgerFault) throw new CliFailure(`${file} is no checkpoint: ${error.message}`);
    throw error;
  }
}

/** The header fields that make an act a signed one. */
export function signedHeaders(
  key: ActKey,
  { act, salt }: DryRun,
  seen: string,
  clock: Clock,
): { readonly [name: string]: string } {
  const created = Math.floor(clock.now() / 1000);
  const input = formatParameters({ created, expires: created + holdsSeconds, keyid: key.thumbprint });
  const field = actField(nodeCrypto, act);
  const signature = key.sign(Buffer.from(signedText({ act: field, seen, input })));
  return {
    'Entente-Salt': `:${salt}:`,
    'Entente-Act': field,
    'Entente-Seen': seen,
    'Signature-Input': `act=${input}`,
    Signature: `act=:${signature}:`,
  };
}
