import { assetEvents, assetStatuses, purposes, tenures } from './asset.events.js';
import { optionalOf } from '../platform/shapes/fields.js';
import {
  array,
  byKey,
  described,
  object,
  oneOfWords,
  orNull,
  parties,
  plainText,
  ref,
  said,
  synthetic,
  text,
  uuid,
} from '../platform/shapes/json-schema.js';
import { everywhere, told, toldWithData } from '../platform/shapes/said-shapes.js';

export const assetRepresentation = object({
  ...everywhere,
  dialogueId: uuid,
  irritantIds: array(uuid),
  synthetic,
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
    'What each side says of it last; what was attributed to it does not displace what it said itself.',
  ),
  agreed: described(
    object({
      owner: orNull(ref('Party')),
      tenure: orNull(oneOfWords(tenures)),
      holder: orNull(ref('Party')),
      basis: described(
        orNull(oneOfWords(['direct', 'attributed'])),
        'Direct only if both sides say it themselves; null while they agree on nothing.',
      ),
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
