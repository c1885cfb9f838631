import { choice, date, event, flag, id, line, list, optional, party, ref, text } from '#libs/decider';
import type { FactOf } from '#libs/decider';

export const tenures = ['owned', 'leased', 'other'] as const;
export const purposes = ['visit', 'inspection', 'maintenance', 'removal', 'other'] as const;
export const assetStatuses = ['held', 'return-reported', 'returned'] as const;

/** Money is a decimal string, so that no reader's floating point rounds it. */
const amount = line(20, '^(0|[1-9]\\d{0,14})(\\.\\d{1,4})?$', 'a decimal number such as 1250000.50');
const currency = line(3, '^[A-Z]{3}$', 'the three letters of ISO 4217, such as EUR');

export const assetEvents = {
  AssetRegistered: event(
    {
      dialogueId: ref('dialogues', { owns: true }),
      irritantIds: list(ref('irritants'), 1, 50),
      owner: party,
      tenure: choice(...tenures),
      holder: party,
      synthetic: flag,
    },
    { name: text, location: optional(text), statement: optional(text) },
  ),
  AccessRequested: event({ accessId: id, purpose: choice(...purposes) }, { text: optional(text) }),
  AccessGranted: event(
    { accessId: id, from: optional(date), until: optional(date) },
    { conditions: optional(text) },
  ),
  AccessDenied: event({ accessId: id }, { reason: text }),
  InspectionConducted: event({ inspectionId: id, accessId: optional(id) }, { findings: text }),
  DamageAssessed: event(
    { damageId: id, amount, currency, inspectionId: optional(id) },
    { text: optional(text) },
  ),
  DamageDisputed: event(
    { damageId: id, amount: optional(amount), currency: optional(currency) },
    { reason: optional(text) },
  ),
  AssetReturned: event({ exchangeId: optional(ref('exchanges')), to: party }, { protocol: optional(text) }),
};

export type AssetFact = FactOf<typeof assetEvents>;
