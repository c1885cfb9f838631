import { base64, fromBase64, hex, joined, utf8 } from './bytes.js';
import type { Algorithm, Crypto } from './crypto.js';
import { sha256 } from './crypto.js';
import { LedgerFault } from './faults.js';

/** How a key signs, by the byte that c2sp.org/signed-note gives to it. */
export const signatureTypes = {
  /** Ed25519 over the text of the note. */
  note: 1,
  /** Ed25519 over the time and the checkpoint (cosignature/v1). */
  cosignature: 4,
  /** ML-DSA-44 over the time, the names and the tree (subtree/v1). */
  subtree: 6,
} as const;

export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

export const algorithms: Readonly<Record<SignatureType, Algorithm>> = {
  1: 'ed25519',
  4: 'ed25519',
  6: 'ml-dsa-44',
};
const keyBytes: Readonly<Record<Algorithm, number>> = { ed25519: 32, 'ml-dsa-44': 1312 };

export interface VerifierKey {
  readonly name: string;
  /** Eight hexadecimal digits; it says which key is meant, and proves nothing. */
  readonly id: string;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
}

/** Not empty, no plus sign and no space of any kind. */
export function isKeyName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- the characters that no note may hold
  return /^[^\p{White_Space}+\u0000-\u001f]+$/u.test(name) && name.isWellFormed();
}

function isType(byte: number | undefined): byte is SignatureType {
  return byte === 1 || byte === 4 || byte === 6;
}

/** A key under a name, as the owner of the key makes it. */
export function verifierKey(
  crypto: Crypto,
  name: string,
  type: SignatureType,
  publicKey: Uint8Array,
): VerifierKey {
  if (!isKeyName(name)) throw new LedgerFault('key-malformed', `“${name}” is no name of a key.`);
  const expected = keyBytes[algorithms[type]];
  if (publicKey.length !== expected)
    throw new LedgerFault(
      'key-malformed',
      `The key ${name} has ${publicKey.length} bytes and not ${expected}.`,
    );
  const digest = sha256(crypto, joined(utf8(`${name}\n`), Uint8Array.of(type), publicKey));
  return { name, id: hex(digest.subarray(0, 4)), type, publicKey };
}

/** `<name>+<id>+<base64 of type and key>`. */
export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id}+${base64(joined(Uint8Array.of(type), publicKey))}`;
}

/** Refuses types that this library does not verify, and an id that is not that of name, type and key. */
export function parseVerifierKey(crypto: Crypto, text: string): VerifierKey {
  const [, name = '', id = '', material = ''] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text) ?? [];
  const wrong = (why: string) => new LedgerFault('key-malformed', `The verifier key “${name}” ${why}.`);
  if (name === '' || material === '') throw wrong('is not of the form name+id+key');
  if (!/^[0-9a-f]{8}$/.test(id)) throw wrong('has no id of eight lower-case hexadecimal digits');
  const bytes = fromBase64(material, `The verifier key “${name}”`);
  const type = bytes[0];
  if (!isType(type)) throw wrong(`is of type ${type}, which is not verified here`);
  const key = verifierKey(crypto, name, type, bytes.slice(1));
  if (key.id !== id) throw wrong(`has the id ${id} and not its own, ${key.id}`);
  return key;
}
