import { attributedTo, derived, directly, idAt } from '#libs/decider/testing';
import type { Act } from '#libs/decider';
import type { Stored } from '../../src/platform/record/envelope.js';

/** What a specification says of an event beside its type; the rest is as a store would have it. */
export interface Given {
  readonly type: string;
  readonly act?: Act;
  readonly data?: object;
  readonly content?: object;
  readonly restsOn?: readonly number[];
  readonly ends?: readonly number[];
  readonly sources?: Stored['sources'];
  readonly occurred?: Stored['occurred'];
  readonly erased?: boolean;
  readonly signature?: Stored['signature'];
  readonly unreadable?: Stored['unreadable'];
}

/** A stream of stored events; they name one another by their places. */
export function storedStream(stream: string, given: readonly Given[]): readonly Stored[] {
  return given.map(({ restsOn, ends, ...one }, index) => ({
    act: directly('RU'),
    sources: [],
    erased: false,
    ...one,
    ...(restsOn === undefined ? {} : { restsOn: restsOn.map(idAt) }),
    ...(ends === undefined ? {} : { ends: ends.map(idAt) }),
    id: idAt(index),
    stream,
    revision: index,
    recordedAt: new Date(Date.UTC(2025, 3, 10, 9, 0, index)).toISOString(),
    data: one.data ?? {},
    content: one.content ?? {},
    schemaVersion: 1,
    audience: 'both',
    correlationId: 'a-trace',
    salt: 'c2FsdA==',
    position: String(index) as unknown as Stored['position'],
  })) as readonly Stored[];
}

/** What amends the event at that place. */
export function on(target: number, data: object = {}): object {
  return { target: idAt(target), ...data };
}

export { attributedTo, derived, directly, idAt };
