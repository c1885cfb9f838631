import type { Decided, Rest } from '#libs/decider';
import type { NewEvent, Position } from '#libs/event-store';
import { toNewEvent } from './envelope.js';
import type { Stored } from './envelope.js';
import type { Ids } from './ids.js';
import { derivedAct, latestOf, optionalOccurred, reliance } from './recording.js';

/** The event of a consequence: nobody's act, and with the audience of its cause. */
export function derivedEvent(
  ids: Ids,
  id: string,
  { type, data, content, restsOn = [] }: Decided,
  cause: Stored,
  rests: readonly Rest[] | undefined,
): NewEvent {
  return toNewEvent(
    { id, type, data, content, salt: ids.salt() },
    {
      schemaVersion: 1,
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
