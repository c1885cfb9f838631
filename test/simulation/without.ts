import { restingUpon, standingsIn } from '../../src/platform/dropping.js';
import type { Slice } from '../../src/platform/slice.js';
import { isProblem } from '../support/desk.js';
import type { Given } from './ledger.js';
import { SimulatedRecord } from './record.js';
import { at, expectSame, shown } from './told.js';
import type { Reached, Told } from './told.js';

/** What tells how far a stream has come, and nothing of what stands in it. */
const counters: readonly string[] = ['revision', 'updatedAt', 'lastHeard', 'checked'];
/** A consequence that fell is drawn anew where its cause still counts: it is the same one, drawn when that fell. */
const moments: readonly string[] = ['eventId', 'recordedAt', 'stageSince', 'since', 'occurred'];

function stripped(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const items = value.map((one) => stripped(one, names));
    // Without moments there is no order either.
    const key = (one: unknown) => JSON.stringify(one) ?? '';
    return names === counters ? items : items.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      names.includes(name) ? [] : [[name, stripped(member, names)]],
    ),
  );
}

function isDrawnAnew(reached: readonly Reached[]): boolean {
  const { dropped } = standingsIn(reached.map((one) => one.event));
  return reached.some(({ event }) => event.act.capacity === 'derived' && dropped.has(event.id));
}

interface TakenBack {
  /** The act by which something was taken out. */
  readonly by: Given;
  readonly entry: Reached;
  readonly target: string;
}

function entryOf({ streams }: Told, { stream, revision }: Given): Reached | undefined {
  return streams.get(stream)?.[revision];
}

/** What was taken out, and everything anywhere that rested on it by then. */
function goneWith(told: Told, { entry, target }: TakenBack): ReadonlySet<string> {
  const before = told.entries.filter((one) => one.seq < entry.seq).map((one) => one.event);
  const gone = new Set([target, ...restingUpon(before, [target])]);
  // What amends it, or amends an amendment of it, has nothing left to amend; the record has them in their order.
  for (const { id, data } of before) {
    if (gone.has(String((data as { target?: unknown }).target))) gone.add(id);
  }
  return gone;
}

async function settledAt(record: SimulatedRecord, at: number): Promise<void> {
  record.desk.clock.advance(at - record.desk.clock.now());
  await record.settle();
}

/** Gives the same commands on this record, but for those whose act is gone; throws where one is refused. */
async function playWithout(told: Told, taken: TakenBack, record: SimulatedRecord): Promise<void> {
  const gone = goneWith(told, taken);
  for (const given of told.stage.ledger.given) {
    if (given === taken.by) break;
    if (!gone.has(entryOf(told, given)?.event.id ?? '')) {
      const { who, command, id, body, path, number } = given;
      record.desk.clock.advance(given.at - 1_000 - record.desk.clock.now());
      record.desk.goOnAt(number);
      await record.desk.do(who, command, id, body, path);
    }
    if (given.settledAt !== undefined) await settledAt(record, given.settledAt);
  }
  await settledAt(record, taken.by.settledAt ?? taken.by.at);
}

/** The last place at which the consequences of the act had been drawn, and nothing else had been said. */
function placeAfter({ entries }: Told, { by }: TakenBack): number {
  // The clock goes on with each command, so that what was said next was recorded later.
  const settledAt = by.settledAt ?? by.at;
  return entries.findLast(({ event }) => Date.parse(event.recordedAt) <= settledAt)?.seq ?? 0;
}

/**
 * The state of everything else is that of the history in which the act, and what rests on it, was never given. False
 * where there is no such history: somebody would not have said later what it said, because what the act had ended would
 * have stood in the way. Of what is retracted there always is one.
 */
async function expectAsWithout(told: Told, taken: TakenBack, slices?: readonly Slice[]): Promise<boolean> {
  const record = await SimulatedRecord.open(slices);
  try {
    await playWithout(told, taken, record);
    const place = placeAfter(told, taken);
    for (const reached of told.streams.values()) {
      const last = reached.findLast((one) => one.seq <= place);
      if (last === undefined || last.folded.slice.name === 'sources' || isErasedSince(reached)) continue;
      const { slice, id } = last.folded;
      const anew = await record.desk.read(slice.name, id).catch(() => undefined);
      // Who only keeps the record is known from then on, whatever becomes of what it recorded.
      const names = isDrawnAnew(reached) ? [...counters, ...moments] : counters;
      const [found, wanted] = [shown(last), anew ?? {}].map((one) => stripped({ ...one, kept: null }, names));
      expectSame(last, found, wanted);
    }
    return true;
  } catch (error) {
    if (isProblem(error) && taken.entry.event.type === 'AttributionDisavowed') return false;
    const { event } = taken.entry;
    throw new Error(`Taken back by ${at(taken.entry)} (${JSON.stringify(event.data)}).`, { cause: error });
  } finally {
    await record.close();
  }
}

/** Erased words are gone from what was shown before as well. */
function isErasedSince(reached: readonly Reached[]): boolean {
  return reached.some(({ event }) => event.type === 'ContentErased');
}

function takenBackBy(told: Told, commands: readonly string[]): readonly TakenBack[] {
  return told.stage.ledger.given.flatMap((by) => {
    const entry = commands.some((one) => by.command.endsWith(`.${one}`)) ? entryOf(told, by) : undefined;
    const target = entry?.event.data['target'] as string | undefined;
    if (entry === undefined || target === undefined) return [];
    return isFirst(told, by.stream, target) ? [] : [{ by, entry, target }];
  });
}

/** Without its first event there would be no aggregate, and nothing to compare. */
function isFirst({ streams }: Told, stream: string, target: string): boolean {
  return streams.get(stream)?.[0]?.event.id === target;
}

export interface Compared {
  retractions: number;
  disavowals: number;
  /** Those without a history to compare with. */
  without: number;
}

/** Every accepted retraction, and every disavowal, leaves what a history without it would have. */
export async function takingBackLeavesNoTrace(
  told: Told,
  compared: Compared,
  slices?: readonly Slice[],
): Promise<void> {
  const retractions = takenBackBy(told, ['RetractEvent']);
  const disavowals = takenBackBy(told, ['DisavowAttribution']);
  for (const one of retractions) expectStandings(told, one);
  for (const one of [...retractions, ...disavowals]) {
    if (!(await expectAsWithout(told, one, slices))) compared.without += 1;
  }
  compared.retractions += retractions.length;
  compared.disavowals += disavowals.length;
}

type Words = Map<string, string>;

/** Of every word in a representation: where it stands, and in which state. */
function wordsStanding(value: unknown, party: string | null, place = '', found: Words = new Map()): Words {
  if (typeof value !== 'object' || value === null) return found;
  const { eventId, party: whose } = value as { eventId?: unknown; party?: unknown };
  if (typeof eventId === 'string' && typeof whose === 'string' && whose !== party) {
    const own = Object.entries(value).filter(([, member]) => typeof member !== 'object');
    found.set(`${place} ${eventId}`, JSON.stringify(own));
  }
  for (const [name, member] of Object.entries(value)) {
    if (counters.includes(name)) continue;
    wordsStanding(member, party, Array.isArray(value) ? place : `${place}/${name}`, found);
  }
  return found;
}

/** A retraction changes the standing of no word of anybody else. */
function expectStandings({ streams }: Told, { entry, target }: TakenBack): void {
  const stream = streams.get(entry.event.stream) ?? [];
  const before = stream[entry.event.revision - 1];
  if (before === undefined) return;
  const party = stream.find((one) => one.event.id === target)?.event.act.party ?? null;
  const [was, is] = [before, entry].map((one) => Object.fromEntries(wordsStanding(shown(one), party)));
  expectSame(entry, is, was);
}
