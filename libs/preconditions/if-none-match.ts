const tag = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;
const tags = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"(?:[ \t]*,[ \t]*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")*$/;

/**
 * Whether an `If-None-Match` header says that its sender has what the entity tag names (RFC 9110 §13.1.2): then a read is
 * answered 304. The comparison is the weak one, by which `W/"3"` is `"3"` (§8.8.3.2). What can't be read says nothing, for
 * the whole answer is never wrong.
 */
export function isHeld(header: string | undefined, entityTag: string): boolean {
  const value = header?.trim() ?? '';
  if (value === '' || value === entityTag) return value !== '';
  if (value === '*') return true;
  if (!tags.test(value)) return false;
  for (const [, opaque] of value.matchAll(tag)) if (opaque === entityTag) return true;
  return false;
}
