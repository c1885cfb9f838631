import { isHearsay, isOwnWord, said } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { Handlers, Of } from './irritant-handlers.facts.js';
import { isOther } from '../kernel/own-words.js';

/** An accepted linkage by which this irritant waits for another one. */
export interface Condition {
  readonly linkageId: string;
  readonly on: string;
}

export interface Resolution {
  readonly resolutionId: string;
  readonly termsHash: string;
  readonly said: Said;
  /** Conditional: accepted, and waiting for what is linked with it. */
  readonly state: 'proposed' | 'conditional' | 'accepted' | 'rejected' | 'withdrawn';
  readonly answer?: Said;
  /** While it is conditional: what it still waits for, as this stream has it. */
  readonly conditions?: readonly Condition[];
  /** The other side's word that it accepts them no more; they are open again. */
  readonly takenBack?: Said;
}

export interface Resolutions {
  readonly resolutions: readonly Resolution[];
}

export const noResolutions: Resolutions = { resolutions: [] };

/** The terms are open again: what was accepted on a condition is accepted no more. */
function openAgain({ answer: _, conditions: __, ...one }: Resolution): Resolution {
  return { ...one, state: 'proposed' };
}

/** Once the matter is closed otherwise, or stands anew, what was accepted on a condition is accepted anew or not at all. */
export function unconditioned({ resolutions }: Resolutions): readonly Resolution[] {
  return resolutions.map((one) => (one.state === 'conditional' ? openAgain(one) : one));
}

export function withResolution<I extends Resolutions>(
  irritant: I,
  id: string,
  change: (one: Resolution) => Resolution,
): I {
  return {
    ...irritant,
    resolutions: irritant.resolutions.map((one) => (one.resolutionId === id ? change(one) : one)),
  };
}

/** The terms of a resolution whose acceptance waits for what is linked with the irritant. */
export function conditionalIn({ resolutions }: Resolutions): Resolution | undefined {
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

function rejected<I extends Resolutions>(irritant: I, fact: Of<'ResolutionRejected'>): I {
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
  Resolutions,
  | 'ResolutionProposed'
  | 'ResolutionAccepted'
  | 'ResolutionAcceptanceWithdrawn'
  | 'ResolutionRejected'
  | 'ResolutionProposalWithdrawn'
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
};
