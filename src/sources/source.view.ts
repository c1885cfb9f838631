import { markedView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import type { Source } from './source.decider.js';

export function sourceView(source: Source, wordsOf: WordsOf) {
  const { registered, sourceId: _, registrar: _registrar, bytesId: _bytesId, ...facts } = source;
  const words = wordsOf(registered.eventId);
  return {
    ...facts,
    title: words['title'] ?? null,
    citation: words['citation'] ?? null,
    issuerName: words['issuerName'] ?? null,
    sha256: words['sha256'] ?? null,
    registered: markedView(registered, wordsOf),
  };
}
