import { describe, expect, it } from '@jest/globals';
import { attributedTo, directly, idAt, on, storedStream } from '../../test/support/stored.js';
import type { Given } from '../../test/support/stored.js';
import type { Amending } from './amending-terms.js';
import type { Stored } from './envelope.js';
import { reliedUpon } from './reliance.js';
import type { Slice } from './slice.js';

const derived = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null } as const;
const ofUs = directly('US');

/** Whether RU takes back the event at the place 1, and why not. */
function askedOf(given: readonly Given[], more: Partial<Amending> = {}) {
  const events = storedStream(`irritant-${idAt(900)}`, [{ type: 'IrritantRaised', act: ofUs }, ...given]);
  const target = events[1];
  if (target === undefined) throw new Error('There is nothing to take back.');
  const amending = {
    slice: {
      schemas: {},
      initial: {},
      evolve: (state: unknown) => state,
      labels: () => ({}),
    } as unknown as Slice,
    events,
    takenBackBy: () => undefined,
    elsewhere: () => [],
    ...more,
  };
  return reliedUpon(amending as unknown as Amending, target);
}
const reliedOn = (because: RegExp) => ({ refused: 'RELIED_UPON', because: expect.stringMatching(because) });
const said: Given = { type: 'PositionStated' };

describe('A word may be taken back', () => {
  it.each<readonly [string, readonly Given[]]>([
    ['where nothing stands on it', [said, { type: 'PositionStated', act: ofUs }]],
    [
      'where only the own acts of its party do',
      [said, { type: 'UnderstandingClaimWithdrawn', restsOn: [1] }],
    ],
    ['where only a link does', [said, { type: 'InstrumentLinked', act: derived, restsOn: [1] }]],
    ['where it ended a word of its own party', [{ ...said, ends: [2] }, { type: 'DormancyProposed' }]],
    [
      'where what stood on it has dropped out',
      [
        said,
        { type: 'UnderstandingConfirmed', act: attributedTo('US'), restsOn: [1] },
        { type: 'AttributionDisavowed', act: ofUs, data: on(2) },
      ],
    ],
  ])('%s', (_, given) => {
    expect(askedOf(given)).toBeUndefined();
  });
});

describe('A word is relied upon', () => {
  it.each<readonly [string, readonly Given[], RegExp]>([
    [
      'where an act of the other side rests on it',
      [said, { type: 'UnderstandingConfirmed', act: ofUs, restsOn: [1] }],
      /^UnderstandingConfirmed \S+ of US relies on it\./,
    ],
    [
      'where one rests on an own act that rests on it',
      [said, { type: 'X', restsOn: [1] }, { type: 'Y', act: ofUs, restsOn: [2] }],
      /^Y \S+ of US relies on it\./,
    ],
    [
      'where a consequence does',
      [said, { type: 'IrritantResolved', act: derived, restsOn: [1] }],
      /^IrritantResolved \S+ relies on it\./,
    ],
    [
      'where the other side has ended it',
      [said, { type: 'DormancyDeclined', act: ofUs, ends: [1] }],
      /^DormancyDeclined/,
    ],
    [
      'where it answered the other side',
      [{ ...said, restsOn: [0] }],
      /answered, ended or replaced IrritantRaised/,
    ],
    ['where it ended a word of the other side', [{ ...said, ends: [0] }], /answered, ended or replaced/],
    [
      'where the party in whose name it was recorded has endorsed it',
      [
        { type: 'PositionStated', act: attributedTo('US') },
        { type: 'AttributionEndorsed', act: ofUs, data: on(1) },
      ],
      /US has endorsed it/,
    ],
  ])('%s', (_, given, because) => {
    expect(askedOf(given)).toEqual(reliedOn(because));
  });

  it('where a consequence in another entry does, and not where it only points there', () => {
    const [consultation, link] = storedStream(`irritant-${idAt(901)}`, [
      { type: 'ConsultationBegan', act: derived, restsOn: [1] },
      { type: 'InstrumentLinked', act: derived, restsOn: [1] },
    ]) as [Stored, Stored];
    expect(askedOf([said], { elsewhere: () => [consultation] })).toEqual(reliedOn(/ConsultationBegan/));
    expect(askedOf([said], { elsewhere: () => [link] })).toBeUndefined();
  });

  it('and the refusal names the act that takes it back, or says what to do where there is none', () => {
    const answered: readonly Given[] = [said, { type: 'X', act: ofUs, restsOn: [1] }];
    expect(askedOf(answered, { takenBackBy: () => 'withdraw the claim' })).toEqual(
      reliedOn(/The act that takes it back: withdraw the claim\.$/),
    );
    expect(askedOf(answered)).toEqual(reliedOn(/none is meant for it: say what holds now in a new act/));
  });
});
