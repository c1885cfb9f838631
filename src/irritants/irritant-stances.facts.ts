import { hasSaid, isHearsay, isOwnWord, said, withWord } from '#libs/decider';
import type { Fact } from '#libs/decider';
import type { Handlers, Of } from './irritant-answers.facts.js';
import type { Irritant } from './irritant.facts.js';
import { latest, raisingsOf, wordOf } from './irritant-own-words.facts.js';
import { milestone, reach } from './irritant-stage.facts.js';

function including<T>(all: readonly T[], ...more: readonly T[]): readonly T[] {
  return [...new Set([...all, ...more])];
}

/** Whoever joins in raising it asks the other side to answer. */
function coRaised(irritant: Irritant, fact: Of<'IrritantCoRaised'>): Irritant {
  const { party } = fact.act;
  if (party === null) return irritant;
  const isNew = !irritant.raisers.includes(party);
  const isBetter = hasSaid(irritant.coRaised, party) || isOwnWord(fact, irritant.raised);
  if (!isNew && !isBetter) return irritant;
  return {
    ...irritant,
    raisers: including(irritant.raisers, party),
    respondents: including(irritant.respondents, ...irritant.parties.filter((one) => one !== party)),
    coRaised: withWord(irritant.coRaised, fact),
  };
}

function acknowledged(irritant: Irritant, fact: Fact): Irritant {
  const earlier = wordOf(irritant.acknowledgements, fact.act.party);
  const others = isOwnWord(fact, earlier)
    ? irritant.acknowledgements.filter((one) => one !== earlier)
    : irritant.acknowledgements;
  const heard = { ...irritant, acknowledgements: [...others, said(fact)] };
  const answered = raisingsOf(irritant).filter((one) => one.party !== fact.act.party);
  const mayAnswer = irritant.respondents.includes(fact.act.party ?? '') && answered.length > 0;
  return mayAnswer ? reach(heard, milestone(fact, 'under-consultation', [...answered, said(fact)])) : heard;
}

/** A later position of the side that said so lifts the resolution in part, unless it says the same. */
function positioned(irritant: Irritant, fact: Of<'PositionStated'>): Irritant {
  const party = fact.act.party ?? '';
  const { stance, roundId } = fact.data;
  const isKept = (one: { readonly party: string | null }) =>
    one.party !== party || stance === 'part-resolved';
  const lifts = !isHearsay(fact, wordOf(irritant.partlyResolved, party));
  const partlyResolved = lifts ? irritant.partlyResolved.filter(isKept) : irritant.partlyResolved;
  if (isHearsay(fact, irritant.positions[party]?.said)) return { ...irritant, partlyResolved };
  const position = { stance, ...(roundId === undefined ? {} : { roundId }), said: said(fact) };
  return { ...irritant, partlyResolved, positions: { ...irritant.positions, [party]: position } };
}

/** What each side says of the matter, each for itself. */
export const stanceHandlers: Handlers<
  | 'IrritantDesignated'
  | 'TitleAccepted'
  | 'IrritantCoRaised'
  | 'IrritantAcknowledged'
  | 'IrritantContested'
  | 'PositionStated'
  | 'PartialResolutionReported'
  | 'IrritantSuspended'
  | 'IrritantResumed'
> = {
  IrritantDesignated: (irritant, fact) => ({
    ...irritant,
    designated: latest(irritant.designated, said(fact), fact),
  }),
  TitleAccepted: (irritant, fact) => ({ ...irritant, titleAccepted: withWord(irritant.titleAccepted, fact) }),
  IrritantCoRaised: coRaised,
  IrritantAcknowledged: acknowledged,
  IrritantContested: (irritant, fact) => ({ ...irritant, contests: withWord(irritant.contests, fact) }),
  PositionStated: positioned,
  PartialResolutionReported: (irritant, fact) => ({
    ...irritant,
    partialResolutions: [...irritant.partialResolutions, said(fact)],
    partlyResolved: latest(irritant.partlyResolved, said(fact), fact),
  }),
  IrritantSuspended: (irritant, fact) => ({
    ...irritant,
    suspensions: latest(irritant.suspensions, said(fact), fact),
  }),
  IrritantResumed: (irritant, fact) =>
    isHearsay(fact, wordOf(irritant.suspensions, fact.act.party))
      ? irritant
      : { ...irritant, suspensions: irritant.suspensions.filter((one) => one.party !== fact.act.party) },
};
