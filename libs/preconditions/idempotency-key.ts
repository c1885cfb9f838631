/**
 * The Idempotency-Key request header (the IETF draft draft-ietf-httpapi-idempotency-key-header). The draft makes it a
 * structured-field string, `"8e03978e"`; most clients send the bare key. Both mean the same key here.
 */
export type IdempotencyKey =
  | { readonly key: string; readonly fault?: never }
  | { readonly fault: 'missing' | 'malformed'; readonly key?: never };

/** Bounded because the key is hashed and stored; visible because a key with blanks is a mistake more often than not. */
const visibleKey = /^[\x21-\x7e]{1,255}$/;
/** A structured-field string without parameters (RFC 9651 §3.3.3): only the quote and the backslash are escaped. */
const quotedString = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/** Answers the bare key of 1 to 255 visible ASCII characters, or what is wrong with the header. It never throws. */
export function parseIdempotencyKey(header: string | undefined): IdempotencyKey {
  const value = header?.trim() ?? '';
  if (value === '') return { fault: 'missing' };
  const key = value.startsWith('"') ? quotedString.exec(value)?.[1]?.replace(/\\(["\\])/g, '$1') : value;
  return key !== undefined && visibleKey.test(key) ? { key } : { fault: 'malformed' };
}
