import type { LangText } from '#libs/decider';
import { canonicalBytes, sha256Hex } from '#libs/canonical';

/**
 * The hash of a text that parties assent to: SHA-256 of the RFC 8785 bytes of
 * `{nonce, languages, authentic[], texts}`. Claims and terms of resolution name no authentic language.
 */
export function sealOf(texts: LangText, nonce: string): string {
  return sha256Hex(canonicalBytes({ nonce, languages: Object.keys(texts).sort(), authentic: [], texts }));
}

/** What marks a request in the events it caused: its body can be compared later, and not guessed from the hash. */
export function bodyHash(salt: string, body: unknown): string {
  return sha256Hex(canonicalBytes({ salt, body }));
}

export function keyHash(principalId: string, route: string, key: string): string {
  return sha256Hex(canonicalBytes([principalId, route, key]));
}
