import { isHearsay, isOwnWord, said, withWord } from '#libs/decider';
import type { Fact, Said } from '#libs/decider';
import type { Handlers, Of } from './irritant-handlers.facts.js';
import { latest, wordOf } from './irritant-own-words.facts.js';
import { raisingsOf } from './irritant-raising.facts.js';
import type { Raising } from './irritant-raising.facts.js';
import { milestone, reach } from './irritant-stage.facts.js';
import type { Staged } from './irritant-stage.facts.js';
import type { IrritantFacts } from './irritant.events.js';

/** What each side says of the matter, each for itself. */
export interface Stances extends Pick<IrritantFacts, 'suspensions'> {
  readonly acknowledgements: readonly Said[];
  readonly contests: readonly Said[];
  readonly positions: {
    readonly [party: string]: { readonly stance: string; readonly roundId?: string; readonly said: Said };
  };
  readonly partialResolutions: readonly Said[];
  /** Those that no later position of the same side has lifted. */
  readonly partlyResolved: readonly Said[];
}

export const noStances: Stances = {
  acknowledgements: [],
  contests: [],
  positions: {},
  partialResolutions: [],
  partlyResolved: [],
  suspensions: [],
};

function acknowledged<I extends Raising & Stances & Staged>(irritant: I, fact: Fact): I {
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
function positioned<I extends Stances>(irritant: I, fact: Of<'PositionStated'>): I {
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

export const stanceHandlers: Handlers<
  Raising & Stances & Staged,
  | 'IrritantAcknowledged'
  | 'IrritantContested'
  | 'PositionStated'
  | 'PartialResolutionReported'
  | 'IrritantSuspended'
  | 'IrritantResumed'
> = {
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
