import { restingUpon, standingsIn } from '../../src/platform/record/dropping.js';
import { acts } from '../support/desk.js';
import type { Given } from './ledger.js';
import { isSame } from './same.js';
import type { Side } from './stage.js';
import { expectSame, shown } from './told.js';
import type { Entry, Told } from './told.js';

/** What the service enters beside an act, and no client gives. */
const besideActs: readonly string[] = ['SecretariatEntered'];

function keyOf({ stream, revision, type }: { stream: string; revision: number; type: string }): string {
  return `${stream} r${revision} ${type}`;
}

/** The list that the client of a side keeps: what this side gave, and nothing that others gave in its name. */
export function ownListOf({ stage }: Told, side: Side): readonly Given[] {
  return stage.ledger.given.filter(({ who }) => who.party === side);
}

/** What the record shows as said, assented to, undertaken or ended by the side is its own list, word for word. */
export function recordIsOwnList(told: Told, side: Side): void {
  const own = new Map(
    ownListOf(told, side)
      .filter((one) => !isOfThePress(told, one))
      .map((one) => [keyOf(one), one]),
  );
  const recorded = told.entries.filter(
    ({ event }) => event.act.party === side && event.act.capacity !== 'derived',
  );
  for (const entry of recorded.filter(({ event }) => !besideActs.includes(event.type))) {
    // Whoever opens a dialogue joins it with the same act.
    const given = own.get(keyOf(entry.event)) ?? openingOf(entry, own);
    expectSame(entry, { given: given !== undefined }, { given: true });
    expectSame(entry, { capacity: entry.event.act.capacity }, { capacity: 'direct' });
    if (given?.type === entry.event.type && !entry.event.erased) expectWords(entry, given);
    own.delete(keyOf(entry.event));
  }
  const [missing] = own.keys();
  if (missing !== undefined)
    throw new Error(`What ${side} said is not in the record as its own: ${missing}.`);
}

/** What a third party or the press said is nobody's word, whoever enters it. */
function isOfThePress({ stage }: Told, { command, body }: Given): boolean {
  if (acts.get(command)?.declaration.weight === 'commentary') return true;
  const { voice, accountId, sourceId } = body as { voice?: string; accountId?: string; sourceId?: string };
  if (accountId === undefined) return voice === 'press' || sourceId === stage.sources.press;
  return stage.ledger.given.some(
    (one) => one.brought.includes(accountId) && (one.body as { voice?: string }).voice === 'press',
  );
}

function openingOf({ event }: Entry, own: ReadonlyMap<string, Given>): Given | undefined {
  if (event.type !== 'PartyJoined' || event.revision !== 1) return undefined;
  return own.get(keyOf({ ...event, revision: 0, type: 'DialogueOpened' }));
}

function expectWords(entry: Entry, { command, body, path }: Given): void {
  const { schema } = acts.get(command)!;
  const stored = { ...entry.event.data, ...entry.event.content } as Record<string, unknown>;
  const fields = Object.keys({ ...schema.data, ...schema.content });
  const sent = Object.entries({ ...body, ...path }).filter(
    ([name]) => name !== 'occurred' && fields.includes(name),
  );
  for (const [name, value] of sent) {
    if (!isSame(stored[name], value)) expectSame(entry, { [name]: stored[name] }, { [name]: value });
  }
}

/** What the side itself took back, by a retraction or by agreeing that an act is void, with what rests on that. */
function takenBackBy(told: Told, side: Side): ReadonlySet<string> {
  const targets = ownListOf(told, side).flatMap(({ command, body }) => {
    const { target, outcome } = body as { target?: string; outcome?: string };
    const takesBack = command.endsWith('.RetractEvent') || outcome === 'void';
    return takesBack && target !== undefined ? [target] : [];
  });
  const events = told.entries.map((one) => one.event);
  return new Set([...targets, ...restingUpon(events, targets)]);
}

/** Nothing that the side said has dropped out, but what it took back itself. */
export function ownWordsStand(told: Told, side: Side): void {
  const takenBack = takenBackBy(told, side);
  for (const reached of told.streams.values()) {
    const { dropped, unauthored } = standingsIn(reached.map((one) => one.event));
    for (const one of reached.filter(({ event }) => event.act.party === side)) {
      const { id } = one.event;
      const isOut = dropped.has(id) || unauthored.has(id);
      if (isOut && !takenBack.has(id)) expectSame(one, { counts: false }, { counts: true });
    }
  }
}

interface Worded {
  readonly eventId?: unknown;
  readonly party?: unknown;
  /** Whose word it is, where the party is the one that it is about. */
  readonly saidBy?: unknown;
}

/** Every word that a representation gives to the side. */
function wordsGivenTo(value: unknown, side: Side): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { eventId, party, saidBy = party } = value as Worded;
  const own = saidBy === side && typeof eventId === 'string' ? [eventId] : [];
  return [...own, ...Object.values(value).flatMap((one) => wordsGivenTo(one, side))];
}

/** No representation gives a word, a position, a designation, a raising or a debt to a side that it did not say. */
export function shownAsOwn(told: Told, side: Side): void {
  const own = ownListOf(told, side);
  const ids = new Set(
    told.entries.filter(({ event }) => event.act.party === side).map(({ event }) => event.id),
  );
  const isOf = (stream: string, types: readonly string[]) =>
    own.some((one) => one.stream === stream && types.includes(one.type));
  for (const [stream, reached] of told.streams) {
    const last = reached.at(-1);
    if (last === undefined) continue;
    const present = shown(last);
    const strange = wordsGivenTo(present, side).filter((id) => !ids.has(id));
    expectSame(last, { strange }, { strange: [] });
    const {
      raisers = [],
      designations = {},
      inForceFor = [],
    } = present as {
      readonly raisers?: readonly string[];
      readonly designations?: object;
      readonly inForceFor?: readonly string[];
    };
    const asWhat = {
      raiser: !raisers.includes(side) || isOf(stream, ['IrritantRaised', 'IrritantCoRaised']),
      designation:
        !Object.hasOwn(designations, side) || isOf(stream, ['IrritantRaised', 'IrritantDesignated']),
      debt:
        !inForceFor.includes(side) ||
        isOf(stream, ['CommitmentUndertaken']) ||
        own.some((one) => ['AssentGiven', 'RoadmapAssentGiven'].includes(one.type)),
    };
    expectSame(last, asWhat, { raiser: true, designation: true, debt: true });
  }
}
