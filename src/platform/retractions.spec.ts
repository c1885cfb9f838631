import { describe, expect, it } from '@jest/globals';
import type { Stored } from './envelope.js';
import { droppedBy } from './retractions.js';
import type { Slice } from './slice.js';

interface Talks {
  readonly said: readonly string[];
  readonly rested: readonly string[];
}

let folded = 0;

/** What was said becomes what an agreement rests on, until the agreement is lifted. */
const slice = {
  schemas: { Said: {}, Agreed: {}, Lifted: {} },
  initial: { said: [], rested: [] },
  evolve(talks: Talks, { id, type }: Stored): Talks {
    folded += 1;
    if (type === 'Said') return { ...talks, said: [...talks.said.slice(-3), id] };
    if (type === 'Agreed') return { ...talks, rested: [...talks.said, id] };
    return type === 'Lifted' ? { ...talks, rested: [] } : talks;
  },
  restsOn: ({ rested }: Talks) => rested,
} as unknown as Slice;

function story(...steps: readonly (readonly [type: string, target?: number])[]): readonly Stored[] {
  return steps.map(
    ([type, target], revision) =>
      ({
        id: `e${revision}`,
        type,
        revision,
        data: target === undefined ? {} : { target: `e${target}` },
      }) as Stored,
  );
}

/** The rule as it reads: each retraction judged by a fold from the beginning of what counted until then. */
function byTheRule(events: readonly Stored[]): ReadonlySet<string> {
  const dropped = new Set<string>();
  for (const [index, { type, data }] of events.entries()) {
    if (type !== 'EventRetracted') continue;
    const counted = events.slice(0, index).filter((one) => !dropped.has(one.id));
    const state = counted.reduce<unknown>((reached, one) => slice.evolve(reached, one), slice.initial);
    if (!slice.restsOn(state).includes(String(data['target']))) dropped.add(String(data['target']));
  }
  return dropped;
}

/** Drawn from the seed alone, so that a failure comes again. */
function drawn(seed: number): readonly Stored[] {
  let last = seed * 2_654_435_761 + 1;
  const draw = (below: number) => {
    last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((last / 2 ** 32) * below);
  };
  const types = [
    'Said',
    'Said',
    'Said',
    'Agreed',
    'Lifted',
    'EventCorrected',
    'EventRetracted',
    'EventRetracted',
  ];
  const steps = Array.from({ length: 120 }, (_, index) => {
    const type = index === 0 ? 'Said' : (types[draw(types.length)] ?? 'Said');
    return type.startsWith('Event') ? ([type, draw(index)] as const) : ([type] as const);
  });
  return story(...steps);
}

describe('What retractions take out', () => {
  it('is judged by what counted when each was made, without what had dropped out before', () => {
    const liftedByMistake = story(
      ['Said'],
      ['Agreed'],
      ['Lifted'],
      ['EventRetracted', 2],
      ['EventRetracted', 0],
    );
    expect([...droppedBy(slice, liftedByMistake)]).toEqual(['e2']);
  });

  it('is what the rule says, in histories of every kind', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const events = drawn(seed);
      expect({ seed, dropped: [...droppedBy(slice, events)] }).toEqual({
        seed,
        dropped: [...byTheRule(events)],
      });
    }
  });

  it('costs no fold from the beginning where each was taken back soon after it was entered', () => {
    const pairs = Array.from({ length: 1_000 }, (_, index) => [
      ['Said'] as const,
      ['EventRetracted', index * 3] as const,
      ['Said'] as const,
    ]).flat();
    folded = 0;
    expect(droppedBy(slice, story(...pairs)).size).toBe(1_000);
    expect(folded).toBeLessThan(pairs.length * 32);
  });
});
