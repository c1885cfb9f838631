import {
  all,
  array,
  described,
  flag,
  instant,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';

const outcome = described(plainText, 'What the receiver answered, or why it could not be reached.');
const secret = described(plainText, 'The secret (`whsec_…`). It is shown here and never again.');

/** What is answered of webhooks. */
export const webhookSchemas: Properties = {
  Webhook: object(
    {
      id: uuid,
      url: plainText,
      state: oneOfWords(['active', 'paused', 'ended']),
      createdAt: instant,
      activeSince: described(instant, 'When it was made, or resumed last.'),
    },
    {
      dialogue: described(uuid, 'Only events of this dialogue.'),
      types: described(array(plainText), 'Only events of these types.'),
      because: described(plainText, 'Why it is paused, or has ended.'),
      earlierSecretUntil: described(instant, 'Until then the secret before signs as well.'),
    },
  ),
  NewWebhook: all(ref('Webhook'), object({ secret })),
  WebhookList: object({ items: array(ref('Webhook')) }),
  DeliveryList: object({
    items: array(object({ eventId: uuid, at: instant, attempts: { type: 'integer', minimum: 1 }, outcome })),
    failing: described(
      orNull(
        object({
          eventId: uuid,
          since: instant,
          attempts: { type: 'integer', minimum: 1 },
          nextAt: instant,
          outcome,
        }),
      ),
      'The event that was not taken yet, which all later ones wait for.',
    ),
  }),
  Redelivered: object({
    eventId: uuid,
    taken: described(flag, 'Whether it was answered with 2xx.'),
    outcome,
  }),
};

const webhook = {
  id: '01960b3a-0000-7000-8000-000000000030',
  url: 'https://ministry.example/entente',
  state: 'active',
  createdAt: '2025-04-11T09:00:00.000Z',
  activeSince: '2025-04-11T09:00:00.000Z',
  types: ['IrritantRaised', 'IrritantResolved'],
};
const delivered = {
  eventId: '01960b3a-0000-7000-8000-000000001100',
  at: '2025-04-11T09:10:00.000Z',
  attempts: 1,
  outcome: 'answers 204',
};

export const webhookExamples = {
  Webhook: webhook,
  NewWebhook: { ...webhook, secret: `whsec_${'A'.repeat(43)}=` },
  WebhookList: { items: [webhook] },
  DeliveryList: { items: [delivered], failing: null },
  Redelivered: { eventId: delivered.eventId, taken: true, outcome: delivered.outcome },
};
