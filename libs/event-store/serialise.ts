import { TooLarge } from './errors.js';
import type { Expected, NewEvent } from './port.js';

export interface Limits {
  /** JSON bytes of one event's data, content and meta together. */
  readonly eventBytes: number;
  readonly appendEvents: number;
  /** JSON bytes of all events of one append. */
  readonly appendBytes: number;
}

export const defaultLimits: Limits = { eventBytes: 1_048_576, appendEvents: 512, appendBytes: 8_388_608 };

/** An event as JSON text: what a store keeps, whatever the caller does to the objects afterwards. */
export interface SerialisedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly content: string | null;
  readonly salt: string | null;
  readonly meta: string;
}

export interface SerialisedAppend {
  readonly events: readonly SerialisedEvent[];
  readonly bytes: number;
}

/** Checks an append by the rules of every store and turns it into text; throws before anything is stored. */
export function serialiseAppend(
  stream: string,
  events: readonly NewEvent[],
  expected: Expected,
  limits: Limits = defaultLimits,
): SerialisedAppend {
  if (events.length === 0) throw new RangeError('An append needs at least one event.');
  if (expected !== 'no_stream' && expected < 0n) {
    throw new RangeError('An expected revision is "no_stream", zero or more.');
  }
  if (events.length > limits.appendEvents) {
    throw new TooLarge(
      `One append takes ${limits.appendEvents} events at the most; this one has ${events.length}.`,
    );
  }
  refuseUnstorable('stream', stream);
  let bytes = 0;
  const serialised = events.map((event) => {
    const text = serialiseEvent(event);
    const size = sizeOf(text);
    if (size > limits.eventBytes) {
      throw new TooLarge(
        `One event takes ${limits.eventBytes} bytes of JSON at the most; this one has ${size}.`,
      );
    }
    bytes += size;
    return text;
  });
  if (bytes > limits.appendBytes) {
    throw new TooLarge(
      `One append takes ${limits.appendBytes} bytes of JSON at the most; this one has ${bytes}.`,
    );
  }
  return { events: serialised, bytes };
}

function serialiseEvent(event: NewEvent): SerialisedEvent {
  refuseUnstorable('id', event.id);
  refuseUnstorable('type', event.type);
  if (event.salt !== null) refuseUnstorable('salt', event.salt);
  return {
    id: event.id,
    type: event.type,
    data: JSON.stringify(event.data),
    content: event.content === null ? null : JSON.stringify(event.content),
    salt: event.salt,
    meta: JSON.stringify(event.meta),
  };
}

function sizeOf(event: SerialisedEvent): number {
  const content = event.content === null ? 0 : Buffer.byteLength(event.content);
  return Buffer.byteLength(event.data) + content + Buffer.byteLength(event.meta);
}

/** NUL and lone surrogates don't survive every store, and a changed id would break the safe retry. */
function refuseUnstorable(field: string, text: string): void {
  if (text === '' || text.includes('\0') || !text.isWellFormed()) {
    throw new TypeError(`The ${field} of an event must be a non-empty, well-formed text without NUL.`);
  }
}
