import {
  array,
  described,
  object,
  oneOfWords,
  orNull,
  ref,
  seq,
  uuid,
} from '../platform/shapes/json-schema.js';

export const roundsToCome = described(
  array(
    object({
      roundId: uuid,
      number: seq,
      startsAt: orNull(ref('EdtfDate')),
      calledOff: described(
        array(
          object(
            { party: orNull(ref('Party')), as: oneOfWords(['postponed', 'cancelled']) },
            { startsAt: ref('EdtfDate') },
          ),
        ),
        'The sides that say it is off, and what each says.',
      ),
    }),
  ),
  'To come: neither held by the word of a side nor cancelled by both.',
);
