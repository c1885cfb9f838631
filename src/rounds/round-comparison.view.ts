import { toldView } from '#libs/decider';
import type { LangText, Words, WordsOf } from '#libs/decider';
import type { Round } from './round.facts.js';

type Point = Round['points'][number];
type Result = 'agreed' | 'silent' | 'worded-differently' | 'contradicted' | 'side-by-side';

/** What a party asks for, and what it expects of the next meeting, is its own: it never makes an agreement. */
const ownWishes: readonly Point['kind'][] = ['called-for', 'next-round'];

export interface ComparedPoint {
  readonly irritantId: string | null;
  readonly kind: Point['kind'];
  readonly result: Result;
  readonly wordedDifferently: boolean;
  /** The parties whose account does not mention it. */
  readonly silent: readonly string[];
  readonly byParty: { readonly [party: string]: readonly Words[] };
}

/** One party's accounts of a round are one; what the press made of them is not its word. */
function carrying(round: Round): ReadonlyMap<string, string> {
  const accounts = round.accounts.filter((one) => one.superseded === undefined && one.rendering !== 'press');
  return new Map(accounts.map((one) => [one.accountId, one.party]));
}

function groupsOf(points: readonly Point[]): readonly (readonly Point[])[] {
  const groups = new Map<string, Point[]>();
  for (const point of points) {
    const key = `${point.irritantId ?? ''} ${point.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  return [...groups.values()];
}

function quotesOf(points: readonly Point[], wordsOf: WordsOf): readonly (readonly [string, string])[] {
  return points.flatMap((one) => Object.entries((wordsOf(one.said.eventId)['quote'] ?? {}) as LangText));
}

/** Different words: no quote of the one stands, in the same language, in the account of the other. */
function areWordedDifferently(one: readonly Point[], other: readonly Point[], wordsOf: WordsOf): boolean {
  const others = quotesOf(other, wordsOf);
  return !quotesOf(one, wordsOf).some(([lang, quote]) => others.some(([l, q]) => l === lang && q === quote));
}

function resultOf(group: readonly Point[], speakers: readonly (readonly Point[])[]): Result {
  const ids = new Map(group.map((one) => [one.pointId, one]));
  const contradicts = group.some((one) => {
    const named = one.contradicts === undefined ? undefined : ids.get(one.contradicts);
    return named !== undefined && named.said.party !== one.said.party;
  });
  if (contradicts) return 'contradicted';
  if (ownWishes.includes(group[0]?.kind ?? 'noted')) return 'side-by-side';
  if (speakers.length < 2) return 'silent';
  // What each repeats of its own, or notes on no irritant in particular, need not be about the same thing.
  if (group.some((one) => one.kind === 'reiterated' || one.irritantId === undefined)) return 'side-by-side';
  const joint = speakers.map((points) => points.some((one) => one.assertsJoint));
  return new Set(joint).size === 1 ? 'agreed' : 'worded-differently';
}

function comparePoint(
  group: readonly Point[],
  partyOf: ReadonlyMap<string, string>,
  parties: readonly string[],
  wordsOf: WordsOf,
): ComparedPoint {
  const by = new Map(
    parties.map((party) => [party, group.filter((one) => partyOf.get(one.accountId) === party)]),
  );
  const speakers = [...by.values()].filter((points) => points.length > 0);
  const [first = [], second] = speakers;
  return {
    irritantId: group[0]?.irritantId ?? null,
    kind: group[0]?.kind ?? 'noted',
    result: resultOf(group, speakers),
    wordedDifferently: second !== undefined && areWordedDifferently(first, second, wordsOf),
    silent: parties.filter((party) => by.get(party)?.length === 0),
    byParty: Object.fromEntries(
      [...by].map(([party, points]) => [
        party,
        points.map(({ said, ...facts }) => ({ ...toldView(said, wordsOf), ...facts })),
      ]),
    ),
  };
}

/** A point that contradicts one of another kind belongs beside it, so that both are seen together. */
function withContradicted(
  groups: readonly (readonly Point[])[],
  points: readonly Point[],
): readonly (readonly Point[])[] {
  return groups.map((group) => [
    ...group,
    ...points.filter((one) => !group.includes(one) && group.some((own) => own.contradicts === one.pointId)),
  ]);
}

function renderingOf(round: Round, accountId: string | undefined) {
  const account = round.accounts.find((one) => one.accountId === accountId);
  return account === undefined
    ? null
    : { accountId, of: account.party, rendering: account.rendering, sourceId: account.sourceId };
}

/** Spellings and titles belong to attendance, not to the person: all are shown, each with who gives it. */
function namesOf(round: Round, wordsOf: WordsOf) {
  const people = new Map<string, Round['delegates'][number][]>();
  for (const one of round.delegates) people.set(one.personId, [...(people.get(one.personId) ?? []), one]);
  return [...people].map(([personId, named]) => ({
    personId,
    party: named[0]?.party ?? null,
    role: named[0]?.role ?? null,
    given: named.map((one) => ({
      ...toldView(one.said, wordsOf),
      role: one.role,
      account: renderingOf(round, one.accountId),
    })),
  }));
}

const particularFields = ['startsAt', 'endsAt', 'duration', 'level', 'hostParty'] as const;

/** When, how long, at which level, as whose guest and where: as each one who says so gives it. */
function particularsOf(round: Round, wordsOf: WordsOf) {
  const saying = [round.scheduled, ...round.conclusions, ...round.accounts];
  return saying.flatMap((one) => {
    const facts = Object.fromEntries(
      particularFields.flatMap((name) => (one[name] === undefined ? [] : [[name, one[name]]])),
    );
    const { venue } = wordsOf(one.said.eventId);
    if (Object.keys(facts).length === 0 && venue === undefined) return [];
    const account = 'accountId' in one ? renderingOf(round, one.accountId) : null;
    return [
      { ...facts, ...(venue === undefined ? {} : { venue }), account, ...toldView(one.said, () => ({})) },
    ];
  });
}

/** The accounts of a round, point by point, with names, venue and level as each gives them. */
export function compareAccounts(round: Round, parties: readonly string[], wordsOf: WordsOf) {
  const partyOf = carrying(round);
  const points = round.points.filter((one) => partyOf.has(one.accountId));
  return {
    number: round.number,
    parties,
    accounts: Object.fromEntries(
      parties.map((party) => [
        party,
        round.accounts
          .filter((one) => one.party === party)
          .map(({ said, superseded, ...account }) => ({
            ...toldView(said, wordsOf),
            ...account,
            superseded: superseded !== undefined,
          })),
      ]),
    ),
    points: withContradicted(groupsOf(points), points).map((group) =>
      comparePoint(group, partyOf, parties, wordsOf),
    ),
    names: namesOf(round, wordsOf),
    particulars: particularsOf(round, wordsOf),
    nextRound: round.nextRound.map(({ said, ...facts }) => ({ ...toldView(said, wordsOf), ...facts })),
  };
}
