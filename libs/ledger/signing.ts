import { fromU64, joined, u64, utf8 } from './bytes.js';
import type { Checkpoint } from './checkpoint.js';
import { parseCheckpoint } from './checkpoint.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { algorithms, signatureTypes } from './keys.js';
import type { VerifierKey } from './keys.js';
import type { Note, NoteSignature } from './note.js';

/** Signs with a private key that this library never sees. */
export type Sign = (message: Uint8Array) => Uint8Array;

/** A signature that was verified, with the time that its signer says, in seconds since 1970, where it says one. */
export interface Verified {
  readonly key: VerifierKey;
  readonly time?: number;
}

/** What an Ed25519 cosigner signs: its time and the whole body of the checkpoint. */
function cosignatureMessage(text: string, time: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}

function prefixed(text: string, what: string): Uint8Array {
  const bytes = utf8(text);
  if (bytes.length === 0 || bytes.length > 255)
    throw new LedgerFault('malformed', `${what} has ${bytes.length} bytes, and 1 to 255 can be cosigned.`);
  return joined(Uint8Array.of(bytes.length), bytes);
}

/** What an ML-DSA-44 cosigner signs of a checkpoint: a subtree that begins with the first leaf. */
function subtreeMessage(name: string, { origin, size, root }: Checkpoint, time: number): Uint8Array {
  const names = [prefixed(name, 'The name of the key'), prefixed(origin, 'The origin')] as const;
  return joined(utf8('subtree/v1\n\0'), names[0], u64(time), names[1], u64(0), u64(size), root);
}

function messageOf(key: VerifierKey, text: string, time: number | undefined): Uint8Array {
  if (time === undefined) return utf8(text);
  const checkpoint = parseCheckpoint(text);
  return key.type === signatureTypes.subtree
    ? subtreeMessage(key.name, checkpoint, time)
    : cosignatureMessage(text, time);
}

/** Signs a note; a cosigner says the time at which it does. */
export function signText(text: string, key: VerifierKey, sign: Sign, time?: number): NoteSignature {
  const isTimed = key.type !== signatureTypes.note;
  if (isTimed !== (time !== undefined)) throw new RangeError('A cosigner, and no other, says a time.');
  const signature = sign(messageOf(key, text, time));
  return { name: key.name, id: key.id, bytes: time === undefined ? signature : joined(u64(time), signature) };
}

/** The end of the year 9999, the last that ISO 8601 writes with four digits. */
const timeMax = 253_402_300_799;

/** Whoever cosigns says any time: one that no date can say would keep all others from being told. */
function timeIn(bytes: Uint8Array, what: string): number {
  const time = fromU64(bytes, what);
  if (time > timeMax) throw new LedgerFault('too-large', `${what} is after the year 9999.`);
  return time;
}

/** Throws where the signature is not the key's, whose name and id it has. */
export function verifySignature(
  crypto: Crypto,
  key: VerifierKey,
  text: string,
  { bytes }: NoteSignature,
): Verified {
  const wrong = new LedgerFault('signature-wrong', `The signature of ${key.name}+${key.id} does not verify.`);
  const isTimed = key.type !== signatureTypes.note;
  if (isTimed && bytes.length < 8) throw wrong;
  const time = isTimed ? timeIn(bytes, `The time of the cosignature of ${key.name}`) : undefined;
  const signature = isTimed ? bytes.subarray(8) : bytes;
  if (!crypto.verify(algorithms[key.type], key.publicKey, messageOf(key, text, time), signature)) throw wrong;
  return { key, ...(time === undefined ? {} : { time }) };
}

/**
 * The signatures of known keys, all of which have to verify; those of other keys are ignored, also where they share the
 * name or the id of a known one.
 */
export function verifyNote(crypto: Crypto, note: Note, keys: readonly VerifierKey[]): readonly Verified[] {
  return note.signatures.flatMap((signature) => {
    const named = keys.filter(({ name, id }) => name === signature.name && id === signature.id);
    if (named.length > 1)
      throw new LedgerFault('key-twice', `Two known keys are called ${signature.name}+${signature.id}.`);
    return named.map((key) => verifySignature(crypto, key, note.text, signature));
  });
}
