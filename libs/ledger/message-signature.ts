import { base64url, fromBase64url } from './bytes.js';
import { canonicalText } from './canonical.js';
import { sha256 } from './crypto.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';

/** The lines that a signature of RFC 9421 §2.5 covers, and after them its parameters. */
export function signatureBase(
  components: readonly (readonly [string, string])[],
  parameters: string,
): string {
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  return [...lines, `"@signature-params": ${parameters}`].join('\n');
}

/** A public Ed25519 key by what it is (RFC 7638, RFC 8037): base64url of 32 bytes. */
export function thumbprint(crypto: Crypto, publicKey: Uint8Array): string {
  return base64url(sha256(crypto, canonicalText(jwkOf(publicKey))));
}

/** The members of a JSON Web Key that a thumbprint takes. */
export function jwkOf(publicKey: Uint8Array) {
  return { crv: 'Ed25519', kty: 'OKP', x: base64url(publicKey) };
}

/** Refuses other kinds of keys; further members are of no account. */
export function publicKeyOf(jwk: unknown): Uint8Array {
  const { crv, kty, x } = (jwk ?? {}) as Record<string, unknown>;
  if (crv !== 'Ed25519' || kty !== 'OKP' || typeof x !== 'string')
    throw new LedgerFault('key-malformed', 'The key is no Ed25519 key as a JSON Web Key.');
  return fromBase64url(x, 'The key', 32);
}
