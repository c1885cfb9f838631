import type { Sequenced } from './definitions.js';
import { RecordGap } from './errors.js';

/** The record's own tables are part of the read models, and a row that somebody took out of them must be seen. */
export function refuseGap(batch: readonly Sequenced[], seq: number): void {
  const found = batch.find((one, index) => one.seq !== seq + 1 + index);
  if (found === undefined) return;
  throw new RecordGap(`The read model of the record lacks an event before seq ${found.seq}: rebuild all.`);
}
