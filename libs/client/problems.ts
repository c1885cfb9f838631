/** One fault of a request, by where in the body (JSON Pointer) or by which parameter. */
export interface Fault {
  readonly detail: string;
  readonly pointer?: string;
  readonly parameter?: string;
}

/** What was recorded between what an act was decided on and the act. */
export interface EventBetween {
  readonly id: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly party: string | null;
  readonly capacity: string;
}

/** A problem of RFC 9457, as the server answers it. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable: decide by this, and by `status` where the code is one that you do not know. */
  readonly code: string;
  readonly traceId: string;
  readonly errors?: readonly Fault[];
  readonly [member: string]: unknown;
}

/** The server has refused what was asked, and says why by `code`. */
export class EntenteProblem extends Error {
  override readonly name: string = 'EntenteProblem';
  readonly code: string;
  readonly status: number;
  readonly faults: readonly Fault[];
  readonly traceId: string;

  constructor(readonly document: ProblemDocument) {
    super(`${document.code}: ${document.detail}`);
    this.code = document.code;
    this.status = document.status;
    this.faults = document.errors ?? [];
    this.traceId = document.traceId;
  }
}

/**
 * Others were quicker (412 `stale-revision`): nothing was recorded. Look at `events`, read the entry anew, and decide
 * again; the client never does that by itself.
 */
export class StaleRevision extends EntenteProblem {
  override readonly name = 'StaleRevision';
  /** Where the entry stands now. */
  readonly revision: number;
  readonly events: readonly EventBetween[];

  constructor(document: ProblemDocument) {
    super(document);
    this.revision = typeof document['revision'] === 'number' ? document['revision'] : -1;
    this.events = Array.isArray(document['events']) ? (document['events'] as EventBetween[]) : [];
  }
}

/** The record was restored from a backup (410 `epoch-changed`): what you hold of it may be gone. Begin anew. */
export class EpochChanged extends EntenteProblem {
  override readonly name = 'EpochChanged';
}

/**
 * No answer came, or one was cut off, or none but "not now", and it was tried as often as allowed. The cause is the last of
 * them.
 */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(
    what: string,
    /** Whether the act may be recorded. The same act with the same key is safe to repeat. */
    readonly mayBeRecorded: boolean,
    readonly idempotencyKey: string | undefined,
    cause: unknown,
  ) {
    super(`${what} got no answer.${mayBeRecorded ? ' It may have been recorded all the same.' : ''}`, {
      cause,
    });
  }
}

/** What came is no answer of such a server: something stands between, or the address is wrong. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';

  constructor(
    what: string,
    readonly status: number,
    why: string,
  ) {
    super(`${what} was answered with ${status}: ${why}`);
  }
}

function problemFrom(document: ProblemDocument): EntenteProblem {
  if (document.code === 'stale-revision') return new StaleRevision(document);
  if (document.code === 'epoch-changed') return new EpochChanged(document);
  return new EntenteProblem(document);
}

/** Undefined where what came is no problem as such a server answers it. */
export function problemIn(document: unknown): EntenteProblem | undefined {
  const { code } = (document ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? problemFrom(document as ProblemDocument) : undefined;
}

/** Whether it is a refusal, and by one of these codes where any is given. */
export function isProblem<C extends string>(
  error: unknown,
  ...codes: readonly C[]
): error is EntenteProblem & { readonly code: C } {
  return error instanceof EntenteProblem && (codes.length === 0 || codes.some((code) => code === error.code));
}
