/**
 * Writes a path as a JSON Pointer (RFC 6901 §3 and §4): `['a/b', 0]` becomes `/a~1b/0`, and the whole document is `''`.
 * `~` is escaped before `/`, for otherwise the tilde of an escaped slash would be escaped a second time.
 */
export function pointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
