import { awaited } from './irritant-awaiting.view.js';
import { categories, instrumentKinds, irritantEvents, overlays, stages, stances } from './irritant.events.js';
import { Linkage, Resolution } from './irritant-closing.representation.js';
import {
  array,
  byKey,
  described,
  instant,
  object,
  oneOfWords,
  parties,
  synthetic,
  text,
} from '../platform/shapes/json-schema.js';
import { only, orNull, plainText, ref, uuid } from '../platform/shapes/json-schema.js';
import {
  awaitingOf,
  everywhere,
  refusedConsequence,
  told,
  toldWithData,
} from '../platform/shapes/said-shapes.js';

const stage = oneOfWords(stages);
const basis = described(
  oneOfWords(['direct', 'attributed']),
  '`direct` only if everything it rests on is direct.',
);

const instrument = object({ kind: oneOfWords(instrumentKinds), id: uuid });

const Milestone = object(
  { stage, eventId: uuid, basis, restsOn: array(uuid), recordedAt: instant },
  {
    by: described(
      object({ kind: oneOfWords([...instrumentKinds, 'claim']), id: uuid }),
      'The instrument or the claim by which it was reached.',
    ),
    occurred: ref('Occurred'),
  },
);

const Claim = toldWithData(
  irritantEvents.UnderstandingClaimed,
  {
    state: oneOfWords(['unanswered', 'confirmed', 'partly-confirmed', 'denied', 'withdrawn']),
  },
  {
    answer: told(
      irritantEvents.UnderstandingConfirmed,
      {},
      { mode: oneOfWords(['same-text', 'own-words', 'partial']), textHash: ref('Sha256') },
    ),
    partial: described(
      told(irritantEvents.UnderstandingConfirmed),
      'The confirmation in part, where a later answer to the rest is shown in `answer`.',
    ),
    withdrawn: described(
      told(irritantEvents.UnderstandingClaimWithdrawn),
      'Its own side’s withdrawal: of all of it, or of the rest of what is confirmed in part.',
    ),
  },
);

const Flag = {
  oneOf: [
    refusedConsequence,
    object({
      kind: only('condition-lifted'),
      linkageId: uuid,
      on: described(uuid, 'The irritant whose closing, of whatever kind, lifted the condition.'),
      closed: oneOfWords(['resolved', 'withdrawn', 'dormant']),
      eventId: uuid,
    }),
  ],
};

const Review = object({
  opened: told(irritantEvents.StageReviewOpened),
  conclusions: byKey(object({ stage, said: ref('Said') })),
});

const Overlay = object(
  {
    overlay: oneOfWords(overlays),
    by: described(orNull(ref('Party')), 'Who brought it about; null where no one party did.'),
    since: described(plainText, 'When it happened, as claimed; else when it was recorded.'),
    eventId: uuid,
  },
  { on: object({ kind: oneOfWords([...instrumentKinds, 'irritant']), id: uuid }) },
);

const Titled = object({
  by: described(orNull(ref('Party')), 'Whose people worded the title; null where a secretariat did.'),
  acceptedBy: parties,
  isNeutral: described(
    { type: 'boolean' },
    'Every other party has accepted it, or raised the matter under it.',
  ),
});

export const irritantRepresentation = object({
  ...everywhere,
  key: described(plainText, 'The name that people use, as in RUUS-1; addresses take it too.'),
  dialogueId: uuid,
  title: orNull(text),
  titled: Titled,
  statement: orNull(text),
  designations: described(byKey(text), 'What each party itself calls the matter, by its last word.'),
  designated: array(told(irritantEvents.IrritantDesignated)),
  category: oneOfWords(categories),
  tags: array(plainText),
  legalBasis: array(plainText),
  parties: described(parties, 'Both sides of its dialogue.'),
  raisers: described(
    parties,
    'Each by its own word or by evidence of it; none where nobody says who raised it.',
  ),
  respondents: parties,
  raisedBasis: oneOfWords(['stated', 'first-recorded']),
  synthetic,
  stage: described(stage, 'The joint stage: both sides’ acts have brought it there.'),
  basis,
  stageSince: plainText,
  milestones: array(Milestone),
  reopenings: array(
    told(
      irritantEvents.IrritantReopened,
      { closed: described(stage, 'What it was before.'), closingEventId: uuid },
      { resolutionId: uuid },
    ),
  ),
  overlays: array(oneOfWords(overlays)),
  overlayDetails: array(Overlay),
  positions: byKey(told(irritantEvents.PositionStated, { stance: oneOfWords(stances) }, { roundId: uuid })),
  claims: array(Claim),
  linkages: described(
    array(Linkage),
    'Asserted on this irritant, with their words; of those asserted on another one, which one that is.',
  ),
  instruments: array(instrument),
  awaiting: awaitingOf(awaited, {
    claimId: uuid,
    inPart: described({ const: true }, 'Only the rest of the claim, which is confirmed in part.'),
    resolutionId: uuid,
    linkageId: uuid,
    irritantId: described(uuid, 'The linked irritant whose resolution an acceptance waits for.'),
  }),
  flags: array(Flag),
  acknowledgements: array(told(irritantEvents.IrritantAcknowledged)),
  contests: array(told(irritantEvents.IrritantContested)),
  coRaised: array(told(irritantEvents.IrritantCoRaised)),
  resolutions: array(Resolution),
  dormancy: orNull(told(irritantEvents.DormancyProposed)),
  withdrawals: array(told(irritantEvents.IrritantWithdrawn)),
  withdrawalAccepted: orNull(told(irritantEvents.WithdrawalAccepted)),
  suspensions: array(told(irritantEvents.IrritantSuspended)),
  partialResolutions: array(told(irritantEvents.PartialResolutionReported)),
  breaches: array(uuid),
  review: orNull(Review),
  raised: ref('Said'),
});
