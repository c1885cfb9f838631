import { hex } from './bytes.js';
import { canonicalHash } from './canonical.js';
import type { JsonObject } from './canonical.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';

/** Members that are absent say that there is none: the event is the stream's first, has no words, no signature, no date. */
export interface Leaf {
  readonly v: 1;
  /** The origin of the log. */
  readonly log: string;
  /** The place in the log. */
  readonly seq: number;
  readonly stream: string;
  readonly rev: number;
  /** The leaf hash of the event before it in its stream, so that gaps and swaps show inside one stream's extract. */
  readonly prev?: string;
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly recorded: string;
  readonly occurred?: Readonly<Record<string, string>>;
  /** Who acted, in which capacity, and who recorded it. */
  readonly act: Readonly<Record<string, string>>;
  /** Of the payload: data, and everything of the envelope that is not in the leaf itself. */
  readonly data: string;
  /** Of salt and words. It outlives both. */
  readonly content?: string;
  /** Of the signature of the act, with what it covers. */
  readonly sig?: string;
}

/** An event as a store gives it, with the envelope in `meta`. */
export interface LedgerEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly data: JsonObject;
  readonly meta: JsonObject;
}

export interface Head {
  readonly rev: number;
  /** The leaf hash in hexadecimal digits. */
  readonly hash: string;
}

/** What a leaf depends on beside its event. */
export interface LogState {
  readonly origin: string;
  readonly size: number;
  /** The last leaf of a stream in this log. */
  headOf(stream: string): Head | undefined;
}

/**
 * What is hashed as the leaf's `data`: the event's data, and whatever the envelope holds beyond the leaf. New members of
 * the envelope are in it by themselves.
 */
export function payloadOf({ data, meta }: Pick<LedgerEvent, 'data' | 'meta'>): JsonObject {
  const { schemaVersion: _, occurred: _o, act: _a, contentHash: _c, signature: _s, ...rest } = meta;
  return { ...rest, data };
}

/** Texts only: a member that is null or undefined is absent. */
function texts(value: unknown, what: string): Readonly<Record<string, string>> {
  const members = Object.entries(value as object).filter(([, text]) => text !== null && text !== undefined);
  if (!members.every(([, text]) => typeof text === 'string'))
    throw new LedgerFault('malformed', `The event's ${what} holds more than texts.`);
  return Object.fromEntries(members);
}

/**
 * The leaf of an event: a pure function of the event and of what stands before it, so that every server derives the same
 * bytes, also after the words are gone.
 */
export function leafOf(crypto: Crypto, state: LogState, event: LedgerEvent): Leaf {
  const { meta } = event;
  const head = state.headOf(event.stream);
  if (event.revision !== (head === undefined ? 0 : head.rev + 1))
    throw new LedgerFault(
      'chain-broken',
      `${event.stream} goes on with revision ${event.revision}.`,
      state.size,
    );
  return {
    v: 1,
    log: state.origin,
    seq: state.size,
    stream: event.stream,
    rev: event.revision,
    ...(head === undefined ? {} : { prev: head.hash }),
    id: event.id,
    type: event.type,
    schema: Number(meta['schemaVersion']),
    recorded: event.recordedAt,
    ...(meta['occurred'] === undefined ? {} : { occurred: texts(meta['occurred'], 'date') }),
    act: texts(meta['act'], 'act'),
    data: hex(canonicalHash(crypto, payloadOf(event))),
    ...(typeof meta['contentHash'] === 'string' ? { content: meta['contentHash'] } : {}),
    ...(meta['signature'] === undefined ? {} : { sig: hex(canonicalHash(crypto, meta['signature'])) }),
  };
}
