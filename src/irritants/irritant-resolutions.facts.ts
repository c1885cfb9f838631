import { isHearsay, isOwnWord, said } from '#libs/decider';
import type { Fact } from '#libs/decider';
import type { Handlers, Of } from './irritant-answers.facts.js';
import type { Irritant, Resolution } from './irritant.facts.js';
import { isOther } from './irritant-own-words.facts.js';
import { openAgain } from './irritant-stage.facts.js';

export function withResolution(
  irritant: Irritant,
  id: string,
  change: (one: Resolution) => Resolution,
): Irritant {
  return {
    ...irritant,
    resolutions: irritant.resolutions.map((one) => (one.resolutionId === id ? change(one) : one)),
  };
}

/** The terms of a resolution whose acceptance waits for what is linked with the irritant. */
export function conditionalIn({ resolutions }: Irritant): Resolution | undefined {
  return resolutions.find((one) => one.state === 'conditional');
}

/** The terms by which the irritant is resolved wait for nothing any more. */
export function inEffect({ conditions: _, ...one }: Resolution): Resolution {
  return { ...one, state: 'accepted' };
}

/** Open terms are answered by the other side; its own word takes the place of an answer attributed to it. */
function isAnswer(fact: Fact, one: Resolution): boolean {
  return isOther(fact, one.said) && (one.state === 'proposed' || isOwnWord(fact, one.answer));
}

function accepted({ takenBack: _, ...one }: Resolution, fact: Of<'ResolutionAccepted'>): Resolution {
  const { conditions } = fact.data;
  const answer = said(fact);
  return conditions === undefined
    ? { ...one, state: 'accepted', answer }
    : { ...one, state: 'conditional', answer, conditions };
}

function rejected(irritant: Irritant, fact: Of<'ResolutionRejected'>): Irritant {
  const found = irritant.resolutions.find((one) => one.resolutionId === fact.data.resolutionId);
  if (found === undefined || !isAnswer(fact, found)) return irritant;
  return withResolution(irritant, found.resolutionId, ({ conditions: _, takenBack: __, ...one }) => ({
    ...one,
    state: 'rejected',
    answer: said(fact),
  }));
}

/** What one side proposes to end the matter with, and what the other says to it. */
export const resolutionHandlers: Handlers<
  | 'ResolutionProposed'
  | 'ResolutionAccepted'
  | 'ResolutionAcceptanceWithdrawn'
  | 'ResolutionRejected'
  | 'ResolutionProposalWithdrawn'
  | 'ResolutionConditionsChanged'
> = {
  ResolutionProposed: (irritant, fact) => ({
    ...irritant,
    resolutions: [...irritant.resolutions, { ...fact.data, said: said(fact), state: 'proposed' }],
  }),
  ResolutionAccepted: (irritant, fact) =>
    withResolution(irritant, fact.data.resolutionId, (one) =>
      isAnswer(fact, one) && one.termsHash === fact.data.termsHash ? accepted(one, fact) : one,
    ),
  ResolutionAcceptanceWithdrawn: (irritant, fact) =>
    withResolution(irritant, fact.data.resolutionId, (one) =>
      one.state === 'conditional' && isOther(fact, one.said) && !isHearsay(fact, one.answer)
        ? { ...openAgain(one), takenBack: said(fact) }
        : one,
    ),
  ResolutionRejected: rejected,
  ResolutionProposalWithdrawn: (irritant, fact) =>
    withResolution(irritant, fact.data.resolutionId, (one) => {
      // What was rejected is taken back only where that was said in the name of the other side: then it is not open again.
      const isAccepted = one.state === 'accepted';
      if (one.said.party !== fact.act.party || isAccepted || isHearsay(fact, one.said)) return one;
      return { ...openAgain(one), state: 'withdrawn' };
    }),
  ResolutionConditionsChanged: (irritant, fact) => {
    const { resolutionId, conditions, lifted } = fact.data;
    const flags = lifted.map((one) => ({ kind: 'condition-lifted' as const, ...one, eventId: fact.id }));
    return withResolution({ ...irritant, flags: [...irritant.flags, ...flags] }, resolutionId, (one) =>
      one.state === 'conditional' ? { ...one, conditions } : one,
    );
  },
};
