import { ErrorType } from '@eventstore/db-client';

import { Conflict, EventStoreError, Fatal, StreamNotFound, TooLarge, Unavailable } from '#libs/event-store';

/** No answer came in time, or the connection was given up under the call. */
export class CallLost extends EventStoreError {}

interface ServerFailure {
  readonly type: ErrorType;
  readonly message: string;
  readonly actualVersion?: bigint | 'no_stream';
}

/** By the type that the client documents: its classes are made anew by every copy of the package. */
function serverFailure(error: unknown): ServerFailure | undefined {
  return error instanceof Error && 'type' in error ? (error as Error & ServerFailure) : undefined;
}

/**
 * What the failure of an append says for certain: an error of the port if nothing was stored, `not leader` where
 * another node takes the same append, or undefined where the events may be stored or not.
 */
export function verdictOn(stream: string, error: unknown): EventStoreError | 'not leader' | undefined {
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
      return 'not leader';
    case ErrorType.ACCESS_DENIED:
      return new Unavailable(`The server refuses this user to append to ${stream}.`, { cause: error });
    case ErrorType.STREAM_DELETED:
      return new Fatal(`The stream ${stream} was deleted at the server for good.`, { cause: error });
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
      return new Fatal(
        `The server refuses this user to read ${stream ?? '$all'}: its password is wrong, or it lacks the right.`,
        {
          cause: error,
        },
      );
    default:
      return error instanceof CallLost || serverFailure(error) !== undefined || beforeAnyCall(error)
        ? unreachable(error)
        : error;
  }
}

/** Whether the client that met this failure may never work again, and is better made anew. */
export function spoilsClient(error: unknown): boolean {
  if (error instanceof CallLost || beforeAnyCall(error)) return true;
  const type = serverFailure(error)?.type;
  return type === ErrorType.UNAVAILABLE || type === ErrorType.CANCELLED;
}

/** Discovery failed or no connection came about, so the server has heard nothing of the call. */
function beforeAnyCall(error: unknown): boolean {
  return error instanceof Error && /^Failed to discover|No connection established/.test(error.message);
}

function unreachable(error: unknown): Unavailable {
  const words = error instanceof Error ? error.message : String(error);
  return new Unavailable(`The event store can't be reached now (${words}).`, { cause: error });
}
