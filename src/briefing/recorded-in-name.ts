import type { Stored } from '../platform/record/envelope.js';
import { streamOf } from '../platform/record/fold.js';
import { inYourName } from '../platform/lists/in-your-name.js';
import type { ReadTalks } from './talks.js';

/** An act that somebody else recorded in a party's name, and that the party has not answered. */
export interface InName {
  readonly seq: number;
  readonly event: Stored;
}

/** The streams of the dialogue and of everything in it. */
function streamsOf({ dialogue, irritants, rounds, readings, ...talks }: ReadTalks): readonly string[] {
  const { registry } = readings.record;
  const { exchanges, proposals, roadmaps, commitments, assets } = talks;
  const all = {
    dialogues: [dialogue],
    irritants,
    rounds,
    exchanges,
    proposals,
    roadmaps,
    commitments,
    assets,
  };
  return Object.entries(all).flatMap(([slice, entries]) =>
    entries.map(({ id }) => streamOf(registry.get(slice), id)),
  );
}

/** By party, in the order of the record. */
export function recordedInName(talks: ReadTalks): { readonly [party: string]: readonly InName[] } {
  const { readings, dialogue } = talks;
  const streams = streamsOf(talks);
  const of = (party: string) =>
    streams
      .flatMap((stream) => {
        const open = new Set(inYourName(readings.events(stream), party).map(({ id }) => id));
        if (open.size === 0) return [];
        const seqs = new Map(readings.prefix(stream).map(({ seq, event }) => [event.id, seq]));
        return readings
          .counted(stream)
          .filter((event) => open.has(event.id))
          .map((event) => ({ seq: seqs.get(event.id) ?? 0, event }));
      })
      .toSorted((one, other) => one.seq - other.seq);
  return Object.fromEntries(dialogue.parties.map((party) => [party, of(party)]));
}

/** As the agenda gives it: enough to find each act, and to endorse or disavow it. */
export function inNameView(talks: ReadTalks) {
  const all = Object.entries(recordedInName(talks)).map(([party, entries]) => [
    party,
    entries.map(({ seq, event }) => ({
      seq,
      eventId: event.id,
      stream: event.stream,
      revision: event.revision,
      type: event.type,
      recordedAt: event.recordedAt,
      recorderParty: event.act.recorderParty,
      summary: talks.readings.summary(event),
    })),
  ]);
  return Object.fromEntries(all) as { readonly [party: string]: readonly object[] };
}
