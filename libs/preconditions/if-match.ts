const strongTag = '"[\\x21\\x23-\\x7e\\x80-\\xff]*"';
const tags = new RegExp(`^(?:W/)?${strongTag}(?:[ \\t]*,[ \\t]*(?:W/)?${strongTag})*$`);
const tag = new RegExp(`(?:W/)?${strongTag}`, 'g');

/**
 * Whether the `If-Match` header of a read holds for what has this entity tag, or none (RFC 9110 §13.1.1). The comparison
 * is the strong one, by which a weak tag is never the same as another (§8.8.3.2); `*` holds for whatever is there. What
 * can't be read holds for nothing. Acts take less, see `parseIfMatch`.
 */
export function isMatched(header: string | undefined, entityTag: string | undefined): boolean {
  const value = header?.trim() ?? '';
  if (value === '' || value === '*') return true;
  if (entityTag === undefined || !tags.test(value)) return false;
  for (const [one] of value.matchAll(tag)) if (one === entityTag) return true;
  return false;
}
