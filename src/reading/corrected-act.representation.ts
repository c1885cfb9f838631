import { described, object, ref, uuid } from '../platform/shapes/json-schema.js';

/** An act that was recorded in the name of a party, as it reads where its words or its date were corrected. */
export const correctedAct = described(
  object(
    { eventId: uuid, content: { type: 'object' } },
    { occurred: ref('Occurred'), wording: ref('Wording') },
  ),
  'Only where its words or its date were corrected: the last correction, and as what it reads by that. Whoever endorses the act names this event in `corrected`.',
);
