import { markedView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import { optionalOf, required } from '../platform/shapes/fields.js';
import { described, orNull, parties, plainText, ref, said } from '../platform/shapes/json-schema.js';
import { represented } from '../platform/shapes/said-shapes.js';
import type { Source } from './source.decider.js';
import { sourceEvents } from './source.events.js';

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

const { bytesId: _bytesId, ...sourceData } = sourceEvents.SourceRegistered.data;
export const sourceRepresentation = represented<typeof sourceView>({
  ...required(sourceData),
  ...optionalOf(sourceData),
  title: orNull(plainText),
  citation: orNull(plainText),
  issuerName: orNull(plainText),
  sha256: described(orNull(ref('Sha256')), 'The hash of the bytes that are held; it is erased with them.'),
  barredBy: described(
    parties,
    'The parties that have said that the source is not theirs. What was recorded in their name on it before stays: the list of what stands in the name of a party has it, with `source`.',
  ),
  registered: said,
});
