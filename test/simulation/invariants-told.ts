import { expect } from '@jest/globals';
import { Readings } from '../../src/reading/readings.js';
import { readAlike, withoutRecorder } from '../support/alike.js';
import type { Told } from './told.js';

/** In no history do two entries read alike, and of what is attributed each says who recorded it. */
export function entriesAreTold({ stage, streams }: Told): void {
  const readings = new Readings(stage.desk.record);
  const entries = [...streams.keys()].map((stream) => stream.replace(/^[a-z]+-/, ''));
  for (const [first] of streams.values()) {
    if (first === undefined) continue;
    const { slice, id } = first.folded;
    const history = readings
      .history(slice, id)
      .all.map(({ seq, event }) => ({ seq, event, summary: readings.summary(event) }));
    const found = [...readAlike(history, entries), ...withoutRecorder(history)];
    if (found.length > 0) expect(found).toEqual([]);
  }
}
