import { describe, it } from '@jest/globals';
import { forUs, idAt, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import {
  accepted,
  ask,
  claimed,
  confirmed,
  denied,
  given,
  raised,
  rejected,
  reopened,
  resolved,
  tabled,
} from '../../test/support/irritant-given.js';

const terms = tabled();
const effective = [raised, terms, accepted(forUs), resolved('attributed', 1, 2)];
const reject = ask('RejectResolution', US, { resolutionId: 'r' });
const contradicted = (index: number) => ({ type: 'AttributionContradicted', data: { target: idAt(index) } });

describe('A party that itself rejects the terms accepted in its name', () => {
  it('contradicts that acceptance, whether it is in force or waits for another matter', () => {
    const waiting = accepted(forUs, { conditions: [{ linkageId: 'l', on: 'other' }] });
    for (const facts of [effective, [raised, terms, waiting]]) {
      given(facts, reject).records('ResolutionRejected', contradicted(2));
    }
  });

  it('contradicts nothing where they were open, or rejected in its name as well', () => {
    for (const facts of [
      [raised, terms],
      [raised, terms, rejected(forUs)],
    ]) {
      given(facts, reject).records('ResolutionRejected');
    }
  });

  it('comes too late once the matter was reopened', () => {
    given([...effective, reopened(3, RU)], reject).refuses('RESOLUTION_NOT_OPEN');
  });
});

describe('A party that itself answers a claim after it was answered in its name', () => {
  const confirm = (mode: string) =>
    ask(
      'ConfirmUnderstanding',
      US,
      { claimId: 'c', mode },
      { content: mode === 'same-text' ? {} : { text: { en: 'In our words.' } } },
    );
  const deny = ask('DenyUnderstanding', US, { claimId: 'c' });

  it.each<[string, readonly GivenFact[], typeof deny, readonly number[]]>([
    ['denies what was confirmed', [claimed('agreement'), confirmed('same-text', forUs)], deny, [2]],
    [
      'denies what was confirmed in part and denied for the rest',
      [claimed('x'), confirmed('partial', forUs), denied(forUs)],
      deny,
      [2],
    ],
    ['denies what was denied', [claimed('x'), denied(forUs)], deny, []],
    [
      'confirms in part what was confirmed',
      [claimed('x'), confirmed('own-words', forUs)],
      confirm('partial'),
      [2],
    ],
    ['confirms in part what was so', [claimed('x'), confirmed('partial', forUs)], confirm('partial'), []],
    [
      'confirms an agreement in other words',
      [claimed('agreement'), confirmed('same-text', forUs)],
      confirm('own-words'),
      [2],
    ],
    [
      'confirms anything else in other words',
      [claimed('x'), confirmed('same-text', forUs)],
      confirm('own-words'),
      [],
    ],
  ])('and %s contradicts what says more than that', (_, facts, asked, places) => {
    const type = asked === deny ? 'UnderstandingDenied' : 'UnderstandingConfirmed';
    given([raised, ...facts], asked).records({ type }, ...places.map(contradicted));
  });
});
