import { describe, expect, it } from '@jest/globals';
import { attributedTo, derived, endorsedAt, idAt } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { stageOf } from './irritant-stage.facts.js';
import { given, hash, raised, RU, US } from '../../test/support/irritant-given.js';

const forUs = attributedTo('US');

const said =
  (type: string, data: object = {}) =>
  (act: typeof US): GivenFact =>
    fact(type, act, data);
const terms = said('ResolutionProposed', { resolutionId: 'r', termsHash: hash })(RU);
const accepts = said('ResolutionAccepted', { resolutionId: 'r', termsHash: hash });
const acceptsIf = said('ResolutionAccepted', {
  resolutionId: 'r',
  termsHash: hash,
  conditions: [{ irritantId: 'j', condition: 'together' }],
});
const rejects = said('ResolutionRejected', { resolutionId: 'r' });
const resolved = said('IrritantResolved', {
  resolutionId: 'r',
  basis: 'attributed',
  restsOn: [idAt(1), idAt(2)],
})(derived);
const claim = said('UnderstandingClaimed', { claimId: 'c', kind: 'agreement', textHash: hash })(RU);
const confirms = said('UnderstandingConfirmed', { claimId: 'c', mode: 'same-text', textHash: hash });
const denies = said('UnderstandingDenied', { claimId: 'c' });
const agreed = said('Agreed', {
  by: { kind: 'claim', id: 'c' },
  contentHash: hash,
  basis: 'attributed',
  restsOn: [idAt(1), idAt(2)],
})(derived);
const stance = (one: string) => said('PositionStated', { stance: one });
const endorsing = (place: number) => said('AttributionEndorsed', { target: idAt(place) })(US);

/** What the irritant is after these facts, and what each side’s words on it have come to. */
const after = (facts: readonly GivenFact[]) => {
  const { state } = given(facts);
  if (state === null) throw new Error('Nothing was raised.');
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
      accepts,
      [resolved, rejects(US)],
      { words: ['rejected'] },
    ],
    ['the acceptance on a condition of such terms', terms, acceptsIf, [rejects(US)], { words: ['rejected'] }],
    ['the rejection of terms that it accepts', terms, rejects, [accepts(US)], { words: ['accepted'] }],
    ['the confirmation of what it denies', claim, confirms, [agreed, denies(US)], { words: ['denied'] }],
    ['the denial of what it confirms', claim, denies, [confirms(US)], { words: ['confirmed'] }],
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
    const proposed = said('DormancyProposed');
    const facts = (act: typeof US) => [raised, proposed(act), said('DormancyProposalWithdrawn')(forUs)];
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
    const words = given([raised, terms, accepts(endorsedAt(4, 'US')), resolved]).state?.resolutions;
    expect(words).toMatchObject([{ state: 'accepted', answer: { capacity: 'direct' } }]);
  });
});
