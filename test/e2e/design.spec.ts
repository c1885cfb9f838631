import { describe, expect, it } from '@jest/globals';
import { overlays, stages, stances } from '../../src/irritants/irritant.events.js';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import { slices } from '../../src/slices.js';
import {
  designedAmendments,
  designedEvents,
  designedOverlays,
  designedStages,
  designedStances,
  wordsIn,
} from '../support/design.js';

describe('The registry and the design', () => {
  it('know the same aggregates', () => {
    expect(slices.map((one) => one.name).toSorted()).toEqual(Object.keys(designedEvents).toSorted());
  });

  it.each(slices.map((one) => [one.name, one] as const))(
    'know the same events of %s, and no other',
    (name, { schemas }) => {
      expect(Object.keys(schemas).toSorted()).toEqual(wordsIn(designedEvents[name] ?? '').toSorted());
    },
  );

  it('know the same amendments, which any stream may hold', () => {
    expect(Object.keys(amendmentEvents).toSorted()).toEqual(wordsIn(designedAmendments).toSorted());
  });

  it('know the same stages in the same order, the same overlays and the same positions', () => {
    expect(stages).toEqual(wordsIn(designedStages));
    expect(overlays).toEqual(wordsIn(designedOverlays));
    expect(stances).toEqual(wordsIn(designedStances));
  });
});
