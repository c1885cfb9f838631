import { describe, it } from '@jest/globals';
import { attributedTo, derived, idAt } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { command, given, hash, raised, RU, US } from '../../test/support/irritant-given.js';

const forUs = attributedTo('US');
const terms: GivenFact = fact('ResolutionProposed', RU, { resolutionId: 'r', termsHash: hash });
const accepted = (conditions?: readonly object[]): GivenFact =>
  fact('ResolutionAccepted', forUs, {
    resolutionId: 'r',
    termsHash: hash,
    checked: [],
    ...(conditions && { conditions }),
  });
const resolved: GivenFact = fact('IrritantResolved', derived, {
  resolutionId: 'r',
  basis: 'attributed',
  restsOn: [idAt(1), idAt(2)],
});
const reject = command('RejectResolution', US, { type: 'ResolutionRejected', data: { resolutionId: 'r' } });
const contradicted = (index: number) => ({
  type: 'AttributionContradicted',
  data: { target: idAt(index) },
});

describe('A party that itself rejects the terms accepted in its name', () => {
  it('contradicts that acceptance, whether it is in force or waits for another matter', () => {
    const waiting = accepted([{ linkageId: 'l', on: 'other' }]);
    for (const facts of [
      [raised, terms, accepted(), resolved],
      [raised, terms, waiting],
    ]) {
      given(facts, reject).records('ResolutionRejected', contradicted(2));
    }
  });

  it('contradicts nothing where they were open, or rejected in its name as well', () => {
    const alike: GivenFact = fact('ResolutionRejected', forUs, { resolutionId: 'r' });
    for (const facts of [
      [raised, terms],
      [raised, terms, alike],
    ]) {
      given(facts, reject).records('ResolutionRejected');
    }
  });

  it('comes too late once the matter was reopened', () => {
    const reopened: GivenFact = fact('IrritantReopened', RU, { closingEventId: idAt(3) });
    given([raised, terms, accepted(), resolved, reopened], reject).refuses('RESOLUTION_NOT_OPEN');
  });
});

describe('A party that itself answers a claim after it was answered in its name', () => {
  const claim = (kind: string): GivenFact =>
    fact('UnderstandingClaimed', RU, { claimId: 'c', kind, textHash: hash });
  const confirmed = (mode: string): GivenFact =>
    fact('UnderstandingConfirmed', forUs, { claimId: 'c', mode });
  const denied: GivenFact = fact('UnderstandingDenied', forUs, { claimId: 'c' });
  const confirm = (mode: string) =>
    command('ConfirmUnderstanding', US, {
      type: 'UnderstandingConfirmed',
      data: { claimId: 'c', mode },
      content: mode === 'same-text' ? {} : { text: { en: 'In our words.' } },
    });
  const deny = command('DenyUnderstanding', US, { type: 'UnderstandingDenied', data: { claimId: 'c' } });

  it.each<[string, readonly GivenFact[], typeof deny, readonly number[]]>([
    ['denies what was confirmed', [claim('agreement'), confirmed('same-text')], deny, [2]],
    [
      'denies what was confirmed in part and denied for the rest',
      [claim('x'), confirmed('partial'), denied],
      deny,
      [2],
    ],
    ['denies what was denied', [claim('x'), denied], deny, []],
    ['confirms in part what was confirmed', [claim('x'), confirmed('own-words')], confirm('partial'), [2]],
    ['confirms in part what was so', [claim('x'), confirmed('partial')], confirm('partial'), []],
    [
      'confirms an agreement in other words',
      [claim('agreement'), confirmed('same-text')],
      confirm('own-words'),
      [2],
    ],
    ['confirms anything else in other words', [claim('x'), confirmed('same-text')], confirm('own-words'), []],
  ])('and %s contradicts what says more than that', (_, facts, asked, places) => {
    const type = asked === deny ? 'UnderstandingDenied' : 'UnderstandingConfirmed';
    given([raised, ...facts], asked).records({ type }, ...places.map(contradicted));
  });
});
