import { choice, line, optional } from '#libs/decider';
import type { Shape } from '#libs/decider';
import { parseOccurred } from '#libs/edtf';
import { Problem } from '#libs/problem-details';
import type { FieldError } from '#libs/problem-details';
import { classOf } from '../shapes/body-class.js';
import { platformProblems } from '../problems/platform.problems.js';
import { checked } from '../shapes/validation.js';

export type Query = { readonly [parameter: string]: string | undefined };

/** Waits for one's own write; taken by every read. */
export const waiting = { minPosition: optional(line(65)) } satisfies Shape;
/** The two clocks: what the record held, and what had happened by then. */
export const asOf = { knownAt: optional(line(65)), effectiveAt: optional(line(64)) } satisfies Shape;
export const paging = {
  limit: optional(line(3, '^[0-9]{1,3}$', 'a whole number from 1 to 200')),
  cursor: optional(line(400)),
} satisfies Shape;
export const order = { order: optional(choice('asc', 'desc')) } satisfies Shape;

/** What people type to find something: words, phrases between quotation marks, the beginning of a last word. */
export const searching = { ...line(200), isQuery: true } as const;

export const limitMax = 200;
export const limitUnlessAsked = 50;

/** The parameters of a read: each at most once, none unknown, none empty. */
export async function readQuery(shape: Shape, query: unknown): Promise<Query> {
  const { value, faults } = await checked(classOf(shape), { ...(query as Record<string, unknown>) });
  if (faults.all.length === 0) return value as Query;
  throw parametersRefused(
    faults.all.map(({ pointer = '', detail }) => ({ parameter: stepIn(pointer), detail: saidOf(detail) })),
  );
}

/** The one step of a JSON Pointer that names a parameter. */
function stepIn(pointer: string): string {
  return pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
}

const unknownParameter = 'is not a parameter of this operation';

function saidOf(detail: string): string {
  return detail === 'is not a field of this operation' ? unknownParameter : detail;
}

export function parametersRefused(errors: readonly FieldError[]): Problem {
  const areUnknown = errors.every(({ detail }) => detail === unknownParameter);
  return new Problem(platformProblems[areUnknown ? 'UNKNOWN_PARAMETER' : 'PARAMETER_INVALID'], {
    detail: errors.map(({ parameter, detail }) => `${parameter} ${detail}`).join('; '),
    errors,
  });
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
