import { createPublicKey, hash, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Algorithm, Crypto } from './crypto.js';
import { hashBytes } from './crypto.js';

/** The DER of a SubjectPublicKeyInfo up to the key itself (RFC 8410, RFC 9881). */
const before: Readonly<Record<Algorithm, { readonly prefix: Buffer; readonly length: number }>> = {
  ed25519: { prefix: Buffer.from('302a300506032b6570032100', 'hex'), length: 32 },
  'ml-dsa-44': { prefix: Buffer.from('30820532300b06096086480165030403110382052100', 'hex'), length: 1312 },
};

function keyObject(algorithm: Algorithm, publicKey: Uint8Array): KeyObject | undefined {
  const { prefix, length } = before[algorithm];
  if (publicKey.length !== length) return undefined;
  return createPublicKey({ key: Buffer.concat([prefix, publicKey]), format: 'der', type: 'spki' });
}

/** On `node:crypto`. A digest as a string of characters below 256 costs a third of what one as a buffer does. */
export const nodeCrypto: Crypto = {
  sha256(input, output, offset) {
    const digest = hash('sha256', input, 'binary');
    for (let index = 0; index < hashBytes; index++) output[offset + index] = digest.charCodeAt(index);
  },
  sha256Hex(input) {
    return hash('sha256', input, 'hex');
  },
  verify(algorithm, publicKey, message, signature) {
    try {
      const key = keyObject(algorithm, publicKey);
      return key !== undefined && verify(null, message, key, signature);
    } catch {
      // OpenSSL throws for what is no key; whoever asks wants to know no more than that it does not verify.
      return false;
    }
  },
};
