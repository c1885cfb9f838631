import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributedTo, derived, directly, idAt, on, storedStream } from '../../../test/support/stored.js';
import type { Given } from '../../../test/support/stored.js';
import { slices } from '../../slices.js';
import { countedIn } from './amendments.js';
import { restingUpon, standingsIn } from './dropping.js';
import { fold } from './fold.js';
import type { Slice } from './slice.js';

const stream = `irritant-${idAt(900)}`;
const of = (...given: readonly Given[]) => storedStream(stream, given);
const places = (ids: Iterable<string>) =>
  [...ids].map((one) => Number(one.slice(-12))).toSorted((a, b) => a - b);
const raised: Given = { type: 'IrritantRaised' };
/** What amends the event at that place: by whoever recorded it, by rule, and as US says it. */
const amending = (type: string, place: number, act = directly('RU')): Given => ({
  type,
  act,
  data: on(place),
});
const concluding = (type: string, place: number, more: Partial<Given> = {}): Given => ({
  ...amending(type, place, derived),
  ...more,
});
const ofSecretariat = { ...attributedTo('US'), party: null, capacity: 'direct' } as const;
const ofUs = (type: string, place: number, more: object = {}): Given => ({
  type,
  act: directly('US'),
  data: on(place, more),
});
const concluded = (party: string, outcome: string, place = 1): Given => ({
  ...ofUs('ActReviewConcluded', place, { outcome }),
  act: directly(party),
});

describe('What rests on an event', () => {
  it('is whatever needs it, however far removed, and not the event itself', () => {
    const events = of(
      raised,
      { type: 'A' },
      { type: 'B', restsOn: [1] },
      { type: 'C', restsOn: [2, 0] },
      { type: 'D' },
    );
    expect(places(restingUpon(events, [idAt(1)]))).toEqual([2, 3]);
  });

  it('is looked for in a stream of any length without going deeper for each link', () => {
    const length = 20_000;
    const events = of(
      ...Array.from({ length }, (_, index): Given => ({
        type: 'A',
        restsOn: index === 0 ? [] : [index - 1],
      })),
    );
    expect(restingUpon(events, [idAt(0)]).size).toBe(length - 1);
  });
});

describe('Out of what counts go', () => {
  const lifted: Given = { type: 'MilestoneLifted', act: derived };
  const claimed: Given = { type: 'UnderstandingClaimed', act: attributedTo('US') };
  const answered: Given = { type: 'UnderstandingClaimWithdrawn', act: attributedTo('US'), restsOn: [1] };

  it.each<readonly [string, Given]>([
    ['disavowed', ofUs('AttributionDisavowed', 1)],
    ['retracted', amending('EventRetracted', 1, ofSecretariat)],
    ['void', concluding('AttributionVoid', 1)],
    ['contradicted', concluding('AttributionContradicted', 1)],
    ['lifted', { ...lifted, data: { milestones: [idAt(1)], cause: idAt(800) } }],
  ])('an act that is %s, and what rests on it', (_, taking) => {
    const events = of(raised, claimed, answered, taking);
    expect(places(standingsIn(events).dropped)).toEqual([1, 2]);
    expect(standingsIn(events).takers.get(idAt(1))?.id).toBe(idAt(3));
    expect(standingsIn(events).takers.has(idAt(2))).toBe(false);
  });

  it('nothing that an act ended or replaced: that stands again', () => {
    const events = of(
      raised,
      { type: 'DormancyProposed' },
      { type: 'DormancyDeclined', act: attributedTo('US'), ends: [1] },
      ofUs('AttributionDisavowed', 2),
    );
    expect(places(standingsIn(events).dropped)).toEqual([2]);
  });

  it('nothing by what followed from an act that has dropped out itself', () => {
    const events = of(
      raised,
      claimed,
      answered,
      { type: 'UnderstandingDenied', act: directly('US') },
      concluding('AttributionContradicted', 1, { restsOn: [3] }),
      concluding('AttributionVoid', 3),
    );
    expect(places(standingsIn(events.slice(0, 5)).dropped)).toEqual([1, 2]);
    expect(places(standingsIn(events).dropped)).toEqual([3, 4]);
    expect(standingsIn(events).takers.has(idAt(1))).toBe(false);
  });

  it('nothing by an event that can not be read, nor by one after it', () => {
    const unreadable = { because: 'its shape is not known', stored: { data: {}, content: {}, meta: {} } };
    const lifting: Given = { ...lifted, unreadable };
    const events = of(raised, claimed, answered, lifting, amending('EventRetracted', 1));
    expect(places(standingsIn(events).dropped)).toEqual([]);
    expect(standingsIn(events).takers.size).toBe(0);
  });

  it('no first event: it stays, without an author, and what rested on it goes', () => {
    const events = of(raised, { type: 'IrritantAcknowledged', restsOn: [0] }, amending('EventRetracted', 0));
    const { dropped, unauthored } = standingsIn(events);
    expect(places(unauthored)).toEqual([0]);
    expect(places(dropped)).toEqual([1]);
  });
});

describe('A repudiated act', () => {
  const repudiated: readonly Given[] = [
    raised,
    { type: 'PositionStated', act: directly('US') },
    ofUs('ActRepudiated', 1),
  ];

  it.each<readonly [string, readonly Given[], boolean, readonly number[]]>([
    ['stays in force and marked while nobody has concluded', [], true, []],
    ['stays so while one has', [concluded('US', 'void')], true, []],
    ['stays so while the two differ', [concluded('US', 'void'), concluded('RU', 'stands')], true, []],
    [
      'goes by the later words of both',
      [concluded('US', 'void'), concluded('RU', 'stands'), concluded('RU', 'void')],
      false,
      [1],
    ],
    [
      'stands without a mark once both say so',
      [concluded('RU', 'stands'), concluded('US', 'stands')],
      false,
      [],
    ],
  ])('%s', (_, words, isMarked, dropped) => {
    const standings = standingsIn(of(...repudiated, ...words));
    expect(standings.repudiated.has(idAt(1))).toBe(isMarked);
    expect(places(standings.dropped)).toEqual(dropped);
  });
});

/** Its party repudiates what stands at that place, and both find it void. */
const voiding = (place: number, party = 'US'): readonly Given[] => [
  amending('ActRepudiated', place, directly(party)),
  concluded(party, 'void', place),
  concluded(party === 'US' ? 'RU' : 'US', 'void', place),
];
/** Recorded in the name of US by the other side, which kept the record alone. */
const byTheSide = { ...directly('RU'), party: 'US', capacity: 'attributed' } as const;

describe('What amends amends nothing once it is void', () => {
  const said: readonly Given[] = [
    { ...raised, act: byTheSide },
    { type: 'PositionStated', act: byTheSide },
    { type: 'PositionStated', act: directly('US'), restsOn: [1] },
  ];
  const saidForUs = said.with(2, { type: 'PositionStated', act: byTheSide, restsOn: [1] });

  it.each<readonly [string, string, Given]>([
    ['a retraction', 'RU', amending('EventRetracted', 1)],
    ['a disavowal', 'US', ofUs('AttributionDisavowed', 1)],
    ['a disavowal of the first', 'US', ofUs('AttributionDisavowed', 0)],
  ])('%s: what it took out counts again, with what rests on that', (_, party, taking) => {
    const events = party === 'RU' ? saidForUs : said;
    expect(places(standingsIn(of(...events, taking)).takers.keys())).toHaveLength(1);
    const { dropped, unauthored } = standingsIn(of(...events, taking, ...voiding(3, party)));
    expect(places(dropped)).toEqual([3]);
    expect(places(unauthored)).toEqual([]);
  });

  it('an endorsement, and a repudiation with what was said in its review', () => {
    const endorsed = ofUs('AttributionEndorsed', 1);
    expect(standingsIn(of(...said, endorsed, ...voiding(3))).endorsed.size).toBe(0);
    const review = { ...concluded('US', 'void', 2), restsOn: [3] };
    const repudiation = ofUs('ActRepudiated', 2);
    const { repudiated, dropped } = standingsIn(of(...said, repudiation, review, ...voiding(3)));
    expect(repudiated.has(idAt(2))).toBe(false);
    expect(places(dropped)).toEqual([3, 4]);
  });

  it('half of a review: the other half alone takes nothing out, and a new one does', () => {
    const reviewed = [...said, ...voiding(2)];
    expect(places(standingsIn(of(...reviewed)).dropped)).toEqual([2]);
    const halved = [...reviewed, ...voiding(4)];
    expect(places(standingsIn(of(...halved)).dropped)).toEqual([4]);
    expect(standingsIn(of(...halved)).repudiated.has(idAt(2))).toBe(true);
    const anew = concluded('US', 'void', 2);
    expect(places(standingsIn(of(...halved, anew)).dropped)).toEqual([2, 4]);
  });

  it('and what has taken that out is asked in its turn, from the last to the first', () => {
    const once = [...saidForUs, amending('EventRetracted', 1), ...voiding(3, 'RU')];
    // Its half of the review by which the retraction fell is found void as well.
    const twice = [...once, ...voiding(5, 'RU')];
    expect(places(standingsIn(of(...twice)).dropped)).toEqual([1, 2, 5]);
    expect(places(standingsIn(of(...twice, ...voiding(8, 'RU'))).dropped)).toEqual([3, 8]);
  });

  it.each<readonly [string, Given]>([
    ['a retraction by another side', { ...amending('EventRetracted', 2), restsOn: [2] }],
    ['a disavowal by another side', { ...amending('AttributionDisavowed', 1), restsOn: [1] }],
    ['what is said to be void by a side', { ...amending('AttributionVoid', 2), restsOn: [2] }],
  ])('%s takes nothing out, though it says that it rests on what it would take out', (_, taking) => {
    const events = of(...said, taking);
    expect(places(standingsIn(events).dropped)).toEqual([3]);
    expect(standingsIn(events).takers.size).toBe(0);
  });

  it('a corrected date: what followed from the act is dated by the first one again', () => {
    const [first, second] = [{ edtf: '2025-01-10' }, { edtf: '2025-03-10' }];
    const act = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null } as const;
    const dates = (...given: readonly Given[]) =>
      countedIn(irritants, of(...given)).counted.map((one) => one.occurred?.edtf);
    const corrected: readonly Given[] = [
      raised,
      { type: 'PositionStated', act: directly('US'), occurred: first },
      ofUs('EventCorrected', 1, { occurred: second }),
      { type: 'ConsultationBegan', act, data: { restsOn: [idAt(1)] }, restsOn: [1], occurred: second },
    ];
    expect(dates(...corrected).slice(1)).toEqual(['2025-03-10', undefined, '2025-03-10']);
    expect(dates(...corrected, ...voiding(2)).slice(1, 3)).toEqual(['2025-01-10', '2025-01-10']);
  });

  it('half of a review by a side whose act it is not takes nothing out, whoever says the other half', () => {
    const halves = ['RU', 'FR'].map((party) => concluded(party, 'void', 2));
    expect(places(standingsIn(of(...said, ...halves)).dropped)).toEqual([]);
  });

  it('nor does what rests on what it takes out itself keep that for ever in doubt', () => {
    const taking: Given = { type: 'EventRetracted', data: on(1), restsOn: [1] };
    expect(places(standingsIn(of(...saidForUs, taking)).dropped)).toEqual([1, 2, 3]);
  });

  it.each([1_000, 10_000])(
    'at a cost that grows with %s amendments of amendments and no faster',
    (length) => {
      const given: Given[] = [raised, { type: 'PositionStated', act: directly('US') }];
      for (let turn = 0; given.length < length; turn += 1)
        given.push(...voiding(given.length - 1, turn % 2 === 0 ? 'US' : 'RU'));
      const events = of(...given);
      let reads = 0;
      const counted = events.map(
        (one) =>
          new Proxy(one, {
            get: (target, name) => {
              reads += 1;
              return Reflect.get(target, name) as unknown;
            },
          }),
      );
      const { dropped } = standingsIn(counted);
      // Each half is taken out by the next review, but for the last, so every second of them counts.
      expect(dropped.size).toBeGreaterThan(length / 7);
      expect(reads / length).toBeLessThan(60);
    },
  );
});

describe('What is put into the store as the word of somebody who can not have said it takes nothing out and marks nothing', () => {
  const attributed: Given = { type: 'PositionStated', act: attributedTo('US') };
  const own: Given = { type: 'PositionStated', act: directly('US') };
  const bySide = (party: string): Given['act'] => ({ ...directly(party), recordedBy: `another-of-${party}` });
  const inItsName = { ...directly('US'), recorderParty: 'RU' };

  it.each<readonly [string, Given, Given]>([
    ['a retraction by a colleague of whoever recorded it', own, amending('EventRetracted', 1, bySide('US'))],
    ['a retraction by the other side', own, amending('EventRetracted', 1)],
    ['a retraction that stands there as a conclusion', own, concluding('EventRetracted', 1)],
    ['a void that a party says', own, amending('AttributionVoid', 1)],
    ['a contradiction that a party says', attributed, ofUs('AttributionContradicted', 1)],
    ['a contradiction of what the party said itself', own, concluding('AttributionContradicted', 1)],
    [
      'a fall that a party says',
      own,
      { type: 'MilestoneLifted', data: { milestones: [idAt(1)], cause: idAt(0) } },
    ],
    ['a disavowal by the other side', attributed, amending('AttributionDisavowed', 1)],
    ['a disavowal that others record for it', attributed, amending('AttributionDisavowed', 1, inItsName)],
    ['a disavowal of what the party said itself', own, ofUs('AttributionDisavowed', 1)],
    ['an endorsement by the other side', attributed, amending('AttributionEndorsed', 1)],
    [
      'an endorsement that others record for it',
      attributed,
      amending('AttributionEndorsed', 1, attributedTo('US')),
    ],
    ['a repudiation by the other side', own, amending('ActRepudiated', 1)],
    ['a doubt of another than recorded it', attributed, ofUs('AttributionDoubted', 1)],
    ['an erasure that a party says', own, amending('ContentErased', 1)],
    ['a correction by the other side', own, amending('EventCorrected', 1)],
  ])('%s', (_, target, forged) => {
    const events = of(raised, { ...target, content: { text: { en: 'Words.' } } }, answering, forged);
    const { dropped, takers, endorsed, repudiated, doubted } = standingsIn(events);
    expect(places(dropped)).toEqual([3]);
    expect([takers, endorsed, repudiated, doubted].map(({ size }) => size)).toEqual([0, 0, 0, 0]);
    expect(countedIn(irritants, events).counted).toEqual(countedIn(irritants, events.slice(0, 3)).counted);
  });

  const answering: Given = { type: 'UnderstandingConfirmed', restsOn: [1] };

  it('nor is half of a review what others record in the name of a side', () => {
    const halves = [
      concluded('US', 'void'),
      { ...concluded('RU', 'void'), act: { ...directly('RU'), recorderParty: 'US' } },
    ];
    const { dropped, repudiated } = standingsIn(of(raised, own, ofUs('ActRepudiated', 1), ...halves));
    expect([places(dropped), repudiated.size]).toEqual([[4], 1]);
  });

  it('nor does anything take out, or mark, what comes after it, were its id known beforehand', () => {
    const later = idAt(2);
    for (const early of [
      ofUs('AttributionDisavowed', 2),
      ofUs('AttributionEndorsed', 2),
      concluding('AttributionVoid', 2),
      { type: 'MilestoneLifted', act: derived, data: { milestones: [later], cause: idAt(0) } },
    ]) {
      const { dropped, endorsed } = standingsIn(of(raised, early, attributed));
      expect([dropped.has(later), endorsed.has(later)]).toEqual([false, false]);
    }
  });

  it('and what says that an act is void stays, whoever takes it back', () => {
    const voided = [raised, own, concluding('AttributionVoid', 1)];
    for (const taking of [
      'EventRetracted',
      'AttributionVoid',
      'AttributionContradicted',
      'ActReviewConcluded',
    ])
      for (const act of [derived, directly('US'), directly('RU')])
        expect(places(standingsIn(of(...voided, amending(taking, 2, act))).dropped)).toContain(1);
    const lifting = {
      type: 'MilestoneLifted',
      act: derived,
      data: { milestones: [idAt(2)], cause: idAt(0) },
    };
    expect(places(standingsIn(of(...voided, lifting)).dropped)).toEqual([1]);
  });
});

describe('An endorsed act', () => {
  it('counts as direct, in its own place', () => {
    const events = of(
      raised,
      { type: 'PositionStated', act: attributedTo('US') },
      { type: 'PositionStated' },
      ofUs('AttributionEndorsed', 1),
    );
    const [, first] = countedIn(irritants, events).counted;
    expect(first).toMatchObject({
      revision: 1,
      act: { capacity: 'direct', endorsedBy: idAt(3), endorsedAt: 3, party: 'US' },
    });
  });
});

/** Folds to the list of what it was given, so that two folds are the same only where the same has counted. */
const listing = {
  ...slices.find((one) => one.name === 'irritants'),
  initial: [],
  evolve: (state: readonly string[] | null, { id, act }: { id: string; act: { capacity: string } }) => [
    ...(state ?? []),
    `${id} ${act.capacity}`,
  ],
} as unknown as Slice;
const irritants = slices.find((one) => one.name === 'irritants') as Slice;

describe('After any disavowal', () => {
  /** Each act rests on, or ends, some that came before it. */
  const histories = fc
    .array(
      fc.record({
        party: fc.constantFrom('RU', 'US'),
        isAttributed: fc.boolean(),
        rests: fc.array(fc.nat(30), { maxLength: 3 }),
        ends: fc.array(fc.nat(30), { maxLength: 2 }),
      }),
      { minLength: 2, maxLength: 30 },
    )
    .map((all) =>
      all.map(({ party, isAttributed, rests, ends }, index): Given => {
        const before = (chosen: readonly number[]) => chosen.filter((one) => one > 0 && one < index);
        return {
          type: index === 0 ? 'IrritantRaised' : 'PositionStated',
          act: isAttributed ? attributedTo(party) : directly(party),
          restsOn: before(rests),
          ends: before(ends),
        };
      }),
    );

  it('the fold is that of the history without the act and without what rests on it', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (given, chosen) => {
        const place = 1 + (chosen % (given.length - 1));
        const disavowing = ofUs('AttributionDisavowed', place);
        const told = given.map((one, at) => (at === place ? { ...one, act: attributedTo('US') } : one));
        const events = of(...told, disavowing);
        const gone = new Set([place]);
        given.forEach(({ restsOn = [] }, index) => {
          if (restsOn.some((one) => gone.has(one))) gone.add(index);
        });
        const without = events.filter((one) => !gone.has(one.revision));
        expect(fold(listing, events)?.state).toEqual(
          without.reduce<unknown>((state, one) => listing.evolve(state, one), listing.initial),
        );
        // Nothing that comes later brings any of it back, were it the disavowal of what it rested on.
        const again = ofUs('AttributionDisavowed', place);
        const later = fold(listing, of(...told, disavowing, again))?.state as readonly string[];
        expect(later.slice(0, without.length)).toEqual(fold(listing, events)?.state);
      }),
      { numRuns: 300 },
    );
  });
});
