/** Strong entity tags over stream revisions, and the one precondition made from them (RFC 9110 §8.8.3 and §13.1.1). */

/** The strong entity tag of a revision: `12n` becomes `"12"`, with the quotes. */
export function entityTag(revision: bigint): string {
  return `"${revision}"`;
}

/**
 * What an `If-Match` header asks for. The faults are narrower than RFC 9110 has to be, and each has a reason:
 * `any` (`*`) and `weak` would let a client overwrite what it has not seen, `several` leaves open which of them it has
 * seen, and `malformed` is also said of a well-formed tag that `entityTag` never gives.
 */
export type IfMatch =
  | { readonly revision: bigint; readonly fault?: never }
  | { readonly fault: 'missing' | 'any' | 'weak' | 'several' | 'malformed'; readonly revision?: never };

const etag = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"';
const severalTags = new RegExp(`^${etag}(?:[ \\t]*,[ \\t]*${etag})+$`);
const weakTag = new RegExp(`^(?=W/)${etag}$`);
/** Revisions are unsigned 64-bit numbers; a leading zero would make two tags of one revision. */
const revisionTag = /^"(0|[1-9][0-9]{0,19})"$/;
const greatestRevision = 2n ** 64n - 1n;

/** Reads the field value as Node gives it: trimmed, and repeated fields joined by commas. It never throws. */
export function parseIfMatch(header: string | undefined): IfMatch {
  const value = header?.trim() ?? '';
  if (value === '') return { fault: 'missing' };
  if (value === '*') return { fault: 'any' };
  const digits = revisionTag.exec(value)?.[1];
  if (digits !== undefined && BigInt(digits) <= greatestRevision) return { revision: BigInt(digits) };
  if (weakTag.test(value)) return { fault: 'weak' };
  if (severalTags.test(value)) return { fault: 'several' };
  return { fault: 'malformed' };
}
