import { said } from '#libs/decider';
import type { Fact } from '#libs/decider';
import { answerHandlers } from './irritant-answers.facts.js';
import type { Handlers, Of } from './irritant-answers.facts.js';
import { closingHandlers } from './irritant-closing.facts.js';
import { consequenceHandlers } from './irritant-consequences.facts.js';
import type { IrritantFact } from './irritant.events.js';
import type { Irritant } from './irritant.facts.js';
import { linkageHandlers } from './irritant-linkages.facts.js';
import { reviewHandlers } from './irritant-review.facts.js';
import { resolutionHandlers } from './irritant-resolutions.facts.js';
import { milestone } from './irritant-stage.facts.js';
import { stanceHandlers } from './irritant-stances.facts.js';

function born(fact: Of<'IrritantRaised'>): Irritant {
  const raised = said(fact);
  const { data, act } = fact;
  return {
    id: fact.stream.slice(fact.stream.indexOf('-') + 1),
    dialogueId: data.dialogueId,
    key: data.key,
    category: data.category,
    synthetic: data.synthetic,
    parties: data.parties,
    // Where the raising was disavowed, nobody is its author.
    raisers: data.raisers.filter((one) => one === act.party),
    respondents: data.respondents,
    raisedBasis: data.raisedBasis,
    raised,
    titleBy: act.recorderParty,
    title: { reads: raised.eventId, by: raised.eventId },
    titleAccepted: [],
    designated: [],
    coRaised: [],
    acknowledgements: [],
    contests: [],
    positions: {},
    claims: [],
    resolutions: [],
    dormancy: null,
    restedBy: [],
    withdrawals: [],
    withdrawalAccepted: null,
    suspensions: [],
    partialResolutions: [],
    partlyResolved: [],
    base: milestone(fact, 'raised', [raised]),
    milestones: [],
    reopenings: [],
    review: null,
    instruments: [],
    linkages: [],
    linkedFrom: [],
    breaches: [],
    ended: [],
    flags: [],
  };
}

const handlers: Handlers = {
  ...stanceHandlers,
  ...answerHandlers,
  ...resolutionHandlers,
  ...linkageHandlers,
  ...closingHandlers,
  ...reviewHandlers,
  ...consequenceHandlers,
  IrritantRaised: (irritant) => irritant,
};

/** Amendments change what the platform folds; one of them says something of the words that stand here. */
function amended(irritant: Irritant, fact: Fact): Irritant {
  const { target, reading = [] } = fact.data as {
    readonly target?: string;
    readonly reading?: readonly { readonly field: string; readonly as?: string }[];
  };
  const title = reading.find((one) => one.field === 'title');
  const isOfRaising = fact.type === 'EventCorrected' && target === irritant.raised.eventId;
  if (!isOfRaising || title === undefined) return irritant;
  const { as: reads = fact.id } = title;
  // Whoever accepted the title has not accepted another one.
  return reads === irritant.title.reads
    ? irritant
    : { ...irritant, title: { reads, by: fact.id }, titleAccepted: [] };
}

export function evolve(irritant: Irritant | null, fact: Fact): Irritant | null {
  if (irritant === null) {
    return fact.type === 'IrritantRaised' ? born(fact as Of<'IrritantRaised'>) : null;
  }
  if (!Object.hasOwn(handlers, fact.type)) return amended(irritant, fact);
  const handle = handlers[fact.type as IrritantFact['type']] as (irritant: Irritant, fact: Fact) => Irritant;
  return handle(irritant, fact);
}
