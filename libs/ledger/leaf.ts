import { canonicalHex } from './canonical.js';
import type { JsonObject } from './canonical.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { actIn, contentIn, dateIn, schemaIn } from './leaf-parts.js';
import type { LeafAct, LeafDate } from './leaf-parts.js';
import { logEvents, originAfter } from './log-names.js';

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
  readonly occurred?: LeafDate;
  readonly act: LeafAct;
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
  /** The name of the log in its last leaf. */
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

/**
 * The leaf of an event: a pure function of the event and of what stands before it, so that every server derives the same
 * bytes, also after the words are gone. Throws `LedgerFault` for an envelope of which a leaf would drop something: a member
 * of act or date that a leaf does not have is as good as not logged, and one with another name is as good as absent.
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
  const { act, contentHash, occurred, schemaVersion, signature } = meta;
  const content = contentIn(contentHash);
  const date = dateIn(occurred);
  // In the order of RFC 8785, in which they are written fastest.
  return {
    act: actIn(act),
    ...(content === undefined ? {} : { content }),
    data: canonicalHex(crypto, payloadOf(event)),
    id: event.id,
    // The event that begins a log anew is the first under its new name.
    log: event.type === logEvents.begunAnew ? originAfter(state.origin) : state.origin,
    ...(date === undefined ? {} : { occurred: date }),
    ...(head === undefined ? {} : { prev: head.hash }),
    recorded: event.recordedAt,
    rev: event.revision,
    schema: schemaIn(schemaVersion),
    seq: state.size,
    ...(signature === undefined ? {} : { sig: canonicalHex(crypto, signature) }),
    stream: event.stream,
    type: event.type,
    v: 1,
  };
}
