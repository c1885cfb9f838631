import type { EventSchema } from '#libs/decider';
import {
  array,
  described,
  flag,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  said,
  seq,
  uuid,
} from './json-schema.js';
import type { Schema } from './json-schema.js';
import { told } from './said-shapes.js';

const basis = oneOfWords(['direct', 'attributed']);

const assent = (given: EventSchema): Schema =>
  array(told(given, { adReferendum: flag, confirmed: orNull(said) }));

/** What a text in versions shows of the assents to the latest one. */
export const assents = (given: EventSchema, withdrawn: EventSchema) => ({
  version: described(seq, 'The latest version; 0 before the first.'),
  assents: assent(given),
  withdrawals: array(told(withdrawn)),
  awaiting: described(
    array(object({ what: plainText, from: ref('Party'), since: plainText }, { stepId: uuid })),
    'What it waits for, from whom, and since when.',
  ),
});
/** Both sides' assents to one hash. */
export const agreement = (agreed: EventSchema, given: EventSchema): Schema =>
  orNull(
    told(agreed, {
      version: seq,
      contentHash: ref('Sha256'),
      basis,
      assents: described(assent(given), 'The assents that made it, one of each side.'),
      irritantIds: array(uuid),
    }),
  );

/** One side ends what both had agreed on, and that is shown as its own act. */
export const ending = (ended: EventSchema) => ({
  terminated: described(
    orNull(object({ by: array(ref('Party')), since: plainText })),
    'By whom it is terminated, and since when; what was agreed stays in sight beside it.',
  ),
  terminations: array(told(ended)),
});
