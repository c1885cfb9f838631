import { standingsIn } from '../platform/record/dropping.js';
import type { Stored } from '../platform/record/envelope.js';
import { targetOf } from '../platform/record/redating.js';

export type Dated = (event: Stored) => Stored['occurred'];

export const asRecorded: Dated = (event) => event.occurred;

/** When each event of a stream happened, as its corrections have it that count; of what dropped out too. */
export function datesIn(events: readonly Stored[]): Dated {
  const { dropped } = standingsIn(events);
  const corrected = new Map<string, Stored['occurred']>();
  for (const one of events) {
    const { occurred } = one.data as { readonly occurred?: Stored['occurred'] };
    if (one.type !== 'EventCorrected' || occurred === undefined || dropped.has(one.id)) continue;
    corrected.set(targetOf(one), occurred);
  }
  return (event) => corrected.get(event.id) ?? event.occurred;
}
