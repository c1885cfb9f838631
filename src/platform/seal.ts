import type { LangText } from '#libs/decider';
import { canonicalBytes, sha256Hex } from '#libs/canonical';

export type Texts = LangText | { readonly [key: string]: LangText };

/** What a hashed text is hashed with, beside its words. */
export interface SealedWith {
  readonly authentic?: readonly string[] | undefined;
  readonly steps?: readonly unknown[] | undefined;
}

/** The languages in which any of the words are, in the order of their tags. */
export function languagesOf(texts: Texts): readonly string[] {
  const entries = Object.entries(texts) as readonly (readonly [string, string | LangText])[];
  const tags = entries.flatMap(([key, one]) => (typeof one === 'string' ? [key] : Object.keys(one)));
  return [...new Set(tags)].sort();
}

/**
 * The hash of a text that parties assent to: SHA-256 of the RFC 8785 bytes of
 * `{nonce, languages, authentic[], texts, steps?}`. Claims and terms of resolution name no authentic language.
 */
export function sealOf(texts: Texts, nonce: string, { authentic = [], steps }: SealedWith = {}): string {
  const languages = languagesOf(texts);
  return sha256Hex(
    canonicalBytes({ nonce, languages, authentic, texts, ...(steps === undefined ? {} : { steps }) }),
  );
}

/** What marks a request in the events it caused: its body can be compared later, and not guessed from the hash. */
export function bodyHash(salt: string, body: unknown): string {
  return sha256Hex(canonicalBytes({ salt, body }));
}

export function keyHash(principalId: string, route: string, key: string): string {
  return sha256Hex(canonicalBytes([principalId, route, key]));
}
