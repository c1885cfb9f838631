import type { Sequenced } from './definitions.js';
import { RecordGap } from './errors.js';

/** The record's own tables are part of the read models, and a row that somebody took out of them must be seen. */
export function refuseGap(batch: readonly Sequenced[], ordinal: number): void {
  const found = batch.find((one, index) => one.ordinal !== ordinal + 1 + index);
  if (found === undefined) return;
  throw new RecordGap(
    `The read model of the record lacks an event before ordinal ${found.ordinal}: rebuild all.`,
  );
}
