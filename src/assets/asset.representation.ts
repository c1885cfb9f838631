import { assetEvents, assetStatuses, tenures } from './asset.events.js';
import { optionalOf } from '../platform/shapes/fields.js';
import {
  array,
  byKey,
  described,
  object,
  oneOfWords,
  orNull,
  parties,
  ref,
  said,
  synthetic,
  text,
  uuid,
} from '../platform/shapes/json-schema.js';
import { awaitingOf, represented, told, toldWithData } from '../platform/shapes/said-shapes.js';
import type { assetView } from './asset.view.js';

export const assetRepresentation = represented<typeof assetView>({
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
    toldWithData(assetEvents.AccessRequested, {
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
  awaiting: awaitingOf(['answer-to-access', 'answer-to-damage', 'confirmation-of-return'], {
    accessId: uuid,
    damageId: uuid,
  }),
  registered: said,
});
