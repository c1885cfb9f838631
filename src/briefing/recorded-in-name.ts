import { prefixOf } from '../reading/as-of.js';
import { countedIn } from '../platform/record/amendments.js';
import type { Stored } from '../platform/record/envelope.js';
import { streamOf } from '../platform/record/fold.js';
import { inYourName } from '../platform/lists/in-your-name.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Talks } from './talks.js';
import { summaryOf } from '../reading/naming.js';

/** An act that somebody else recorded in a party's name, and that the party has not answered. */
export interface InName {
  readonly seq: number;
  readonly event: Stored;
}

/** The streams of the dialogue and of everything in it. */
function streamsOf(record: RecordRead, talks: Talks): readonly string[] {
  const of = (slice: string, all: readonly { readonly id: string }[]) =>
    all.map(({ id }) => streamOf(record.registry.get(slice), id));
  const { irritants, rounds, exchanges, proposals, roadmaps, commitments, assets } = talks;
  return [
    ...of('dialogues', [talks.dialogue]),
    ...Object.entries({ irritants, rounds, exchanges, proposals, roadmaps, commitments, assets }).flatMap(
      ([slice, all]) => of(slice, all),
    ),
  ];
}

/** By party, in the order of the record. */
export function recordedInName(
  record: RecordRead,
  talks: Talks,
): { readonly [party: string]: readonly InName[] } {
  const { knownOrdinal, counts } = talks.moment;
  const streams = streamsOf(record, talks).map((stream) => prefixOf(record, stream, knownOrdinal));
  const of = (party: string) =>
    streams
      .flatMap((entries) => {
        const events = entries.map(({ event }) => event);
        const open = new Set(inYourName(events, party).map(({ id }) => id));
        if (open.size === 0) return [];
        const { counted } = countedIn(record.registry.ofStream(events[0]?.stream ?? ''), events);
        const seqs = new Map(entries.map(({ seq, event }) => [event.id, seq]));
        return counted
          .filter((event) => open.has(event.id) && counts(event))
          .map((event) => ({ seq: seqs.get(event.id) ?? 0, event }));
      })
      .toSorted((one, other) => one.seq - other.seq);
  return Object.fromEntries(talks.dialogue.parties.map((party) => [party, of(party)]));
}

/** As the agenda gives it: enough to find each act, and to endorse or disavow it. */
export function inNameView(record: RecordRead, talks: Talks) {
  const all = Object.entries(recordedInName(record, talks)).map(([party, entries]) => [
    party,
    entries.map(({ seq, event }) => ({
      seq,
      eventId: event.id,
      stream: event.stream,
      revision: event.revision,
      type: event.type,
      recordedAt: event.recordedAt,
      recorderParty: event.act.recorderParty,
      summary: summaryOf(record, event),
    })),
  ]);
  return Object.fromEntries(all) as { readonly [party: string]: readonly object[] };
}
