import type { LangText } from '#libs/decider';
import type { Placed } from '../reading/at-moment.js';
import type { Readings } from '../reading/readings.js';
import type { CommitmentDocument } from '../reading/documents.js';
import { GivingWay } from '../platform/record/giving-way.js';
import { streamOf } from '../platform/record/fold.js';
import { about, instantOfWord, isInForce, isOpen } from './talks.js';
import type { ReadTalks, Talks } from './talks.js';

/** The last time that anybody said anything of it: an act of a party, not the keeping of the record. */
export interface LastHeard {
  readonly at: string;
  readonly party: string | null;
  readonly eventId: string;
  readonly summary: string;
}

/** So many calendar months earlier; where that month is shorter, its last day. */
export function monthsBefore(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** Whole calendar months between two moments. */
function monthsSince(then: number, at: number): number {
  const [from, to] = [new Date(then), new Date(at)];
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return monthsBefore(at, months) < then ? months - 1 : months;
}

/**
 * What was retracted was never said; what is derived, or keeps the record, is nobody's word. Each is amended by the
 * whole of its own stream, for some of an entry's streams are here only in part.
 */
function lastHeard(readings: Readings, entries: readonly Placed[], before: number): LastHeard | undefined {
  const streams = new Set(entries.map(({ event }) => event.stream));
  const counted = [...streams].flatMap((stream) => readings.counted(stream));
  const byId = new Map(counted.map((event) => [event.id, event]));
  const words = entries
    .flatMap(({ event }) => byId.get(event.id) ?? [])
    .filter((event) => event.act.party !== null && event.data['target'] === undefined)
    .map((event) => ({ event, at: instantOfWord(event) }));
  const last = words.reduce<(typeof words)[number] | undefined>(
    (latest, one) => (latest === undefined || one.at >= latest.at ? one : latest),
    undefined,
  );
  // Most have been heard of since, and nobody asks what was said.
  return last === undefined || last.at > before
    ? undefined
    : {
        at: new Date(last.at).toISOString(),
        party: last.event.act.party,
        eventId: last.event.id,
        summary: readings.summary(last.event),
      };
}

/** When each was last heard of, by id, if that is long ago; what nobody ever spoke of is in none. */
export interface Heard {
  readonly irritants: ReadonlyMap<string, LastHeard>;
  readonly commitments: ReadonlyMap<string, LastHeard>;
}

function silent<T extends { readonly id: string }>(
  talks: Talks,
  months: number,
  all: readonly T[],
  heard: ReadonlyMap<string, LastHeard>,
): readonly { readonly one: T; readonly lastHeard: LastHeard; readonly silentMonths: number }[] {
  const before = monthsBefore(talks.at, months);
  return all
    .flatMap((one) => {
      const last = heard.get(one.id);
      if (last === undefined || Date.parse(last.at) > before) return [];
      return [{ one, lastHeard: last, silentMonths: monthsSince(Date.parse(last.at), talks.at) }];
    })
    .toSorted((one, other) => one.lastHeard.at.localeCompare(other.lastHeard.at));
}

function inForce({ commitments }: Talks): readonly CommitmentDocument[] {
  return commitments.filter(isInForce);
}

/** Open irritants, and commitments in force, of which nobody has said anything for so many months. */
export function staleFrom(talks: Talks, months: number, heard: Heard) {
  return {
    dialogueId: talks.dialogue.id,
    months,
    before: new Date(monthsBefore(talks.at, months)).toISOString(),
    irritants: silent(talks, months, talks.irritants.filter(isOpen), heard.irritants).map(
      ({ one, ...silence }) => ({
        irritantId: one.id,
        key: one.key,
        title: one.title as LangText | null,
        titled: one.titled,
        stage: one.stage,
        ...silence,
        awaiting: one.awaiting,
      }),
    ),
    commitments: silent(talks, months, inForce(talks), heard.commitments).map(({ one, ...silence }) => ({
      commitmentId: one.id,
      text: one.text as LangText | null,
      obligors: one.obligors,
      ...silence,
    })),
    ...about(talks),
  };
}
export type Stale = ReturnType<typeof staleFrom>;

async function heardOf(
  readings: Readings,
  all: readonly { readonly id: string }[],
  before: number,
  entries: (id: string) => readonly Placed[],
): Promise<ReadonlyMap<string, LastHeard>> {
  const heard = new Map<string, LastHeard>();
  const others = new GivingWay();
  for (const { id } of all) {
    const last = lastHeard(readings, entries(id), before);
    if (last !== undefined) heard.set(id, last);
    await others.turn();
  }
  return heard;
}

/** Of an irritant whatever its history shows counts, what was said of its instruments too. */
export async function staleOf(talks: ReadTalks, months: number): Promise<Stale> {
  const { readings } = talks;
  const { registry } = readings.record;
  const open = talks.irritants.filter(isOpen);
  const onMatter = (id: string) => readings.history(registry.part('matter'), id).all;
  const onCommitment = (id: string) => readings.prefix(streamOf(registry.get('commitments'), id));
  const before = monthsBefore(talks.at, months);
  return staleFrom(talks, months, {
    irritants: await heardOf(readings, open, before, onMatter),
    commitments: await heardOf(readings, inForce(talks), before, onCommitment),
  });
}
