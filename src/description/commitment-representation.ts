import { commitmentEvents } from '../commitments/commitment.events.js';
import { statuses } from '../commitments/commitment-standing.facts.js';
import { objectOf, required } from './fields.js';
import { array, described, flag, object, oneOfWords, orNull, plainText, ref } from './json-schema.js';
import { everywhere, told } from './said-representations.js';

const { due: _due, ...undertaken } = commitmentEvents.CommitmentUndertaken.data;
const text = ref('LangText');

const Report = told(commitmentEvents.FulfilmentReported, {
  state: oneOfWords(['reported', 'acknowledged', 'disputed']),
  answers: array(
    told(commitmentEvents.FulfilmentAcknowledged, { kind: oneOfWords(['acknowledged', 'disputed']) }),
  ),
});

const Allegation = told(commitmentEvents.BreachAlleged, {
  state: described(
    oneOfWords(['alleged', 'answered', 'withdrawn', 'dropped']),
    '`dropped`: its party has waived the commitment, or the commitment is discharged.',
  ),
  answers: array(told(commitmentEvents.BreachAnswered)),
  withdrawn: orNull(told(commitmentEvents.BreachWithdrawn)),
});

const Awaiting = object({
  what: oneOfWords(['answer-to-fulfilment', 'answer-to-breach', 'answer-to-extension']),
  from: ref('Party'),
  since: described(plainText, 'When it was said, as claimed; else when it was recorded.'),
});

export const Commitment = object({
  ...everywhere,
  ...required(undertaken),
  basis: objectOf(undertaken.basis.of),
  text: orNull(text),
  conditions: orNull(text),
  status: oneOfWords(statuses),
  breachOpen: { ...flag, description: 'Whether an allegation stands, answered or not.' },
  due: described(
    orNull(ref('EdtfDate')),
    'The date in force: that of the undertaking, or the last one that both sides have named.',
  ),
  originalDue: described(orNull(ref('EdtfDate')), 'The date of the undertaking.'),
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
  awaiting: described(array(Awaiting), 'What the next word must be, from whom, and since when it is owed.'),
  undertaken: ref('Said'),
  lastHeard: described(
    plainText,
    'When the act that was recorded last happened, as claimed; else when it was recorded.',
  ),
});
