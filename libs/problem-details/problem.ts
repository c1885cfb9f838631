/** Problem details for HTTP APIs (RFC 9457): what a problem is, one occurrence of it, and the document that says so. */

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

export const problemMediaType = 'application/problem+json';

/**
 * A kind of problem. It has a page of its own, at the address that `type` gives, because RFC 9457 §3.1.1 wants that
 * address to lead to something people can read: `meaning` says what happened, `mend` what the caller does about it.
 */
export interface ProblemKind {
  /** Stable for ever, for clients decide by it: `SCREAMING_SNAKE` or `kebab-case`. */
  readonly code: string;
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** The same for every occurrence (RFC 9457 §3.1.3). */
  readonly title: string;
  readonly meaning: string;
  readonly mend: string;
}

/** One fault in a request: in its body, at a JSON Pointer (`''` is the whole of it), or in a named query parameter. */
export type FieldError =
  | { readonly pointer: string; readonly parameter?: never; readonly detail: string }
  | { readonly parameter: string; readonly pointer?: never; readonly detail: string };

export interface ProblemOptions {
  /** What is wrong this time, in a sentence for people (RFC 9457 §3.1.4). */
  readonly detail: string;
  readonly errors?: readonly FieldError[] | undefined;
  /** Response headers that belong to the problem, such as `Retry-After` or `Allow`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Extension members (RFC 9457 §3.2). A name that the document itself uses is refused with a TypeError. */
  readonly members?: JsonObject | undefined;
  readonly cause?: unknown;
}

export interface DocumentOptions {
  /** What stands before the kind's slug in `type`, such as `/problems/`. */
  readonly typeBase: string;
  readonly traceId: string;
}

/** The body of an `application/problem+json` answer, with any extension members beside these. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly traceId: string;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}

const ownMembers = new Set(['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId', 'errors']);

/** One occurrence of a problem; thrown where it is found and turned into a document at the edge. */
export class Problem extends Error {
  readonly detail: string;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  readonly members: JsonObject;

  constructor(
    readonly kind: ProblemKind,
    { detail, errors = [], headers = {}, members = {}, cause }: ProblemOptions,
  ) {
    super(`${kind.code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'Problem';
    this.detail = detail;
    this.errors = errors;
    this.headers = headers;
    this.members = members;
    const taken = Object.keys(members).filter((name) => ownMembers.has(name));
    if (taken.length > 0) {
      throw new TypeError(
        `The problem ${kind.code} can't have extension members called ${taken.join(', ')}.`,
      );
    }
  }
}

/** The last part of a kind's address: its code in kebab-case, so that `STALE_REVISION` is found at `stale-revision`. */
export function problemSlug(code: string): string {
  return code.toLowerCase().replaceAll('_', '-');
}

/** `errors` is left out where there are none: an empty list would read as if the fields had been found good. */
export function problemDocument(problem: Problem, { typeBase, traceId }: DocumentOptions): ProblemDocument {
  const { kind, detail, errors, members } = problem;
  return {
    type: `${typeBase}${problemSlug(kind.code)}`,
    title: kind.title,
    status: kind.status,
    detail,
    code: problemSlug(kind.code),
    traceId,
    ...(errors.length > 0 && { errors }),
    ...members,
  };
}
