import { checkPolicy, nodeCrypto, parseNote, paths, verifyReceipt } from '#libs/ledger';
import type { Checkpoint, FileReader, Policy, Receipt, Trusted } from '#libs/ledger';
import { CannotCheck } from './cannot-check.js';
import { readGiven } from './plain-files.js';
import { isFolder, isUrl, openedSource } from './source.js';
import type { Credential } from './source.js';

/** Something that a log has signed, as it lies wherever somebody named it. */
export interface Statement {
  readonly where: string;
  readonly signed: Uint8Array;
  /** Where it came from has the hashes of the log, too. */
  readonly log?: FileReader;
  readonly says: { readonly checkpoint: Checkpoint } | { readonly receipt: Receipt };
}

const bytesMax = 1_000_000;

/** A receipt may lie there as it came with the answer to an act: as the byte sequence of a header (RFC 9651). */
function noteIn(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const [, sequence] = /^(?:ledger-receipt:\s*)?:([A-Za-z0-9+/]+=*):\s*$/i.exec(text) ?? [];
  return sequence === undefined ? bytes : new Uint8Array(Buffer.from(sequence, 'base64'));
}

export function checkpointOf(signed: Uint8Array, policy: Policy): Trusted {
  return checkPolicy(nodeCrypto, parseNote(signed), { ...policy, quorum: 'none' });
}

/** A checkpoint or receipt from a file, or the newest checkpoint of a mirror or server; the log's signature is verified. */
export async function statementAt(where: string, policy: Policy, key: Credential): Promise<Statement> {
  const isLog = isUrl(where) || isFolder(where);
  const log = isLog ? openedSource(where, key) : undefined;
  const signed = log === undefined ? noteIn(readGiven(where, bytesMax)) : await log.read(paths.checkpoint);
  if (signed === undefined) throw new CannotCheck(`There is no checkpoint at ${where}.`);
  const isReceipt = Buffer.from(signed.subarray(0, 16)).toString('latin1').startsWith('entente-receipt/');
  const says = isReceipt
    ? { receipt: verifyReceipt(nodeCrypto, signed, policy) }
    : { checkpoint: checkpointOf(signed, policy).checkpoint };
  return { where, signed, says, ...(log === undefined ? {} : { log }) };
}
