import type { ProblemKind } from '#libs/problem-details';
import { problemMediaType, problemSlug } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import type { Slice } from '../platform/record/slice.js';
import {
  array,
  described,
  instant,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  seq,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Schema } from '../platform/shapes/json-schema.js';

/** As it stands in an answer: what people and programs are told is never the name that the code has within. */
export const shownCode = ({ code }: ProblemKind): string => problemSlug(code);

export type Kinds = ReadonlyMap<string, ProblemKind>;

/** Every kind of problem that there is, by code: those of the platform, then those of the slices. */
export function problemKinds(slices: readonly Slice[]): Kinds {
  const own = slices.flatMap((slice) =>
    Object.entries(slice.refusals).map(([code, kind]) => ({ ...kind, code })),
  );
  return new Map([...own, ...Object.values(platformProblems)].map((kind) => [kind.code, kind]));
}

const recordedSince = object({
  id: uuid,
  revision: seq,
  type: plainText,
  recordedAt: instant,
  party: orNull(ref('Party')),
  capacity: oneOfWords(['direct', 'attributed', 'derived']),
});

export function problemSchema(kinds: Kinds): Schema {
  const error = object({ detail: plainText }, { pointer: plainText, parameter: plainText });
  return described(
    object(
      {
        type: described(plainText, 'The address of a page about this kind of problem, on this server.'),
        title: plainText,
        status: { type: 'integer', minimum: 400, maximum: 599 },
        detail: described(plainText, 'What is wrong this time, and how to mend it.'),
        code: described(oneOfWords([...kinds.values()].map(shownCode)), 'Stable: decide by this.'),
        traceId: described(plainText, 'Names the request in the log of the server.'),
      },
      {
        errors: array(error),
        unreadableSince: described(seq, 'With `unreadable`: the revision that can not be read.'),
        revision: described(seq, 'With `stale-revision`: where it stands now.'),
        events: described(array(recordedSince), 'With `stale-revision`: what was recorded in between.'),
        eventId: described(uuid, 'With `already-said`: the earlier event.'),
        checks: described(array(ref('Check')), 'With `not-ready`: what was looked at.'),
      },
    ),
    'A problem as of RFC 9457.',
  );
}

function exampleOf(kind: ProblemKind) {
  return {
    type: `/problems/${shownCode(kind)}`,
    title: kind.title,
    status: kind.status,
    detail: kind.meaning,
    code: shownCode(kind),
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  };
}

const headersOf: { readonly [status: number]: readonly string[] } = {
  401: ['WWW-Authenticate'],
  415: ['Accept-Encoding'],
  429: ['Retry-After', 'RateLimit-Policy', 'RateLimit'],
  503: ['Retry-After'],
};

export const headerRef = (name: string): Schema => ({ $ref: `#/components/headers/${name}` });

export function headerRefs(names: readonly string[]): Schema {
  return Object.fromEntries(names.map((name) => [name, headerRef(name)]));
}

/** Rules are told in full, for they are what a caller must know; of the rest the codes, whose pages tell more. */
function descriptionOf(status: number, kinds: readonly ProblemKind[]): string {
  return status === 409 || kinds.length === 1
    ? kinds.map((kind) => `\`${shownCode(kind)}\`: ${kind.meaning}`).join('\n\n')
    : `One of ${kinds.map((kind) => `\`${shownCode(kind)}\``).join(', ')}.`;
}

function responseOf(status: number, kinds: readonly ProblemKind[]): Schema {
  const [first] = kinds;
  return {
    description: descriptionOf(status, kinds),
    headers: headerRefs(['Trace-Id', ...(headersOf[status] ?? [])]),
    content: {
      [problemMediaType]: {
        schema: ref('Problem'),
        ...(first === undefined ? {} : { example: exampleOf(first) }),
      },
    },
  };
}

/** `STALE_REVISION` → `StaleRevision`. */
function componentName(kind: ProblemKind): string {
  return kind.code
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The problem responses of an operation, by status. */
export function kindsByStatus(
  codes: readonly string[],
  kinds: Kinds,
): ReadonlyMap<number, readonly ProblemKind[]> {
  const found = [...new Set(codes)].map((code) => {
    const kind = kinds.get(code);
    if (kind === undefined) throw new Error(`The code ${code} has no problem.`);
    return kind;
  });
  return new Map([...Map.groupBy(found, (kind) => kind.status)].sort(([one], [other]) => one - other));
}

/** A response of one kind is the same wherever it is given, so it stands in the document once. */
export function problemResponses(codes: readonly string[], kinds: Kinds): Schema {
  return Object.fromEntries(
    [...kindsByStatus(codes, kinds)].map(([status, found]) => {
      const [first] = found;
      return first !== undefined && found.length === 1
        ? [String(status), { $ref: `#/components/responses/${componentName(first)}` }]
        : [String(status), responseOf(status, found)];
    }),
  );
}

/** The responses that `problemResponses` refers to. */
export function sharedResponses(codes: readonly (readonly string[])[], kinds: Kinds): Schema {
  const single = codes.flatMap((some) =>
    [...kindsByStatus(some, kinds).values()].filter((found) => found.length === 1).flat(),
  );
  return Object.fromEntries(single.map((kind) => [componentName(kind), responseOf(kind.status, [kind])]));
}
