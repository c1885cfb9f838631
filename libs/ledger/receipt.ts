import { base64, decimal, fromBase64, isSame } from './bytes.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { signatureTypes } from './keys.js';
import type { VerifierKey } from './keys.js';
import { parseNote } from './note.js';
import type { Policy } from './policy.js';
import { verifyNote } from './signing.js';

/** The log's promise that a leaf will stand in it, given with the answer to an act and before any checkpoint. */
export interface Receipt {
  readonly origin: string;
  readonly seq: number;
  readonly leafHash: Uint8Array;
}

/** It is no number, where a checkpoint has its size: so no receipt can pass for a checkpoint, nor the other way round. */
const header = 'entente-receipt/v1';

/** The text that the log signs as a note, with its key of type 01. */
export function formatReceipt({ origin, seq, leafHash }: Receipt): string {
  return `${header}\n${origin}\n${seq}\n${base64(leafHash)}\n`;
}

/** Throws unless a key of the log that it names, and that the policy knows, signed it. */
export function verifyReceipt(crypto: Crypto, signed: Uint8Array, policy: Policy): Receipt {
  const note = parseNote(signed);
  const [first, origin, seq, hash, ...more] = note.text.split('\n');
  if (
    first !== header ||
    origin === undefined ||
    seq === undefined ||
    hash === undefined ||
    more.join() !== ''
  )
    throw new LedgerFault('malformed', `The receipt is not of the form ${header}.`);
  const isOfLog = ({ name, type }: VerifierKey) => name === origin && type === signatureTypes.note;
  const keys = policy.logs.map(({ key }) => key).filter(isOfLog);
  if (verifyNote(crypto, note, keys).length === 0)
    throw new LedgerFault('signature-missing', `No known key of the log ${origin} signed the receipt.`);
  return {
    origin,
    seq: decimal(seq, 'The index in the receipt'),
    leafHash: fromBase64(hash, 'The leaf hash in the receipt', hashBytes),
  };
}

/**
 * Holds a receipt against what the log shows at its place. The two signatures, on the receipt and on a checkpoint that
 * covers the place, are what proves to anybody that the log broke its word.
 */
export function checkReceipt({ origin, seq, leafHash }: Receipt, logged: Uint8Array): void {
  if (!isSame(leafHash, logged))
    throw new LedgerFault(
      'receipt-broken',
      `The log ${origin} promised another leaf ${seq} than it holds.`,
      seq,
    );
}
