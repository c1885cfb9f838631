import type { Asked, Decided, Policy, Rest } from '#libs/decider';
import type { NewEvent, Position } from '#libs/event-store';
import { schemaOf } from '../record/amendments.js';
import type { Taken } from '../record/place.js';
import { toNewEvent } from '../record/envelope.js';
import type { Stored } from '../record/envelope.js';
import type { Ids } from '../record/ids.js';
import type { Slice } from '../record/slice.js';
import { derivedAct, latestOf, optionalOccurred, reliance } from '../record/recording.js';

/** What has to be appended, or where it is: somebody, perhaps this server before, has appended it already. */
export type Consequence =
  | { readonly stream: string; readonly event: NewEvent; readonly expected: bigint }
  | { readonly at: Position };

/** What a policy asks of one target on account of one event, which is taken at its place in the record. */
export interface Wanted {
  readonly slice: Slice;
  readonly policy: Policy;
  readonly cause: Stored;
  readonly asked: Asked;
  readonly taken: Taken;
  /** The event by which what stood in its way has fallen; absent where it is drawn for the first time. */
  readonly anew?: string;
}

interface Drawn {
  readonly id: string;
  readonly decided: Decided;
  readonly cause: Stored;
  /** What it was drawn from, where that dates it. */
  readonly rests?: readonly Rest[];
}

/** The event of a consequence: nobody's act, and with the audience of its cause. */
export function derivedEvent(ids: Ids, slice: Slice, { id, decided, cause, rests }: Drawn): NewEvent {
  const { type, data, content, restsOn = [] } = decided;
  return toNewEvent(
    { id, type, data, content, salt: ids.salt() },
    {
      schemaVersion: schemaOf(slice, type)?.version ?? 1,
      ...(rests === undefined ? {} : optionalOccurred(latestOf(rests, cause.recordedAt))),
      act: derivedAct,
      sources: [],
      audience: cause.audience,
      causationId: cause.id,
      correlationId: cause.correlationId,
      ...reliance({ restsOn: [...(rests?.map((one) => one.id) ?? []), ...restsOn] }),
    },
  );
}

export function latestPosition(positions: readonly (Position | undefined)[]): Position | undefined {
  return positions.reduce(
    (newest, one) => (one !== undefined && (newest === undefined || one > newest) ? one : newest),
    undefined,
  );
}

/** Read when it is first needed: most events concern no policy. */
export function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => (kept ??= { value: read() }).value;
}

/** A consequence has one id, drawn from its cause, so it is one event. */
export function onlyOne(decided: readonly Decided[]): Decided | undefined {
  if (decided.length > 1)
    throw new Error(`A consequence is one event, not ${decided.map((one) => one.type).join(' and ')}.`);
  return decided[0];
}
