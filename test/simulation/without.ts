import type { Slice } from '../../src/platform/record/slice.js';
import { SimulatedRecord } from './record.js';
import { viewsOfOneIn } from './runs.js';
import { at, expectSame, shown } from './told.js';
import type { Reached, Told } from './told.js';
import { entryOf, NobodySaysSo, placeAfter, playWithout } from './without-replay.js';
import type { TakenBack } from './without-replay.js';
import { consequencesIn, counters, drawnAnewIn, moments, ofTheReading, stripped } from './without-same.js';
import type { Consequences } from './without-same.js';
import { viewsOf } from './without-views.js';

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
    // Who keeps the record is known from then on, as above.
    'kept',
    ...(drawnAnew === undefined ? [] : [...moments, 'books', 'pages']),
    // That a source is not its own is said of all that relies on it, and stays said.
    ...(taken.entry.event.data['ground'] === 'not-our-source' ? ['flags', 'books', 'pages'] : []),
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
export function wordsStanding(
  value: unknown,
  party: string | null,
  place = '',
  found: Words = new Map(),
): Words {
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
