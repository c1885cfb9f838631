import { isQuotable } from '#libs/decider';
import type { LangText, WordsOf } from '#libs/decider';
import { isReconciled } from './round.facts.js';
import type { Round } from './round.facts.js';

type Point = Round['points'][number];
type Divergence = Round['divergences'][number];

export const results = [
  'agreed',
  'discussed',
  'differing',
  'silent',
  'contradicted',
  'side-by-side',
] as const;
/** What became of a contradiction: nobody noted it, it was noted as a divergence, or both sides say it is settled. */
export const outcomes = ['open', 'noted', 'reconciled'] as const;

export type Result = (typeof results)[number];
export type Outcome = (typeof outcomes)[number];

/** The point of one side that contradicts one of the other. */
export interface Contradiction {
  readonly by: Point;
  readonly of: Point;
}

export interface Subject {
  readonly irritantId: string | null;
  readonly kind: Point['kind'] | null;
  readonly points: readonly Point[];
  readonly press: readonly Point[];
  readonly contradictions: readonly Contradiction[];
  readonly divergences: readonly Divergence[];
}

/** What a side tells: what it asks for, and what it expects of the next round, is its own and tells of nothing joint. */
function toldBy(points: readonly Point[]): 'agreed' | 'discussed' | 'own' | undefined {
  const kinds = points.map((one) => one.kind);
  if (kinds.includes('agreed')) return 'agreed';
  if (kinds.includes('discussed')) return 'discussed';
  return kinds.some((one) => one === 'noted' || one === 'reiterated') ? 'own' : undefined;
}

export function resultOf(
  { irritantId, contradictions }: Subject,
  sides: readonly (readonly Point[])[],
): Result {
  if (contradictions.length > 0) return 'contradicted';
  if (sides.some((points) => points.length === 0)) return 'silent';
  const told = new Set(sides.map(toldBy));
  const [first] = told;
  if (irritantId === null || told.has(undefined)) return 'side-by-side';
  if (told.size > 1) return 'differing';
  return first === 'agreed' || first === 'discussed' ? first : 'side-by-side';
}

type Quotes = readonly (readonly [language: string, text: string])[];

/** What was said, by language; the words of whoever recorded it are not among them. */
function quotesOf(points: readonly Point[], wordsOf: WordsOf): Quotes {
  return points.flatMap(({ said }) =>
    Object.entries((wordsOf(said.eventId)['quote'] ?? {}) as LangText).filter(([language]) =>
      isQuotable(said, 'quote', language),
    ),
  );
}

/** Null where it can't be told: both must say the same, and their words be there in one language. */
export function areWordedDifferently(
  result: Result,
  sides: readonly (readonly Point[])[],
  wordsOf: WordsOf,
): boolean | null {
  if (result !== 'agreed' && result !== 'discussed') return null;
  const [one = [], other = []] = sides.map((points) =>
    quotesOf(
      points.filter(({ kind }) => kind === result),
      wordsOf,
    ),
  );
  const pairs = one.flatMap(([language, text]) =>
    other.filter(([of]) => of === language).map(([, others]) => text === others),
  );
  return pairs.length === 0 ? null : !pairs.includes(true);
}

/** What was contradicted after both sides had settled it is not settled by that. */
export function outcomeOf({ by, of }: Contradiction, divergences: readonly Divergence[]): Outcome {
  const about = divergences.filter(
    ({ pointIds = [] }) =>
      pointIds.length === 0 || pointIds.includes(by.pointId) || pointIds.includes(of.pointId),
  );
  const isSettledBy = (one: Divergence) =>
    isReconciled(one) && one.reconciledBy.some(({ recordedAt }) => recordedAt >= by.said.recordedAt);
  if (about.some((one) => !isReconciled(one))) return 'noted';
  return about.some(isSettledBy) ? 'reconciled' : 'open';
}

export function weakest(all: readonly Outcome[]): Outcome | null {
  return outcomes.find((one) => all.includes(one)) ?? null;
}
