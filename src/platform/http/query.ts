import { choice, id, line, list, means, optional } from '#libs/decider';
import type { Field, Shape } from '#libs/decider';
import { parseOccurred } from '#libs/edtf';
import { Problem } from '#libs/problem-details';
import { classOf } from '../shapes/body-class.js';
import { parametersRefused, unknownParameter } from '../problems/parameters.js';
import { platformProblems } from '../problems/platform.problems.js';
import { checked } from '../shapes/validation.js';

export type Query = { readonly [parameter: string]: string | undefined };

/** Waits for one's own write; taken by every read. */
export const waiting = {
  minPosition: optional(
    line(65),
    'The `Event-Position` of a write of one’s own: waits up to two seconds until the read models show it.',
  ),
} satisfies Shape;
/** The two clocks: what the record held, and what had happened by then. */
export const asOf = {
  knownAt: optional(
    line(65),
    'The record as it stood then: an instant, a revision such as r12 (of one stream, so not in lists), an ordinal of the dialogue such as s340 (in lists with `dialogue`), or a moment from an answer.',
  ),
  grade: optional(
    line(
      220,
      '^(recorded|logged|witnessed:[^ +]+)$',
      '`recorded`, `logged`, or `witnessed:` and the name of a witness or of a party, such as witnessed:RU',
    ),
    'By what an instant in `knownAt` is told: when the store entered each event (`recorded`, as without it), the largest checkpoint that the log had signed by then (`logged`), or the newest one that a witness had countersigned by then (`witnessed:RU`). Each dialogue has a log of its own, so lists and searches take the last two with `dialogue` alone.',
  ),
  effectiveAt: optional(
    line(64),
    'Only what had happened by then, as claimed: an EDTF date or an instant. What claims no time always counts.',
  ),
} satisfies Shape;
export const paging = {
  limit: optional(line(3, '^[0-9]{1,3}$', 'a whole number from 1 to 200'), 'How many entries a page has.'),
  cursor: optional(line(400), 'Where the page starts: follow the `next` link, which carries it.'),
} satisfies Shape;
export const order = {
  order: optional(choice('asc', 'desc'), 'In the order of the record, or the latest first.'),
} satisfies Shape;
/** Of which dialogue. */
export const inDialogue = optional(id, 'Only what belongs to this dialogue.');

/** What people type to find something: words, phrases between quotation marks, the beginning of a last word. */
export const searching = means(
  { ...line(200), isQuery: true },
  'Only what has every word of this, in its own words or in a name that the record gives to somebody whom it concerns. Words between quotation marks must follow each other; the last word may be the beginning of one, unless it ends in a digit. Accents, capitals, vowel signs and points make no difference; where a script puts no gaps between words, any characters that follow each other are found.',
);

export const limitMax = 200;
export const limitUnlessAsked = 50;

/** How many values a parameter takes that takes several. */
export const severalMax = 20;

/** One of several values, separated by commas; whether they are given so or by naming the parameter again is one. */
export function several(field: Field): Field {
  const meaning = field.meaning === undefined ? {} : { meaning: field.meaning };
  return { ...list(field, 1, severalMax), ...meaning };
}

export function valuesOf(value: string): readonly string[] {
  return value.split(',');
}

/** A value that is given twice asks for nothing more. */
function severalIn(value: unknown): readonly string[] {
  return [...new Set([value].flat().flatMap((one) => valuesOf(String(one))))];
}

/** The parameters of a read: each at most once unless it takes several values, none unknown, none empty. */
export async function readQuery(shape: Shape, query: unknown): Promise<Query> {
  const given = Object.entries({ ...(query as Record<string, unknown>) }).map(
    ([name, value]): [string, unknown] => [name, shape[name]?.kind === 'list' ? severalIn(value) : value],
  );
  const { value, faults } = await checked(classOf(shape), Object.fromEntries(given));
  if (faults.all.length === 0) {
    const texts = Object.entries(value).map(([name, one]) => [
      name,
      Array.isArray(one) ? one.join(',') : one,
    ]);
    return Object.fromEntries(texts) as Query;
  }
  throw parametersRefused(
    faults.all.map(({ pointer = '', detail }) => ({ parameter: stepIn(pointer), detail: saidOf(detail) })),
  );
}

/** The first step of a JSON Pointer, which names a parameter. */
function stepIn(pointer: string): string {
  const [, step = ''] = pointer.split('/');
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

function saidOf(detail: string): string {
  return detail === 'is not a field of this operation' ? unknownParameter : detail;
}

export function limitOf({ limit }: Query): number {
  if (limit === undefined) return limitUnlessAsked;
  const wanted = Number(limit);
  if (wanted >= 1 && wanted <= limitMax) return wanted;
  throw parametersRefused([{ parameter: 'limit', detail: `takes 1 to ${limitMax}` }]);
}

/** The effective date as the moment until which things count: its latest, in UTC where no zone is given. */
export function effectiveOf({ effectiveAt }: Query): string | undefined {
  if (effectiveAt === undefined) return undefined;
  const check = parseOccurred(effectiveAt);
  if (check.ok) return effectiveAt;
  throw new Problem(platformProblems.EFFECTIVE_AT_INVALID, {
    detail: check.reason,
    errors: [{ parameter: 'effectiveAt', detail: check.reason }],
  });
}
