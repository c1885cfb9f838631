import { foldAt } from '../reading/as-of.js';
import type { Moment } from '../reading/as-of.js';
import { represent } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';

/**
 * What is named beside the matter of a page, such as the dialogue or a source, in the words that it had at the moment.
 * Where it is said to have come about later than the effective date, in those that the record then knew.
 */
export function documentAt(
  record: RecordRead,
  slice: 'dialogues' | 'sources',
  id: string,
  moment: Moment,
): { readonly [field: string]: unknown } | undefined {
  const found = record.registry.get(slice);
  const folded =
    foldAt(record, found, id, moment) ?? foldAt(record, found, id, { ...moment, counts: () => true });
  return folded === undefined ? undefined : represent(folded);
}
