import { ErrorType } from '@eventstore/db-client';

import {
  Conflict,
  EventStoreError,
  Fatal,
  Refused,
  StreamNotFound,
  TooLarge,
  Unavailable,
} from '#libs/event-store';

import { knownReason } from './reasons.js';

/** No answer came in time, or the connection was given up under the call. */
export class CallLost extends EventStoreError {}

export function unansweredFor(ms: number): CallLost {
  return new CallLost(`The server gave no answer within ${ms} ms.`);
}

interface ServerFailure {
  readonly type: ErrorType;
  readonly message: string;
  readonly actualVersion?: bigint | 'no_stream';
  readonly leader?: { readonly address: string; readonly port: number };
}

/** By the type that the client documents: its classes are made anew by every copy of the package. */
function serverFailure(error: unknown): ServerFailure | undefined {
  return error instanceof Error && 'type' in error ? (error as Error & ServerFailure) : undefined;
}

/**
 * What the failure of an append says for certain: an error of the port if nothing was stored, `not taken` where
 * another node takes the same append or this one will soon, or undefined where the events may be stored or not.
 */
export function verdictOn(stream: string, error: unknown): EventStoreError | 'not taken' | undefined {
  if (beforeAnyCall(error)) return unreachable(error);
  const failure = serverFailure(error);
  switch (failure?.type) {
    case ErrorType.WRONG_EXPECTED_VERSION: {
      // Where there is no stream, the actual version is a word and no number.
      const actual = failure.actualVersion;
      return new Conflict(stream, typeof actual === 'bigint' ? actual : undefined);
    }
    case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
      return new TooLarge(`The server takes no append of this size (${failure.message}).`);
    case ErrorType.NOT_LEADER:
      return 'not taken';
    case ErrorType.ACCESS_DENIED:
      return new Refused(
        `The event store refuses to record anything in ${kindOf(stream)} for the user of EVENTSTORE_URL: the operator has to give that user the right to write, or its password is wrong.`,
        { cause: error },
      );
    case ErrorType.STREAM_DELETED:
      return new Fatal(`The stream ${stream} was deleted at the server for good.`, { cause: error });
    case ErrorType.UNAVAILABLE:
      return /Server Is (?:Not Ready|Too Busy)/.test(failure.message) ? 'not taken' : undefined;
    default:
      // An unknown failure may be a busy server as well as one that stored everything: only reading tells.
      return undefined;
  }
}

/** The failure of a read in the words of the port; a `CallLost` and the like become `Unavailable`. */
export function readFailure(stream: string | undefined, error: unknown): unknown {
  if (error instanceof EventStoreError && !(error instanceof CallLost)) return error;
  switch (serverFailure(error)?.type) {
    case ErrorType.STREAM_NOT_FOUND:
    case ErrorType.STREAM_DELETED:
      return stream === undefined ? unreachable(error) : new StreamNotFound(stream);
    case ErrorType.ACCESS_DENIED:
      return new Refused(
        `The event store refuses this user to read ${stream ?? '$all'}: its password is wrong, or it lacks the right.`,
        { cause: error },
      );
    default:
      return error instanceof CallLost || serverFailure(error) !== undefined || beforeAnyCall(error)
        ? unreachable(error)
        : error;
  }
}

/** The stream was deleted for good. */
export function isDeleted(error: unknown): boolean {
  return serverFailure(error)?.type === ErrorType.STREAM_DELETED;
}

/** There is no such stream, or none that can be read. */
export function isAbsent(error: unknown): boolean {
  return serverFailure(error)?.type === ErrorType.STREAM_NOT_FOUND;
}

/** The server found no record where the position says that one begins. */
export function liesInsideAnother(error: unknown): boolean {
  return error instanceof Error && /InvalidRead|non-positive length/.test(error.message);
}

/** Whether the client that met this failure may never work again, and is better made anew. */
export function spoilsClient(error: unknown): boolean {
  if (error instanceof CallLost || beforeAnyCall(error)) return true;
  const type = serverFailure(error)?.type;
  return type === ErrorType.UNAVAILABLE || type === ErrorType.CANCELLED;
}

export function refusesUser(error: unknown): boolean {
  return serverFailure(error)?.type === ErrorType.ACCESS_DENIED;
}

/** The server looked at an append, which only whoever may write comes to. */
export function isConflict(error: unknown): boolean {
  return serverFailure(error)?.type === ErrorType.WRONG_EXPECTED_VERSION;
}

/** `host:port` of the node that leads, as one that does not lead names it. */
export function leaderNamedBy(error: unknown): string | undefined {
  const failure = serverFailure(error);
  if (failure?.type !== ErrorType.NOT_LEADER || failure.leader === undefined) return undefined;
  return `${failure.leader.address}:${failure.leader.port}`;
}

/** Discovery failed or no connection came about, so the server has heard nothing of the call. */
function beforeAnyCall(error: unknown): boolean {
  return error instanceof Error && error.message.includes('No connection established');
}

function unreachable(error: unknown): Unavailable {
  const why = knownReason(error) ?? (error instanceof CallLost ? withoutStop(error.message) : undefined);
  const words = why === undefined ? '' : `: ${why}`;
  return new Unavailable(`The event store can't be reached now${words}.`, { cause: error });
}

/** Rights are given by kinds of streams, and which one it is concerns nobody but who asked for it. */
function kindOf(stream: string): string {
  return `the streams ${stream.replace(/-.*/, '')}-…`;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
