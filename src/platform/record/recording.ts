import type { Act, Decided, Occurred, Rest, SourceRef, WordingRow } from '#libs/decider';
import { thisAct } from '#libs/decider';
import { latestMoment } from '#libs/edtf';
import type { NewEvent } from '#libs/event-store';
import type { Audience, CommandMark, StoredAct } from './envelope.js';
import { asStored, toNewEvent } from './envelope.js';
import type { Ids } from './ids.js';
import type { Slice } from './slice.js';

/** Nobody's act: what the service itself draws from other events is recorded by this id. */
export const derivedAct: StoredAct = {
  party: null,
  capacity: 'derived',
  recordedBy: 'entente',
  recorderParty: null,
};

export interface Stamp {
  readonly act: Act;
  readonly occurred?: Occurred | undefined;
  readonly sources: readonly SourceRef[];
  readonly wording?: readonly WordingRow[] | undefined;
  readonly audience: Audience;
  /** Of an act that is brought in from elsewhere: what it is called there. */
  readonly externalRef?: string | undefined;
  readonly correlationId: string;
  /** The present instant, as `recordedAt` is written. */
  readonly now: string;
  /** Of the act itself, where whoever sends it has made one. */
  readonly salt?: string | undefined;
  /** Gives the mark of an idempotent request for the salt of one event. */
  readonly mark?: (salt: string) => CommandMark | undefined;
}

/**
 * A consequence happened when the latest of the events that it rests on happened. Where one of them claims no time,
 * all that is sure is that it had happened when it was recorded.
 */
export function latestOf(rests: readonly Rest[], now: string): Occurred | undefined {
  const moments = rests.map((one) => one.occurred ?? { edtf: one.recordedAt ?? now });
  return moments.reduce<Occurred | undefined>(
    (latest, one) => (latest === undefined || latestMoment(one) > latestMoment(latest) ? one : latest),
    undefined,
  );
}

/** Gives the decided events their ids and envelopes. A consequence in the same append names the act as its cause. */
export function stamped(
  slice: Slice,
  decided: readonly Decided[],
  stamp: Stamp,
  ids: Ids,
): [NewEvent, ...NewEvent[]] {
  const firstId = ids.next();
  const events = decided.map((one, index) => {
    const salt = (index === 0 ? stamp.salt : undefined) ?? ids.salt();
    const command = stamp.mark?.(salt);
    const event = {
      id: index === 0 ? firstId : ids.next(),
      type: one.type,
      data: namingThis(one.data, firstId),
      content: one.content,
      salt,
    };
    const shared = {
      schemaVersion: slice.schemas[one.type]?.version ?? 1,
      sources: stamp.sources,
      audience: stamp.audience,
      correlationId: stamp.correlationId,
      ...(command === undefined ? {} : { command }),
    };
    if (one.derivedFrom === undefined) {
      return toNewEvent(event, {
        ...shared,
        act: asStored(stamp.act),
        ...(stamp.wording === undefined ? {} : { wording: stamp.wording }),
        ...(stamp.externalRef === undefined ? {} : { externalRef: stamp.externalRef }),
        ...reliance(one),
        ...optionalOccurred(stamp.occurred),
      });
    }
    return toNewEvent(event, {
      ...shared,
      sources: [],
      act: derivedAct,
      causationId: firstId,
      ...derivedReliance(one, firstId),
      ...optionalOccurred(latestOf(one.derivedFrom, stamp.now)),
    });
  });
  const [first, ...others] = events;
  if (first === undefined) throw new Error('A decision without events has nothing to record.');
  return [first, ...others];
}

export function optionalOccurred(occurred: Occurred | undefined): { readonly occurred?: Occurred } {
  return occurred === undefined ? {} : { occurred };
}

/** Each id once, and no member where there is none. */
export function reliance({ restsOn = [], ends = [] }: Pick<Decided, 'restsOn' | 'ends'>): {
  readonly restsOn?: readonly string[];
  readonly ends?: readonly string[];
} {
  return {
    ...(restsOn.length === 0 ? {} : { restsOn: [...new Set(restsOn)] }),
    ...(ends.length === 0 ? {} : { ends: [...new Set(ends)] }),
  };
}

/** A consequence in the append of an act rests on that act, whatever else it rests on. */
function derivedReliance({ derivedFrom = [], restsOn = [], ends = [] }: Decided, firstId: string) {
  const ids = [...derivedFrom.map((one) => one.id), ...restsOn].map((one) =>
    one === thisAct ? firstId : one,
  );
  return reliance({ restsOn: [firstId, ...ids], ends });
}

/** Puts the id of the act in the place that the decider left open for it. */
function namingThis(data: object, id: string): object {
  const { restsOn } = data as { restsOn?: readonly string[] };
  return restsOn === undefined
    ? data
    : { ...data, restsOn: restsOn.map((one) => (one === thisAct ? id : one)) };
}
