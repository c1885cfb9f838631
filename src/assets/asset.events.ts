import { choice, date, event, id, line, means, optional, party, text } from '#libs/decider';
import type { FactOf } from '#libs/decider';
import * as common from '../kernel/fields.js';

export const tenures = ['owned', 'leased', 'other'] as const;
export const purposes = ['visit', 'inspection', 'maintenance', 'removal', 'other'] as const;
export const assetStatuses = ['held', 'return-reported', 'returned'] as const;

/** Money is a decimal string, so that no reader's floating point rounds it. */
const amount = means(
  line(20, '^(0|[1-9]\\d{0,14})(\\.\\d{1,4})?$', 'a decimal number such as 1250000.50'),
  'The amount, as a decimal number in a string: no sign, no exponent, up to four decimals.',
);
const currency = means(
  line(3, '^[A-Z]{3}$', 'the three letters of ISO 4217, such as EUR'),
  'The currency, in the three letters of ISO 4217.',
);
const accessId = means(id, 'The access that was asked for, from `accesses` of the asset.');
const inspectionId = means(id, 'The inspection, from `inspections` of the asset.');
const damageId = means(id, 'The assessed damage, from `damages` of the asset.');

export const assetEvents = {
  AssetRegistered: event(
    {
      ...common.inDialogue,
      irritantIds: common.irritantIds,
      owner: means(party, 'The party that owns it.'),
      tenure: means(choice(...tenures), 'By which title it is held.'),
      holder: means(party, 'The party in whose hands it is.'),
    },
    {
      name: common.name,
      location: optional(text, 'Where it is, by language.'),
      statement: optional(common.statement),
    },
  ),
  AccessRequested: event(
    { accessId, purpose: means(choice(...purposes), 'What the access is for.') },
    common.remark,
  ),
  AccessGranted: event(
    {
      accessId,
      from: optional(date, 'Since when, in EDTF.'),
      until: optional(date, 'Until when, in EDTF.'),
    },
    { conditions: optional(text, 'The conditions of the access, by language.') },
  ),
  AccessDenied: event({ accessId }, { reason: common.reason }),
  InspectionConducted: event(
    { inspectionId, accessId: optional(accessId) },
    { findings: means(text, 'What the inspection found, by language.') },
  ),
  DamageAssessed: event({ damageId, amount, currency, inspectionId: optional(inspectionId) }, common.remark),
  DamageDisputed: event({ damageId, amount: optional(amount), currency: optional(currency) }, common.why),
  AssetReturned: event(
    { exchangeId: optional(common.exchangeId), to: means(party, 'The party that it was returned to.') },
    { protocol: optional(text, 'The protocol under which it was returned, by language.') },
  ),
};

export type AssetFact = FactOf<typeof assetEvents>;
