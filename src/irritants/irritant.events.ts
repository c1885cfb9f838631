import {
  byParty,
  choice,
  event,
  flag,
  id,
  integer,
  line,
  list,
  means,
  optional,
  party,
  ref,
  shape,
  text,
  derived,
} from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';
import { claimConfirmed, claimDenied, claimed, claimWithdrawn } from '../kernel/claims.events.js';
import * as common from '../kernel/fields.js';
import { irritantClosingEvents } from './irritant-closing.events.js';
import { irritantLinkageEvents } from './irritant-linkages.events.js';
import { categories, instrumentKinds, linkedKinds, stages, stances } from './irritant-vocabulary.events.js';

export {
  categories,
  instrumentKinds,
  linkageConditions,
  overlays,
  stages,
  stances,
} from './irritant-vocabulary.events.js';
export type { InstrumentKind, LinkedKind, Overlay, Stage } from './irritant-vocabulary.events.js';

const stance = means(choice(...stances), 'The position in one word.');
const stage = means(choice(...stages), 'The stage that holds.');
const commitmentId = means(ref('commitments'), 'The commitment in question.');
/** What a milestone is drawn from, and the revision after which it counts where acts landed between that and it. */
const ofCause = {
  basis: common.basis,
  restsOn: common.restsOn(200),
  countsAfter: optional(integer(0, 1_000_000_000), 'The revision after which it counts.'),
};
/** What one side's word can bring about; where both have spoken, the field is not there. */
const ofWords = {
  ...ofCause,
  byWordOf: optional(
    means(party, 'The side by whose word alone it came about; absent where both have spoken.'),
  ),
};
const reachedBy = <const K extends readonly string[]>(...kinds: K) =>
  means(shape({ kind: choice(...kinds), id }), 'By what it was reached.');
const endedBy = optional(party, 'The party that brought it about.');
const linkedId = means(id, 'What is linked with it.');
const onClaim = { claimId: common.claimId, basis: common.basis, restsOn: common.restsOn(200) };
const stated = { statement: optional(common.statement) };
const hasLegalBasis = optional(flag, 'Whether its words give the legal basis of its party.');
const rules =
  'The rules that the party invokes, each in one line; they take the place of those that it gave before.';
const invoking = { legalBasis: optional(list(line(120), 1, 20), rules) };

export const irritantEvents = {
  IrritantRaised: event(
    {
      ...common.inDialogue,
      key: means(line(24), 'The name that people use, as in RUUS-1.'),
      parties: common.parties,
      raisers: means(
        list(party, 0, 2),
        'The party that raises it by this act, alone; empty where nobody says who raised it.',
      ),
      respondents: means(list(party, 0, 2), 'The parties that are asked to answer.'),
      raisedBasis: means(
        choice('stated', 'first-recorded'),
        'Whether the source states who raised it, or the record only knows who was first.',
      ),
      category: means(choice(...categories), 'The kind of irritant.'),
      hasLegalBasis,
    },
    {
      title: common.title,
      designations: optional(
        byParty(text),
        'What the party that raises it calls the irritant: its code → texts by language.',
      ),
      ...stated,
      legalBasis: optional(list(line(120), 0, 20), 'The rules that the party invokes, each in one line.'),
      tags: optional(list(line(60), 0, 20), 'Free words by which the matter is grouped, each in one line.'),
    },
  ),
  /** What the party itself calls the matter. */
  IrritantDesignated: event({}, { name: common.name }),
  TitleAccepted: event({}),
  IrritantCoRaised: event({ hasLegalBasis }, { ...stated, ...invoking }),
  IrritantAcknowledged: event({ hasLegalBasis }, { ...stated, ...invoking }),
  IrritantContested: event({ hasLegalBasis }, { ...stated, ...invoking }),
  PositionStated: event(
    { stance, roundId: optional(common.roundId), restates: optional(common.restates), hasLegalBasis },
    { text: common.words, ...invoking },
  ),
  UnderstandingClaimed: claimed,
  UnderstandingConfirmed: claimConfirmed,
  UnderstandingDenied: claimDenied,
  UnderstandingClaimWithdrawn: claimWithdrawn,
  ...irritantLinkageEvents,
  ConsultationBegan: derived(
    event({ by: reachedBy('round', 'proposal', 'roadmap'), ...ofWords }),
    'The two sides have dealt with the matter: at a round that both say was held, or by an answer to each other.',
  ),
  RoadmapAgreedInPrinciple: derived(
    event(onClaim),
    'Both sides have said that a roadmap is to be developed.',
  ),
  AgreedInPrinciple: derived(event(onClaim), 'Both sides have said that they agree in principle.'),
  RoadmapAgreed: derived(
    event({
      roadmapId: means(id, 'The roadmap.'),
      version: common.version,
      contentHash: common.contentHash,
      ...ofCause,
    }),
    'Both sides have assented to one version of a roadmap that names the irritant.',
  ),
  /** A proposal on which both sides agreed, or a claim whose very text both hold. */
  Agreed: derived(
    event({
      by: reachedBy('proposal', 'claim'),
      version: optional(common.version),
      contentHash: common.contentHash,
      ...ofCause,
    }),
    'Both sides have assented to one text that names the irritant, or confirmed that they agreed on the same text.',
  ),
  ImplementationBegan: derived(
    event({ by: reachedBy('exchange', 'roadmap', 'commitment'), ...ofWords }),
    'Something agreed has begun to be carried out: an exchange that both say covers the irritant, a step, or a fulfilment.',
  ),
  ...irritantClosingEvents,
  InstrumentLinked: derived(
    event({ kind: means(choice(...linkedKinds), 'Which kind it is.'), id: linkedId }),
    'An instrument came about that names the irritant.',
  ),
  /** The side that opens it says which stage holds in its view. */
  StageReviewOpened: event({ stage }, common.why),
  StageReviewConcluded: event({ stage }, common.why),
  BreachNoted: derived(
    event({ commitmentId, by: endedBy }),
    'A breach of a commitment that the irritant is linked to is alleged.',
  ),
  BreachCleared: derived(event({ commitmentId }), 'No breach of that commitment is open any more.'),
  /** What the stage may rest on was terminated, by this party. */
  InstrumentEnded: derived(
    event({
      kind: means(choice(...instrumentKinds), 'Which kind it is.'),
      id: linkedId,
      by: endedBy,
    }),
    'An instrument on which the irritant stood was terminated.',
  ),
  ConsequenceRefused: derived(
    common.consequenceRefused,
    'What would have followed from an event elsewhere was refused here; the entry shows it under its flags.',
  ),
};

export type IrritantFact = FactOf<typeof irritantEvents>;

/** What other slices may read of an irritant. */
export interface IrritantFacts {
  readonly dialogueId: string;
  readonly key: string;
  /** Who suspended work on it: it is shown, and refuses nothing. */
  readonly suspensions: readonly Said[];
}
