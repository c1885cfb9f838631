/** The examples of a guide as its readers see them, by label, in the order in which they stand. */

export function plain(text: string): string {
  return text
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

export function examplesOf(page: string): ReadonlyMap<string, string> {
  return new Map(
    [...page.matchAll(/<pre tabindex="0" aria-label="([^"]+)"><code>([^]*?)<\/code><\/pre>/g)].map(
      ([, label = '', text = '']) => [plain(label), plain(text)] as const,
    ),
  );
}
