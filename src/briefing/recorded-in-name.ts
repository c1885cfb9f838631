import type { Stored } from '../platform/record/envelope.js';
import { GivingWay } from '../platform/record/giving-way.js';
import { streamOf } from '../platform/record/fold.js';
import { correctedIn } from '../reading/corrected-act.js';
import { EntryFlags } from '../reading/entry-flags.js';
import type { EntryFlag } from '../reading/entry-flags.js';
import { inYourName } from '../platform/lists/in-your-name.js';
import type { ReadTalks } from './talks.js';

/** An act that somebody else recorded in a party's name, and that the party has not answered. */
export interface InName {
  readonly seq: number;
  readonly event: Stored;
  readonly flags: readonly EntryFlag[];
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
export async function recordedInName(
  talks: ReadTalks,
  parties: readonly string[],
): Promise<{ readonly [party: string]: readonly InName[] }> {
  const found = parties.map((party) => ({ party, entries: [] as InName[] }));
  const flagged = new EntryFlags(talks.readings);
  const others = new GivingWay();
  for (const stream of streamsOf(talks)) {
    for (const { party, entries } of found) entries.push(...inNameOf(talks, stream, party, flagged));
    await others.turn();
  }
  return Object.fromEntries(
    found.map(({ party, entries }) => [party, entries.toSorted((one, other) => one.seq - other.seq)]),
  );
}

function inNameOf(
  { readings }: ReadTalks,
  stream: string,
  party: string,
  flagged: EntryFlags,
): readonly InName[] {
  const open = new Set(inYourName(readings.events(stream), party).map(({ id }) => id));
  if (open.size === 0) return [];
  const seqs = new Map(readings.prefix(stream).map(({ seq, event }) => [event.id, seq]));
  return readings
    .counted(stream)
    .filter((event) => open.has(event.id))
    .map((event) => ({ seq: seqs.get(event.id) ?? 0, event, flags: flagged.of(event) }));
}

/** As the agenda gives it: enough to find each act, and to endorse or disavow it. */
export async function inNameView(talks: ReadTalks): Promise<{ readonly [party: string]: readonly object[] }> {
  const others = new GivingWay();
  const told: { [party: string]: readonly object[] } = {};
  for (const [party, entries] of Object.entries(await recordedInName(talks, talks.dialogue.parties))) {
    const views: object[] = [];
    for (const one of entries) {
      views.push(viewOf(talks, one));
      await others.turn();
    }
    told[party] = views;
  }
  return told;
}

function viewOf({ readings }: ReadTalks, { seq, event, flags }: InName): object {
  const { id, stream, revision, type, recordedAt, act, content } = event;
  return {
    seq,
    eventId: id,
    stream,
    revision,
    type,
    recordedAt,
    recorderParty: act.recorderParty,
    summary: readings.summary(event),
    ...correctedIn(event),
    ...(content['doubted'] === undefined ? {} : { doubted: content['doubted'] }),
    ...(flags.length === 0 ? {} : { flags }),
  };
}
