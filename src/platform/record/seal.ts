import { createHmac } from 'node:crypto';
import type { LangText } from '#libs/decider';
import { canonicalBytes, sha256Hex } from '#libs/canonical';

export type Texts = LangText | { readonly [key: string]: LangText };

/** What a hashed text is hashed with, beside its words. */
export interface SealedWith {
  readonly authentic?: readonly string[] | undefined;
  readonly irritantIds?: readonly string[] | undefined;
  readonly steps?: readonly unknown[] | undefined;
  readonly commitments?: readonly unknown[] | undefined;
}

/** Whatever decides is inside the hash: what the text is about, its steps, and the commitments it names. */
function deciding({ authentic = [], irritantIds = [], steps, commitments = [] }: SealedWith) {
  return {
    authentic,
    irritantIds,
    ...(steps === undefined ? {} : { steps }),
    ...(commitments.length === 0 ? {} : { commitments }),
  };
}

/** The languages in which any of the words are, in the order of their tags. */
export function languagesOf(texts: Texts): readonly string[] {
  const entries = Object.entries(texts) as readonly (readonly [string, string | LangText])[];
  const tags = entries.flatMap(([key, one]) => (typeof one === 'string' ? [key] : Object.keys(one)));
  return [...new Set(tags)].sort();
}

/**
 * The hash of a text that parties assent to: SHA-256 of the RFC 8785 bytes of
 * `{nonce, languages, authentic[], irritantIds[], texts, steps?, commitments?}`. Claims and terms of resolution name no
 * authentic language and no irritants.
 */
export function sealOf(texts: Texts, nonce: string, sealed: SealedWith = {}): string {
  return sha256Hex(canonicalBytes({ nonce, languages: languagesOf(texts), texts, ...deciding(sealed) }));
}

/** Of a version known only by the hash of its paper, the same with that hash in the place of words and nonce. */
export function paperSealOf(textHash: string, sealed: SealedWith): string {
  return sha256Hex(canonicalBytes({ textHash, languages: [], ...deciding(sealed) }));
}

/** The nonce of a text that comes with a salt of its sender: it tells nothing to whoever does not have the salt. */
export function nonceFrom(salt: string): string {
  const whole = createHmac('sha256', Buffer.from(salt, 'base64')).update('nonce').digest();
  return whole.subarray(0, 16).toString('base64');
}

/** What marks a request in the events it caused: its body can be compared later, and not guessed from the hash. */
export function bodyHash(salt: string, body: unknown): string {
  return sha256Hex(canonicalBytes({ salt, body }));
}

export function keyHash(principalId: string, route: string, key: string): string {
  return sha256Hex(canonicalBytes([principalId, route, key]));
}
