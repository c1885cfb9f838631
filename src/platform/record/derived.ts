import type { Decided, Rest } from '#libs/decider';
import type { NewEvent } from '#libs/event-store';
import { schemaOf } from './amendment-events.js';
import { toNewEvent } from './envelope.js';
import type { Stored } from './envelope.js';
import type { Ids } from './ids.js';
import { derivedAct, latestOf, optionalOccurred, reliance } from './recording.js';
import type { Slice } from './slice.js';

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
