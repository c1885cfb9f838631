import { restingUpon, standingsIn, takesOut } from '../../src/platform/dropping.js';
import type { Stored } from '../../src/platform/envelope.js';
import type { Slice } from '../../src/platform/slice.js';
import { isProblem } from '../support/desk.js';
import type { Given } from './ledger.js';
import { SimulatedRecord } from './record.js';
import { at, expectSame, shown } from './told.js';
import type { Reached, Told } from './told.js';
import { viewsOf } from './without-views.js';

/**
 * What tells how far a stream has come, and nothing of what stands in it; and under which agreement a fulfilment was
 * reported, which is what whoever reported it found then.
 */
const counters: readonly string[] = ['revision', 'updatedAt', 'lastHeard', 'checked', 'agreement'];
/** A consequence that fell is drawn anew where its cause still counts: it is the same one, drawn when that fell. */
const moments: readonly string[] = ['eventId', 'recordedAt', 'stageSince', 'since', 'occurred'];
/** A mere link stays in its place for as long as anything names the irritant, whatever was the first that did. */
const unordered: readonly string[] = ['instruments'];

/** Whole books and pages take as long to make as all the rest, so not every one is compared. */
const viewsOfOneIn = Number(process.env['SIMULATION_VIEWS'] ?? 3);

/** In what place in its stream a consequence stands tells nothing where it may have been drawn anew. */
type Consequences = ReadonlyMap<string, string>;

function sorted(items: readonly unknown[]): readonly unknown[] {
  const key = (one: unknown) => JSON.stringify(one) ?? '';
  return items.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

function stripped(value: unknown, names: readonly string[], consequences: Consequences): unknown {
  if (typeof value === 'string') return consequences.get(value) ?? value;
  if (Array.isArray(value)) {
    const items = value.map((one) => stripped(one, names, consequences));
    // Without moments there is no order either.
    return names.includes('occurred') ? sorted(items) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const kept = stripped(member, names, consequences);
      if (names.includes(name)) return [];
      return [[name, unordered.includes(name) && Array.isArray(kept) ? sorted(kept) : kept]];
    }),
  );
}

/** The streams in which a consequence has fallen, or was drawn because something fell, by the place. */
function drawnAnewIn({ streams, entries }: Told, place: number): ReadonlySet<string> {
  const found = new Set<string>();
  const anew = new Set(entries.filter(({ event }) => takesOut(event)).map(({ event }) => event.id));
  for (const { event } of entries.filter(({ seq }) => seq <= place)) {
    if (takesOut(event) || !anew.has(event.causationId ?? '')) continue;
    anew.add(event.id);
    found.add(event.stream);
  }
  for (const [stream, reached] of streams) {
    const events = reached.filter(({ seq }) => seq <= place).map((one) => one.event);
    const { dropped } = standingsIn(events);
    if (events.some(({ id, act }) => act.capacity === 'derived' && dropped.has(id))) found.add(stream);
  }
  return found;
}

/** By id, what each consequence of a record is and on what: the same one has another id where it was drawn anew. */
function consequencesIn(events: readonly Stored[]): Consequences {
  const derived = events.filter((one) => one.act.capacity === 'derived');
  return new Map(derived.map(({ id, stream, type }) => [id, `${type} in ${stream}`]));
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
  // Whoever enters the record with an act that is gone has not entered it there.
  for (const [index, { type, id }] of before.entries()) {
    if (type === 'SecretariatEntered' && gone.has(before[index + 1]?.id ?? '')) gone.add(id);
  }
  return gone;
}

/** Without what has gone somebody would have been refused, or would have said nothing new: it would not have said it. */
class NobodySaysSo extends Error {}

async function settledAt(record: SimulatedRecord, at: number): Promise<void> {
  record.desk.clock.advance(at - record.desk.clock.now());
  await record.settle();
}

async function giveAgain(told: Told, given: Given, { desk }: SimulatedRecord): Promise<void> {
  const { who, command, id, body, path, at: when, number } = given;
  const [slice = ''] = command.split('.');
  const before = id === null ? -1 : (await desk.read(slice, id)).revision;
  desk.clock.advance(when - 1_000 - desk.clock.now());
  desk.goOnAt(number);
  const made = await desk.do(who, command, id, body, path).catch((error: unknown) => {
    if (!isProblem(error)) throw error;
    throw new NobodySaysSo(`${command} is refused: ${error.message}`, { cause: error });
  });
  if (made.revision === before) throw new NobodySaysSo(`${command} says nothing new.`);
  const anew = (await desk.record.world.events(given.stream)).find((one) => one.revision > before);
  if (anew?.data['version'] !== entryOf(told, given)?.event.data['version'])
    throw new NobodySaysSo(`${command} brings in a version with another number.`);
}

/** Gives the same commands on this record, but for those whose act is gone; throws where one is refused. */
async function playWithout(told: Told, taken: TakenBack, record: SimulatedRecord): Promise<void> {
  const gone = goneWith(told, taken);
  for (const given of told.stage.ledger.given) {
    if (given === taken.by) break;
    const { target = '' } = given.body as { readonly target?: string };
    if (!gone.has(entryOf(told, given)?.event.id ?? '') && !gone.has(target))
      await giveAgain(told, given, record);
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
    const registry = record.desk.record.registry;
    const played = record.desk.record.projections.record.after(-1, 100_000);
    const consequences = consequencesIn([
      ...told.entries.map((one) => one.event),
      ...played.map((one) => registry.read(one.event)),
    ]);
    const drawnAnew = drawnAnewIn(told, place);
    for (const [stream, reached] of told.streams) {
      const last = reached.findLast((one) => one.seq <= place);
      if (last === undefined || last.folded.slice.name === 'sources' || isErasedSince(reached)) continue;
      const { slice, id } = last.folded;
      const anew = await record.desk.read(slice.name, id).catch(() => undefined);
      // Who only keeps the record is known from then on, whatever becomes of what it recorded.
      const isAnew = drawnAnew.has(stream);
      const names = isAnew ? [...counters, ...moments] : counters;
      const [found, wanted] = [shown(last), anew ?? {}].map((one) =>
        stripped({ ...one, kept: null }, names, isAnew ? consequences : new Map()),
      );
      expectSame(last, found, wanted);
    }
    if (taken.by.number % viewsOfOneIn === 0) {
      await expectSameViews(told, taken, record, drawnAnew.size > 0 ? consequences : undefined);
    }
    return true;
  } catch (error) {
    if (error instanceof NobodySaysSo && taken.entry.event.type === 'AttributionDisavowed') return false;
    const { event } = taken.entry;
    throw new Error(`Taken back by ${at(taken.entry)} (${JSON.stringify(event.data)}).`, { cause: error });
  } finally {
    await record.close();
  }
}

/** Where the others stand is told by ordinals, and what was read by when it was read. */
const ofTheReading: readonly string[] = ['seq', 'asOfSeq', 'knownSeq', 'final'];

/** What is made from the whole dialogue is the same: agenda, statistics, lists of what is open, books and pages. */
async function expectSameViews(
  told: Told,
  taken: TakenBack,
  anew: SimulatedRecord,
  drawnAnew: Consequences | undefined,
): Promise<void> {
  const { dialogueId, things, desk } = told.stage;
  if ([...told.streams.values()].some(isErasedSince)) return;
  const when = taken.by.settledAt ?? taken.by.at;
  const isThere = (id: string) =>
    (told.streams.get(`irritant-${id}`)?.[0]?.seq ?? Infinity) <= placeAfter(told, taken);
  const irritants = things.irritants.filter(isThere);
  const [found, wanted] = await Promise.all(
    [desk.record, anew.desk.record].map((one) => viewsOf(one, dialogueId, irritants, when)),
  );
  const names = [
    ...counters,
    ...ofTheReading,
    ...(drawnAnew === undefined ? [] : [...moments, 'books', 'pages']),
  ];
  expectSame(
    taken.entry,
    stripped(found, names, drawnAnew ?? new Map()),
    stripped(wanted, names, drawnAnew ?? new Map()),
  );
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
  // Whose delegation a side names is not whose word that is.
  const {
    eventId,
    party: about,
    saidBy: whose = about,
  } = value as {
    readonly eventId?: unknown;
    readonly party?: unknown;
    readonly saidBy?: unknown;
  };
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
