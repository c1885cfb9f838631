import { commitmentEvents } from './commitment.events.js';
import { statuses } from './commitment-status.facts.js';
import { objectOf, required } from '../platform/shapes/fields.js';
import {
  array,
  described,
  flag,
  object,
  oneOfWords,
  orNull,
  parties,
  plainText,
  ref,
  text,
  uuid,
} from '../platform/shapes/json-schema.js';
import {
  awaitingOf,
  represented,
  refusedConsequence,
  told,
  toldWithData,
} from '../platform/shapes/said-shapes.js';
import type { commitmentView } from './commitment.view.js';

const { due: _due, basis, ...asserted } = commitmentEvents.CommitmentAsserted.data;
const { due: _dueInText, ...agreed } = commitmentEvents.CommitmentAgreed.data;

const Report = toldWithData(commitmentEvents.FulfilmentReported, {
  state: oneOfWords(['reported', 'acknowledged', 'disputed']),
  answers: array(
    told(commitmentEvents.FulfilmentAcknowledged, {
      kind: oneOfWords(['acknowledged', 'disputed']),
    }),
  ),
});

const Allegation = toldWithData(commitmentEvents.BreachAlleged, {
  state: described(
    oneOfWords(['alleged', 'answered', 'withdrawn', 'dropped']),
    '`dropped`: its party has waived the commitment, or the commitment is discharged.',
  ),
  answers: array(told(commitmentEvents.BreachAnswered)),
  withdrawn: orNull(told(commitmentEvents.BreachWithdrawn)),
});

export const commitmentRepresentation = represented<typeof commitmentView>({
  ...required(asserted),
  basis: described(
    orNull(objectOf(basis.of)),
    'The agreement on which it rests, as whoever asserted it says; null where it names none.',
  ),
  text: orNull(text),
  conditions: orNull(text),
  asserted: described(ref('Said'), 'Who said who should owe whom what; with that nobody owes it yet.'),
  undertakings: described(
    array(told(commitmentEvents.CommitmentUndertaken)),
    'The own word of each obligor for which it is in force.',
  ),
  agreedFor: described(
    array(object({ ...required(agreed), due: orNull(ref('EdtfDate')), eventId: uuid })),
    'The texts that both sides agreed and that name it for an obligor, each by the version agreed last; `due` is the date that the text names, and `termsBy` the words by which both had moved the date by then.',
  ),
  declined: described(
    array(told(commitmentEvents.CommitmentDeclined)),
    'The word of each obligor that declines what is only asserted of it.',
  ),
  inForceFor: described(parties, 'The obligors that have undertaken it, or that an agreed text names.'),
  assertedFor: described(parties, 'The other obligors: that they owe it is only asserted.'),
  status: described(
    oneOfWords(statuses),
    '`asserted`: in force for no obligor yet; `declined`: every obligor has declined it.',
  ),
  breachOpen: { ...flag, description: 'Whether an allegation stands, answered or not.' },
  due: described(
    orNull(ref('EdtfDate')),
    'The date in force: that of the assertion, or the last one that both sides have named.',
  ),
  originalDue: described(orNull(ref('EdtfDate')), 'The date of the assertion.'),
  reports: array(Report),
  allegations: array(Allegation),
  extensions: described(
    array(
      object({ due: ref('EdtfDate'), byBoth: flag, said: array(told(commitmentEvents.CommitmentExtended)) }),
    ),
    'The dates that both sides have named, in their order, and after them what one side proposes.',
  ),
  waivers: array(told(commitmentEvents.CommitmentWaived)),
  discharged: orNull(ref('Said')),
  flags: array(refusedConsequence),
  awaiting: awaitingOf(
    ['answer-to-assertion', 'answer-to-fulfilment', 'answer-to-breach', 'answer-to-extension'],
    { breachId: uuid, reportId: uuid },
  ),
  lastHeard: described(
    plainText,
    'When the act that was recorded last happened, as claimed; else when it was recorded.',
  ),
});
