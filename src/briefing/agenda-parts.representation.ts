import { stages } from '../irritants/irritant.events.js';
import {
  array,
  described,
  flag,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  uuid,
} from '../platform/shapes/json-schema.js';

export const text = orNull(ref('LangText'));
export const since = described(
  plainText,
  'A claimed date, or the instant of recording where nobody claimed one.',
);
export const capacity = oneOfWords(['direct', 'attributed', 'derived']);

export const nextStep = object({
  roadmapId: uuid,
  stepId: uuid,
  text,
  responsible: ref('Party'),
  state: plainText,
  mandatory: flag,
  due: orNull(ref('EdtfDate')),
  overdue: flag,
  counterpart: orNull(uuid),
});

export const reopened = object({ party: orNull(ref('Party')), closed: oneOfWords(stages), eventId: uuid });
export const unansweredClaims = array(
  object(
    {
      claimId: uuid,
      kind: plainText,
      by: orNull(ref('Party')),
      capacity,
      since,
      text,
      sources: array(ref('SourceRef')),
    },
    { wording: ref('Wording') },
  ),
);
