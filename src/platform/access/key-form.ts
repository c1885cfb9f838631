const keyForm = /^entente_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** Whether it was meant to be a key, also one with a mistake in it. No JWT begins like that. */
export function isKeyLike(bearer: string): boolean {
  return /^entente_/i.test(bearer);
}

/** What is shown of a key once: its id and its secret. */
export function keyOf(id: string, secret: string): string {
  return `entente_${id.replaceAll('-', '')}_${secret}`;
}

/** Undefined for what has not the form of a key. */
export function partsOf(key: string): { readonly id: string; readonly secret: string } | undefined {
  const [, hex, secret] = keyForm.exec(key) ?? [];
  if (hex === undefined || secret === undefined) return undefined;
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return { id: parts.join('-'), secret };
}

/** The id that a key carries; undefined where it has not the form of one. */
export function keyIdOf(key: string): string | undefined {
  return partsOf(key)?.id;
}
