import { describe, expect, it } from '@jest/globals';
import { forRu, RU, US } from '#libs/decider/testing';
import {
  allege,
  alleged,
  answer,
  answered,
  asserted,
  given,
  mutual,
  stateOf,
  undertaken,
  undertakes,
  viewOf,
  withdraw,
  withdrawn,
} from '../../test/support/commitment-given.js';

describe('A breach', () => {
  const before = [...undertaken(), alleged(RU)];

  it('is alleged by the side to which it is owed, each allegation by itself', () => {
    given(undertaken(), allege(RU)).records({ type: 'BreachAlleged', data: { breachId: 'n' } });
    given(undertaken(), allege(US)).refuses('NOT_A_BENEFICIARY');
    given(before, allege(RU)).records('BreachAlleged');
    expect(stateOf(...before, alleged(RU, 'c'))).toMatchObject({
      breachOpen: true,
      openBreaches: [
        { breachId: 'b', obligor: 'US' },
        { breachId: 'c', obligor: 'US' },
      ],
    });
  });
  it('rests on the own word of the obligor that is alleged to break it', () => {
    expect(given([asserted(mutual), undertakes(US), undertakes(RU)], allege(US)).reliance).toEqual({
      restsOn: [2],
      ends: [],
    });
  });
  it('is answered by the party against which it is alleged, as often as it says more, and stays open', () => {
    given(before, answer(US)).records({ type: 'BreachAnswered', restsOn: [], ends: [2] });
    given(before, answer(RU)).refuses('OWN_ALLEGATION');
    given(before, answer(US, 'c')).refuses('BREACH_UNKNOWN');
    expect(viewOf(...before).awaiting).toMatchObject([
      { what: 'answer-to-breach', from: 'US', breachId: 'b' },
    ]);
    given([...before, answered()], answer(US)).records('BreachAnswered');
    expect(viewOf(...before, answered(), answered())).toMatchObject({
      breachOpen: true,
      allegations: [{ state: 'answered', answers: [{ party: 'US' }, { party: 'US' }] }],
      awaiting: [],
    });
  });
  it('is withdrawn by the party that alleged it, one by one', () => {
    given(before, withdraw(RU)).records('BreachWithdrawn');
    given(before, withdraw(US)).refuses('NOT_YOUR_ALLEGATION');
    given(before, withdraw(forRu)).refuses('OWN_WORD_STANDS');
    given(before, withdraw(RU, 'c')).refuses('BREACH_UNKNOWN');
    const gone = [...before, withdrawn(RU)];
    expect(stateOf(...gone).breachOpen).toBe(false);
    given(gone, allege(RU)).records('BreachAlleged');
    given(gone, answer(US)).refuses('BREACH_CLOSED');
    expect(stateOf(...gone, alleged(RU, 'c')).breachOpen).toBe(true);
    expect(stateOf(...before, alleged(RU, 'c'), withdrawn(RU, 'c')).openBreaches).toMatchObject([
      { breachId: 'b' },
    ]);
  });
  it('that both sides allege stays open when one of them withdraws', () => {
    const both = [...undertaken(mutual), alleged(RU), alleged(US, 'c'), withdrawn(RU)];
    expect(stateOf(...both).breachOpen).toBe(true);
    expect(stateOf(...both, withdrawn(US, 'c')).breachOpen).toBe(false);
  });
});
