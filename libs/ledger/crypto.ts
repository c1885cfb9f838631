export type Algorithm = 'ed25519' | 'ml-dsa-44';

/**
 * What this library takes from outside, so that the same code runs on `node:crypto` and in a page: no clock, no chance,
 * no private key.
 */
export interface Crypto {
  /**
   * Writes the 32 bytes of SHA-256 (FIPS 180-4) of the input into the output from the offset on. A text, which is well
   * formed, stands for its UTF-8.
   */
  sha256(input: Uint8Array | string, output: Uint8Array, offset: number): void;
  /** The same in 64 lower-case hexadecimal digits. */
  sha256Hex(input: Uint8Array | string): string;
  /**
   * Whether the signature over the message is the key's: Ed25519 (RFC 8032, key of 32 bytes) or ML-DSA-44 (FIPS 204, key
   * of 1,312 bytes, empty context). False for whatever is no signature or no key at all.
   */
  verify(algorithm: Algorithm, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

export const hashBytes = 32;

export function sha256(crypto: Crypto, input: Uint8Array | string): Uint8Array {
  const output = new Uint8Array(hashBytes);
  crypto.sha256(input, output, 0);
  return output;
}
