import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PassedStreams } from '../../src/platform/reactions/passed.js';
import { EventRegistry } from '../../src/platform/record/event-registry.js';
import { fold } from '../../src/platform/record/fold.js';
import { slices } from '../../src/slices.js';
import { anyOpening, historyOf } from './episodes.js';
import { Histories } from './history.js';

const registry = new EventRegistry(slices);
const seed = 20_261_129;

it('what a stream holds at a place is what all its events up to there say, however it was looked at before', async () => {
  const histories = new Histories();
  const passed = new PassedStreams(registry);
  let looked = 0;
  for (const [moves, begun] of fc.sample(fc.tuple(historyOf(40), anyOpening), { numRuns: 12, seed })) {
    const { stage } = await histories.play(moves, begun, 40);
    const { record } = stage.desk.record.projections;
    const seen = new Set<string>();
    for (const { ordinal, event } of record.after(stage.beforeOrdinal, 100_000)) {
      seen.add(event.stream);
      // Not each time: what was passed by meanwhile has to be caught up with.
      for (const stream of [...seen].filter((_, index) => (ordinal + index) % 3 === 0)) {
        const events = record
          .ofStream(stream, { uptoOrdinal: ordinal })
          .map((one) => registry.read(one.event));
        const folded = fold(registry.ofStream(stream), events);
        const at = passed.at(stream, { ordinal, record });
        expect([at?.revision, at?.facts]).toEqual([folded?.revision, folded?.state]);
        looked += 1;
      }
    }
  }
  expect(looked).toBeGreaterThan(1_000);
  await histories.close();
});
