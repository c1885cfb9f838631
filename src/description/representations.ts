import type { EventSchema } from '#libs/decider';
import { assetEvents, assetStatuses, purposes, tenures } from '../assets/asset.events.js';
import { dialogueEvents } from '../dialogues/dialogue.events.js';
import { exchangeEvents, legalCharacters } from '../exchanges/exchange.events.js';
import { proposalEvents } from '../proposals/proposal.events.js';
import { proposalStatuses } from '../proposals/proposal.facts.js';
import { roadmapEvents } from '../roadmaps/roadmap.events.js';
import { roadmapStatuses } from '../roadmaps/roadmap.facts.js';
import { roundEvents } from '../rounds/round.events.js';
import { sourceEvents } from '../sources/source.events.js';
import { Commitment } from './commitment-representation.js';
import { objectOf, optionalOf, required } from './fields.js';
import {
  array,
  byKey,
  described,
  flag,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  seq,
  uuid,
} from './json-schema.js';
import type { Properties } from './json-schema.js';
import { everywhere, told, toldWithData } from './said-representations.js';

const said = ref('Said');
const text = ref('LangText');
const parties = array(ref('Party'));

const Dialogue = object({
  ...everywhere,
  parties,
  keyPrefix: plainText,
  series: orNull(plainText),
  synthetic: flag,
  name: orNull(text),
  aim: orNull(text),
  suspensions: array(told(dialogueEvents.DialogueSuspended)),
  aliases: array(object({ party: ref('Party'), alias: orNull(plainText), recorded: said })),
  thirdParties: array(toldWithData(dialogueEvents.ThirdPartyRoleAsserted)),
  commentary: array(toldWithData(dialogueEvents.CommentaryRecorded)),
  irritants: array(objectOf(dialogueEvents.IrritantKeyAssigned.data)),
  opened: said,
});

const Round = object({
  ...everywhere,
  dialogueId: uuid,
  number: { type: 'integer' },
  synthetic: flag,
  status: oneOfWords(['scheduled', 'held-by-one-account', 'held', 'cancelled']),
  held: { ...flag, description: 'Whether both sides have said, each by its own word, that it was held.' },
  heldBy: array(said),
  scheduled: toldWithData(roundEvents.RoundScheduled),
  delegates: array(
    toldWithData(roundEvents.DelegationNamed, {
      saidBy: described(orNull(ref('Party')), 'Who names this delegate; `party` is whose delegate it is.'),
    }),
  ),
  agenda: array(toldWithData(roundEvents.AgendaItemTabled)),
  discussions: array(told(roundEvents.AgendaItemDiscussed, { irritantId: uuid }, { quote: text })),
  conclusions: array(toldWithData(roundEvents.RoundConcluded)),
  cancellations: array(told(roundEvents.RoundCancelled)),
  nextRound: array(toldWithData(roundEvents.NextRoundIndicated)),
  accounts: array(
    toldWithData(roundEvents.AccountPublished, { superseded: orNull(told(roundEvents.AccountSuperseded)) }),
  ),
  points: array(toldWithData(roundEvents.AccountPointRecorded)),
  divergences: array(
    toldWithData(roundEvents.DivergenceNoted, {
      reconciledBy: array(told(roundEvents.DivergenceReconciled)),
    }),
  ),
});

const Exchange = object({
  ...everywhere,
  dialogueId: uuid,
  synthetic: flag,
  status: oneOfWords(['reported', 'completed', 'terminated']),
  reports: array(told(exchangeEvents.ExchangeReported)),
  notes: array(
    toldWithData(exchangeEvents.NotePresented, {
      received: orNull(told(exchangeEvents.NoteReceived)),
      reply: orNull(toldWithData(exchangeEvents.NoteReplied)),
    }),
  ),
  completed: orNull(said),
  coverage: array(
    object({
      irritantId: uuid,
      byBoth: flag,
      asserted: array(told(exchangeEvents.ExchangeCoverageAsserted)),
    }),
  ),
  legalCharacters: byKey(
    told(exchangeEvents.LegalCharacterAsserted, { character: oneOfWords(legalCharacters) }),
  ),
  effects: array(toldWithData(exchangeEvents.EffectRecorded)),
  terminations: array(told(exchangeEvents.ExchangeTerminated)),
});

const Asset = object({
  ...everywhere,
  dialogueId: uuid,
  irritantIds: array(uuid),
  synthetic: flag,
  name: described(orNull(text), 'As the side that registered it calls it.'),
  location: orNull(text),
  status: oneOfWords(assetStatuses),
  returnedTo: described(orNull(ref('Party')), 'Once both sides say that it was returned to this party.'),
  ownership: described(
    byKey(
      told(assetEvents.AssetRegistered, {
        owner: ref('Party'),
        tenure: oneOfWords(tenures),
        holder: ref('Party'),
      }),
    ),
    'What each side says of it last.',
  ),
  agreed: described(
    object({
      owner: orNull(ref('Party')),
      tenure: orNull(oneOfWords(tenures)),
      holder: orNull(ref('Party')),
    }),
    'What both sides say the same of; null while one is silent or they differ.',
  ),
  assertedBy: parties,
  accesses: array(
    told(assetEvents.AccessRequested, {
      accessId: uuid,
      purpose: oneOfWords(purposes),
      state: oneOfWords(['unanswered', 'granted', 'denied']),
      answer: orNull(
        told(assetEvents.AccessGranted, {}, { ...optionalOf(assetEvents.AccessGranted.data), reason: text }),
      ),
    }),
  ),
  inspections: array(toldWithData(assetEvents.InspectionConducted)),
  damages: array(
    toldWithData(assetEvents.DamageAssessed, {
      dispute: orNull(told(assetEvents.DamageDisputed, {}, optionalOf(assetEvents.DamageDisputed.data))),
    }),
  ),
  returns: array(toldWithData(assetEvents.AssetReturned)),
  awaiting: described(
    array(
      object(
        {
          what: oneOfWords(['answer-to-access', 'answer-to-damage', 'confirmation-of-return']),
          from: ref('Party'),
          since: described(plainText, 'When it was said, as claimed; else when it was recorded.'),
        },
        { accessId: uuid, damageId: uuid },
      ),
    ),
    'What the next word must be, from whom, and since when it is owed.',
  ),
  registered: said,
});

const sourceData = sourceEvents.SourceRegistered.data;
const Source = object(
  {
    ...everywhere,
    ...required(sourceData),
    title: orNull(plainText),
    citation: orNull(plainText),
    issuerName: orNull(plainText),
    registered: said,
  },
  optionalOf(sourceData),
);

/** What a text in versions shows of the assents to the latest one. */
const assents = (given: EventSchema, withdrawn: EventSchema): Properties => ({
  version: described(seq, 'The latest version; 0 before the first.'),
  assents: array(told(given, { adReferendum: flag, confirmed: orNull(said) })),
  withdrawals: array(told(withdrawn)),
  awaiting: described(
    array(object({ what: plainText, from: ref('Party'), since: plainText }, { stepId: uuid })),
    'What it waits for, from whom, and since when.',
  ),
});
const Proposal = object({
  ...everywhere,
  dialogueId: uuid,
  synthetic: flag,
  status: oneOfWords(proposalStatuses),
  title: orNull(text),
  irritantIds: array(uuid),
  versions: array(toldWithData(proposalEvents.ProposalRevised)),
  ...assents(proposalEvents.AssentGiven, proposalEvents.AssentWithdrawn),
  agreed: orNull(told(proposalEvents.ProposalAgreed, { version: seq, contentHash: ref('Sha256') })),
  ended: orNull(told(proposalEvents.ProposalDeclined, { how: oneOfWords(['declined', 'lapsed']) })),
  tabled: said,
});

const stepWord = orNull(told(roadmapEvents.StepStarted));
const progress: Properties = {
  state: oneOfWords(['open', 'started', 'reported', 'rejected', 'blocked', 'accepted', 'waived']),
  started: stepWord,
  reported: stepWord,
  rejected: stepWord,
  accepted: stepWord,
  waived: stepWord,
  blocked: stepWord,
};
const stepShape = roadmapEvents.RoadmapVersionTabled.data.steps.of.of;

const Roadmap = object({
  ...everywhere,
  dialogueId: uuid,
  synthetic: flag,
  status: oneOfWords(roadmapStatuses),
  title: orNull(text),
  irritantIds: array(uuid),
  versions: array(toldWithData(roadmapEvents.RoadmapVersionTabled)),
  ...assents(roadmapEvents.RoadmapAssentGiven, roadmapEvents.RoadmapAssentWithdrawn),
  agreed: orNull(
    told(roadmapEvents.RoadmapVersionAgreed, {
      version: seq,
      contentHash: ref('Sha256'),
      irritantIds: array(uuid),
    }),
  ),
  steps: described(
    array(
      object(
        {
          ...required(stepShape),
          text: orNull(text),
          acceptance: described(orNull(text), 'How it is found to be done.'),
          waitsFor: described(array(uuid), 'The steps before it that are neither accepted nor waived.'),
          ...progress,
        },
        optionalOf(stepShape),
      ),
    ),
    'The steps of the agreed version, with what was done about each.',
  ),
  formerSteps: described(
    array(object({ stepId: uuid, ...progress })),
    'What was done about steps that an amendment has dropped.',
  ),
  openMandatorySteps: array(uuid),
  completed: orNull(said),
  terminations: array(told(roadmapEvents.RoadmapTerminated)),
  drafted: told(roadmapEvents.RoadmapDrafted),
});

/** What each view gives, by the name of its schema. */
export const aggregateComponents: Properties = {
  Dialogue,
  Round,
  Exchange,
  Source,
  Proposal,
  Asset,
  Roadmap,
  Commitment,
};
