import type { SourceRef } from '#libs/decider';
import { prefixOf } from '../audit/as-of.js';
import { entriesOf } from '../audit/history.js';
import { stagesOf } from '../audit/stages.js';
import type { IrritantDocument } from '../audit/documents.js';
import { withoutTail } from '../pages/quotes.js';
import type { Quote, Told } from '../pages/quotes.js';
import { countedIn, amendmentEvents } from '../platform/amendments.js';
import type { Stored } from '../platform/envelope.js';
import { idOf } from '../platform/fold.js';
import { namedIrritants } from '../platform/named-facts.js';
import type { OpenRecord } from '../platform/record.js';
import { instantOfWord } from './talks.js';
import type { Talks } from './talks.js';

/** One act of an irritant’s history, in the words that count today. */
export interface Act {
  /** The irritant or the instrument in whose stream it is. */
  readonly on: { readonly kind: string; readonly id: string };
  readonly party: string | null;
  readonly capacity: Stored['act']['capacity'];
  readonly occurred: Stored['occurred'];
  readonly recordedAt: string;
  /** When it counts as said, in epoch ms. */
  readonly at: number;
  readonly summary: readonly Told[];
  readonly quotes: readonly Quote[];
  readonly sources: readonly SourceRef[];
  /** The stage that it led to, where it moved it. */
  readonly movedTo: string | undefined;
}

/** The events of its stream as they count: corrected, and without what was retracted. */
function countedOf(record: OpenRecord, stream: string, talks: Talks): ReadonlyMap<string, Stored> {
  const slice = record.registry.slices.find(({ prefix }) => stream.startsWith(`${prefix}-`));
  const events = prefixOf(record, stream, talks.moment.knownSeq).map((one) => one.event);
  const counted = slice === undefined ? events : countedIn(slice, events).counted;
  return new Map(counted.filter(talks.moment.counts).map((one) => [one.id, one]));
}

/**
 * Whether it was said of this matter. What a round or an exchange of notes holds beside it is in the history of every
 * irritant that it concerns: there it tells how things came about, but it is nobody’s word on any one of them.
 */
function isOnMatter({ stream, data }: Stored, irritantId: string): boolean {
  return !/^(round|exchange)-/.test(stream) || namedIrritants([{ data } as never]).includes(irritantId);
}

/** Every act on the matter that counts at the moment, in the order of the record. */
export async function actsOf(
  record: OpenRecord,
  talks: Talks,
  { id }: IrritantDocument,
): Promise<readonly Act[]> {
  const entries = entriesOf(record, record.registry.get('irritants'), id, talks.moment.knownSeq);
  const moves = new Map<number, string>();
  for await (const { seq, to } of stagesOf(record, id, talks.moment)) moves.set(seq, to);
  const streams = new Map<string, ReadonlyMap<string, Stored>>();
  return entries.flatMap(({ seq, event: { id: eventId, stream } }) => {
    const counted = streams.get(stream) ?? countedOf(record, stream, talks);
    streams.set(stream, counted);
    const event = counted.get(eventId);
    if (event === undefined || Object.hasOwn(amendmentEvents, event.type) || !isOnMatter(event, id))
      return [];
    const { head, quotes } = withoutTail(record.registry.summarise(event), event);
    return [
      {
        on: { kind: stream.slice(0, stream.indexOf('-')), id: idOf(stream) },
        party: event.act.party,
        capacity: event.act.capacity,
        occurred: event.occurred,
        recordedAt: event.recordedAt,
        at: instantOfWord(event),
        summary: head,
        quotes,
        sources: event.sources,
        movedTo: moves.get(seq),
      },
    ];
  });
}

const fewActs = 5;

/** What moved the stage, and the latest few acts of the parties: enough to know how it came to where it stands. */
export function inShort(acts: readonly Act[]): readonly Act[] {
  const latest = acts.filter((one) => one.party !== null).slice(-fewActs);
  return acts.filter((one) => one.movedTo !== undefined || latest.includes(one));
}

/** What the party said last, by when it said it. */
export function lastOf(acts: readonly Act[], party: string): Act | undefined {
  return acts
    .filter((one) => one.party === party)
    .reduce<Act | undefined>(
      (last, one) => (last === undefined || one.at >= last.at ? one : last),
      undefined,
    );
}
