import type { JsonObject } from '#libs/event-store';
import type { CosignedCheckpoint } from './cosigned.js';

/** How far a witness had come with one event of the stream of countersignatures. */
export interface Mark {
  /** The latest time that it has said so far, in seconds since 1970. */
  readonly until: number;
  /** The revision of the last event that holds its newest. */
  readonly at: number;
}

/** By the id of the witness's key, also of one that is no longer asked, so that it never falls along the stream. */
export type Marks = { readonly [key: string]: Mark };

export function marksIn(data: JsonObject): Marks {
  return (data['marks'] ?? {}) as unknown as Marks;
}

export function marksAfter(
  before: Marks,
  checkpoints: readonly CosignedCheckpoint[],
  revision: number,
): Marks {
  const marks: { [key: string]: Mark } = { ...before };
  for (const { cosigned } of checkpoints)
    for (const { key, time = 0 } of cosigned)
      marks[key.id] = { until: Math.max(marks[key.id]?.until ?? 0, time), at: revision };
  return marks;
}
