import { describe, expect, it } from '@jest/globals';
import { attributedTo, directly, idAt, on, storedStream } from '../../../test/support/stored.js';
import type { Given } from '../../../test/support/stored.js';
import { formatParameters } from '#libs/ledger';
import type { Amending } from './amending-terms.js';
import type { Stored } from '../record/envelope.js';
import { fold } from '../record/fold.js';
import { reliedUpon } from './reliance.js';
import type { Slice } from '../record/slice.js';

const derived = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null } as const;
const ofUs = directly('US');

/** A date, on which both agree by whichever event says so. */
const slice = {
  schemas: {},
  commands: {},
  initial: 'none',
  evolve: (date: unknown, { type }: { type: string }) => (type === 'DateAgreed' ? 'one date' : date),
  joint: (date: unknown) => ({ date }),
} as unknown as Slice;

/** Whether RU takes back the event at the place, and why not. */
function askedOf(given: readonly Given[], more: Partial<Amending> = {}, place = 1) {
  const events = storedStream(`irritant-${idAt(900)}`, [{ type: 'IrritantRaised', act: ofUs }, ...given]);
  const target = events[place];
  if (target === undefined) throw new Error('There is nothing to take back.');
  const amending = {
    slice,
    events,
    state: fold(slice, events)?.state,
    declared: () => undefined,
    elsewhere: { events: [], endorsed: new Set() },
    ...more,
  };
  return reliedUpon(amending as unknown as Amending, target);
}
const reliedOn = (because: RegExp) => ({ refused: 'RELIED_UPON', because: expect.stringMatching(because) });
const said: Given = { type: 'PositionStated' };
const saidInItsPlace: Given = { ...said, ends: [1] };
const saidByUs: Given = { ...said, act: ofUs };

const signed: Pick<Given, 'signature'> = {
  signature: {
    act: ':hash:',
    seen: '0;root=:hash:',
    input: formatParameters({ created: 0, expires: 300, keyid: 'ru-1' }),
    signature: 'c2lnbmVk',
  },
};
const jwk = { crv: 'Ed25519', kty: 'OKP', x: 'VSb3QpQXEbO8UwukT_b22rDwq3Gvgy9Bp_47n9rtnGA' };
const ofItsKeys: readonly Given[] = [
  { type: 'PartyKeyRegistered', data: { purpose: 'act', thumbprint: 'ru-1', jwk, possession: 'signed' } },
  { type: 'SignedActsRequired', ...signed },
];
const agreed: Given = { type: 'DateAgreed' };

describe('A word on which both hold is not taken back', () => {
  it.each<readonly [string, readonly Given[]]>([
    ['by whoever said it', [agreed]],
    ['by whoever recorded it in the name of a party', [{ ...agreed, act: attributedTo('US') }]],
    ['by whoever said it and signs what it says', [...ofItsKeys, { ...agreed, ...signed }]],
    [
      'by whoever said it and signs, where the other side spoke last',
      [...ofItsKeys, { ...agreed, ...signed }, saidByUs],
    ],
  ])('%s', (_, given) => {
    const place = given.findIndex(({ type }) => type === 'DateAgreed') + 1;
    expect(askedOf(given, {}, place)).toEqual(reliedOn(/would be otherwise without it: date/));
  });
});

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

  it('where it took the place of one of its own party, and the other side has not spoken since', () => {
    expect(askedOf([said, saidByUs, saidInItsPlace], {}, 3)).toBeUndefined();
    const corrected: Given = { type: 'EventCorrected', data: on(1) };
    expect(askedOf([said, saidByUs, corrected], {}, 3)).toBeUndefined();
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

  it.each<readonly [string, Given]>([
    ['where the other side has spoken since it took the place of a word of the same kind', saidInItsPlace],
    ['where that took the place of a word of another kind', { type: 'DormancyProposed', ends: [1] }],
    ['where its words or its date were corrected by it', { type: 'EventCorrected', data: on(1) }],
  ])('%s: what was before would be back', (_, target) => {
    expect(askedOf([said, target, saidByUs], {}, 2)).toEqual(
      reliedOn(/would be back, and US has spoken since, in PositionStated/),
    );
  });

  it('where an own act that goes with it had answered the other side, or had ended a word before it spoke', () => {
    const going: Given = { type: 'X', restsOn: [2] };
    expect(askedOf([said, said, { ...going, ends: [0] }], {}, 2)).toEqual(
      reliedOn(/answered, ended or replaced IrritantRaised/),
    );
    expect(askedOf([said, said, { ...going, ends: [1] }, saidByUs], {}, 2)).toEqual(
      reliedOn(/would be back, and US has spoken since/),
    );
  });

  it('where something holds for both sides by it, though it names no word of the other', () => {
    expect(askedOf([{ type: 'DateAgreed' }])).toEqual(
      reliedOn(/What is not of RU alone would be otherwise without it: date\./),
    );
    expect(askedOf([{ type: 'DateAgreed' }, { type: 'DateAgreed' }])).toBeUndefined();
  });

  it('where something would follow without it that has not followed', () => {
    const follows = (date: unknown) =>
      date === 'none' ? [{ type: 'TermsLapsed', data: {}, content: {} }] : [];
    const loose = { ...slice, joint: () => ({}), follows } as unknown as Slice;
    expect(askedOf([{ type: 'DateAgreed' }], { slice: loose })).toEqual(reliedOn(/TermsLapsed/));
  });

  it('from the moment it is said, where its party binds itself by it, and not where others say so for it', () => {
    const binding = { declared: () => ({ bindsAtOnce: true, takenBackBy: 'be released' }) as const };
    expect(askedOf([said], binding)).toEqual(
      reliedOn(/^RU has bound itself by it to the other side.* The act that takes it back: be released\.$/),
    );
    expect(askedOf([{ ...said, act: attributedTo('RU') }], binding)).toBeUndefined();
  });

  it('where a consequence in another entry does, and not where it only points there', () => {
    const [consultation, link] = storedStream(`irritant-${idAt(901)}`, [
      { type: 'ConsultationBegan', act: derived, restsOn: [1] },
      { type: 'InstrumentLinked', act: derived, restsOn: [1] },
    ]) as [Stored, Stored];
    expect(askedOf([said], { elsewhere: { events: [consultation], endorsed: new Set() } })).toEqual(
      reliedOn(/ConsultationBegan/),
    );
    expect(askedOf([said], { elsewhere: { events: [link], endorsed: new Set() } })).toBeUndefined();
  });

  it('and the refusal names the act that takes it back, or says what to do where there is none', () => {
    const answered: readonly Given[] = [said, { type: 'X', act: ofUs, restsOn: [1] }];
    expect(askedOf(answered, { declared: () => ({ takenBackBy: 'withdraw the claim' }) })).toEqual(
      reliedOn(/The act that takes it back: withdraw the claim\.$/),
    );
    expect(askedOf(answered)).toEqual(reliedOn(/none is meant for it: say what holds now in a new act/));
  });
});
