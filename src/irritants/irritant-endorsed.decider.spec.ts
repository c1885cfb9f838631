import { describe, expect, it } from '@jest/globals';
import { derived, endorsedAt, fact, forUs, idAt, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { stageOf } from './irritant-stage.facts.js';
import {
  accepted,
  claimed,
  confirmed,
  denied,
  given,
  hash,
  raised,
  rejected,
  resolved,
  stateOf,
  tabled,
} from '../../test/support/irritant-given.js';

const terms = tabled();
const acceptsIf = (act: typeof US) =>
  accepted(act, { conditions: [{ irritantId: 'j', condition: 'together' }] });
const inForce = resolved('attributed', 1, 2);
const confirms = (act: typeof US) => confirmed('same-text', act);
const claim = claimed('agreement');
const agreed = fact('Agreed', derived, {
  by: { kind: 'claim', id: 'c' },
  contentHash: hash,
  basis: 'attributed',
  restsOn: [idAt(1), idAt(2)],
});
const stance = (one: string) => (act: typeof US) => fact('PositionStated', act, { stance: one });
const endorsing = (place: number) => fact('AttributionEndorsed', US, { target: idAt(place) });

/** What the irritant is after these facts, and what each side’s words on it have come to. */
const after = (facts: readonly GivenFact[]) => {
  const state = stateOf(...facts);
  return {
    stage: stageOf(state),
    words: [...state.resolutions, ...state.claims, ...state.linkages].map((one) => one.state),
    stance: state.positions['US']?.stance,
    rests: state.dormancy !== null,
  };
};

describe('Endorsing what was recorded in its name, a party undoes nothing that it has said itself since', () => {
  it.each<[string, GivenFact, (act: typeof US) => GivenFact, readonly GivenFact[], object]>([
    [
      'the acceptance of terms that it rejects',
      terms,
      accepted,
      [inForce, rejected(US)],
      { words: ['rejected'] },
    ],
    [
      'the acceptance on a condition of such terms',
      terms,
      acceptsIf,
      [rejected(US)],
      { words: ['rejected'] },
    ],
    ['the rejection of terms that it accepts', terms, rejected, [accepted(US)], { words: ['accepted'] }],
    ['the confirmation of what it denies', claim, confirms, [agreed, denied(US)], { words: ['denied'] }],
    ['the denial of what it confirms', claim, denied, [confirms(US)], { words: ['confirmed'] }],
    [
      'the stance that it has left',
      raised,
      stance('contests'),
      [stance('acknowledges')(US)],
      { stance: 'acknowledges' },
    ],
  ])('endorsing %s', (_case, before, attributed, since, expected) => {
    const facts = (act: typeof US) => [raised, before, attributed(act), ...since];
    const place = facts(forUs).length;
    const then = after(facts(forUs));
    expect(then).toMatchObject(expected);
    expect(after([...facts(endorsedAt(place, 'US')), endorsing(2)])).toEqual(then);
  });

  it('nor does it let a matter rest that was not to rest any more', () => {
    const facts = (act: typeof US) => [
      raised,
      fact('DormancyProposed', act),
      fact('DormancyProposalWithdrawn', forUs),
    ];
    expect(after(facts(forUs)).rests).toBe(false);
    expect(after([...facts(endorsedAt(3, 'US')), endorsing(1)]).rests).toBe(false);
  });

  it('and what is recorded in its name after it has endorsed a word does not displace that word', () => {
    const facts = (act: typeof US, last: typeof US) => [
      raised,
      stance('contests')(act),
      endorsing(1),
      stance('acknowledges')(last),
    ];
    expect(after(facts(endorsedAt(2, 'US'), forUs)).stance).toBe('contests');
    expect(after(facts(endorsedAt(2, 'US'), US)).stance).toBe('acknowledges');
  });

  it('while the basis of what stands is direct by its endorsement', () => {
    const words = given([raised, terms, accepted(endorsedAt(4, 'US')), inForce]).state?.resolutions;
    expect(words).toMatchObject([{ state: 'accepted', answer: { capacity: 'direct' } }]);
  });
});
