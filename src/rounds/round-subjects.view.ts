import { toldView } from '#libs/decider';
import type { SaidView, Words, WordsOf } from '#libs/decider';
import type { Round } from './round.facts.js';
import { areWordedDifferently, outcomeOf, resultOf, weakest } from './round-results.view.js';
import type { Contradiction, Outcome, Result, Subject } from './round-results.view.js';
import { divergenceView } from './round.view.js';

type Point = Round['points'][number];
type Divergence = Round['divergences'][number];

function contradictionsAmong(points: readonly Point[]): readonly Contradiction[] {
  return points.flatMap((by) => {
    const of = points.find((one) => one.pointId === by.contradicts && one.said.party !== by.said.party);
    return of === undefined ? [] : [{ by, of }];
  });
}

/** One for each irritant; what names none need not be about the same, so it is told apart by its kind. */
function subjectsOf(round: Round, isPress: (point: Point) => boolean, points: readonly Point[]): Subject[] {
  const pairs = contradictionsAmong(points.filter((one) => !isPress(one)));
  const groups = Map.groupBy(points, (one) => one.irritantId ?? one.kind);
  return [...groups.values()].map((group): Subject => {
    const contradictions = pairs.filter(({ by, of }) => group.includes(by) || group.includes(of));
    const all = [...new Set([...group, ...contradictions.flatMap(({ of, by }) => [of, by])])];
    const irritantId = group[0]?.irritantId ?? null;
    const isAbout = ({ pointIds = [], ...one }: Divergence) =>
      pointIds.length === 0
        ? one.irritantId !== undefined && one.irritantId === irritantId
        : all.some(({ pointId }) => pointIds.includes(pointId));
    return {
      irritantId,
      kind: irritantId === null ? (group[0]?.kind ?? null) : null,
      points: all.filter((one) => !isPress(one)),
      press: all.filter(isPress),
      contradictions,
      divergences: round.divergences.filter(isAbout),
    };
  });
}

export interface ComparedSubject {
  readonly irritantId: string | null;
  readonly kind: Point['kind'] | null;
  readonly result: Result;
  readonly wordedDifferently: boolean | null;
  /** The parties whose account does not mention it. */
  readonly silent: readonly string[];
  readonly byParty: { readonly [party: string]: readonly (SaidView & Words)[] };
  readonly press: readonly (SaidView & Words)[];
  readonly contradictions: readonly {
    readonly pointId: string;
    readonly contradicts: string;
    readonly became: Outcome;
  }[];
  readonly divergences: readonly ReturnType<typeof divergenceView>[];
  /** What became of what stands open between the sides; null where nothing does. */
  readonly became: Outcome | null;
}

function compared(subject: Subject, parties: readonly string[], wordsOf: WordsOf): ComparedSubject {
  const by = parties.map((party) => ({
    party,
    points: subject.points.filter((one) => one.said.party === party),
  }));
  const sides = by.map(({ points }) => points);
  const view = (points: readonly Point[]) =>
    points.map(({ said, ...facts }) => ({ ...toldView(said, wordsOf), ...facts }));
  const result = resultOf(subject, sides);
  const contradictions = subject.contradictions.map((one) => ({
    pointId: one.by.pointId,
    contradicts: one.of.pointId,
    became: outcomeOf(one, subject.divergences),
  }));
  const divergences = subject.divergences.map((one) => divergenceView(one, wordsOf));
  return {
    irritantId: subject.irritantId,
    kind: subject.kind,
    result,
    wordedDifferently: areWordedDifferently(result, sides, wordsOf),
    silent: by.filter(({ points }) => points.length === 0).map(({ party }) => party),
    byParty: Object.fromEntries(by.map(({ party, points }) => [party, view(points)])),
    press: view(subject.press),
    contradictions,
    divergences,
    became: weakest([...contradictions, ...divergences].map((one) => one.became)),
  };
}

/** What each side says of each matter, all of it beside what the other says, and the press in a column of its own. */
export function compareSubjects(round: Round, parties: readonly string[], wordsOf: WordsOf) {
  const standing = new Map(
    round.accounts.filter((one) => one.superseded === undefined).map((one) => [one.accountId, one.voice]),
  );
  const points = round.points.filter((one) => standing.has(one.accountId));
  const isPress = (one: Point) => standing.get(one.accountId) === 'press';
  const subjects = subjectsOf(round, isPress, points);
  const shown = subjects.flatMap(({ divergences }) => divergences);
  return {
    subjects: subjects.map((one) => compared(one, parties, wordsOf)),
    // Noted of no point that stands, so beside none of them.
    divergences: round.divergences
      .filter((one) => !shown.includes(one))
      .map((one) => divergenceView(one, wordsOf)),
  };
}
