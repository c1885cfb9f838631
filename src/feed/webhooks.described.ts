import {
  anyBody,
  anyJson,
  anyPlainWrite,
  anyRequest,
  signedIn,
} from '../platform/problems/problem-groups.js';
import type { Described } from '../platform/shapes/described.js';
import { answer, pathParameter, worked } from '../platform/shapes/entry.js';
import type { Content, Entry } from '../platform/shapes/entry.js';
import { bodyOf } from '../platform/shapes/fields.js';
import { uuid } from '../platform/shapes/json-schema.js';
import { newWebhookShape } from './webhooks.controller.js';
import { webhookExamples, webhookSchemas } from './webhooks.representation.js';

const webhookId = pathParameter('id', 'The id of the webhook.', uuid);
const eventId = pathParameter('eventId', 'The id of the event, which is its `webhook-id`.', uuid);

interface Told {
  readonly operationId: string;
  readonly path: string;
  readonly summary: string;
  readonly does: string;
  readonly answers: Content;
}

function reading({ operationId, path, summary, does, answers }: Told): Entry {
  const isOfOne = path.includes('{id}');
  return {
    operationId,
    tag: 'webhooks',
    method: 'get',
    path,
    summary,
    does,
    parameters: isOfOne ? [webhookId] : [],
    answer: answer(200, 'As it stands.', [answers], ['Record-Age']),
    problems: [...anyRequest, ...signedIn, ...(isOfOne ? ['NOT_FOUND'] : [])],
  };
}

function writing(told: Told, ...problems: readonly string[]): Entry {
  return {
    ...reading(told),
    method: 'post',
    parameters: told.path.includes('{eventId}') ? [webhookId, eventId] : [webhookId],
    answer: answer(200, 'As it stands now.', [told.answers]),
    problems: [
      ...anyRequest,
      ...signedIn,
      ...anyPlainWrite,
      ...anyJson,
      'NOT_FOUND',
      ...problems,
      'OUTCOME_UNKNOWN',
    ],
  };
}

const make: Entry = {
  operationId: 'makeWebhook',
  tag: 'webhooks',
  method: 'post',
  path: '/v1/webhooks',
  summary: 'Have events sent to an address',
  does: 'From now on, or from `after` on, each event that the principal may see and that is asked for is sent to the address: a POST of one CloudEvent in structured form, signed as Standard Webhooks 1.0 say, in the order of the record, the next one once the one before was answered with 2xx. What fails is tried again, with growing delays, for three days; then the webhook is paused, as it is where the record was restored from a backup or moved. The same event always comes with the same `webhook-id`, which is its id; now and then it comes twice. No redirect is followed, and an address that is none of the internet is not called, unless the operator allows its network. The webhook ends once no API key of its principal opens anything. The answer alone shows the secret. A principal has up to 20 webhooks that have not ended, and makes up to 50 within 24 hours.',
  parameters: [],
  body: {
    mediaType: 'application/json',
    schema: bodyOf(newWebhookShape),
    example: { url: 'https://ministry.example/entente', types: ['IrritantRaised', 'IrritantResolved'] },
  },
  answer: answer(201, 'The webhook, with its secret, which is not shown again.', [worked('NewWebhook')]),
  problems: [
    ...anyRequest,
    ...signedIn,
    ...anyPlainWrite,
    ...anyBody,
    'NOT_FOUND',
    'EPOCH_CHANGED',
    'PROJECTION_LAGGING',
    'API_KEY_NEEDED',
    'TOO_MANY_WEBHOOKS',
    'TOO_MANY_CHANGES',
    'OUTCOME_UNKNOWN',
  ],
};

const entries: readonly Entry[] = [
  reading({
    operationId: 'listWebhooks',
    path: '/v1/webhooks',
    summary: 'List one’s webhooks',
    does: 'Those of the principal who asks, and of those that have ended the latest 50; never a secret.',
    answers: worked('WebhookList'),
  }),
  make,
  reading({
    operationId: 'getWebhook',
    path: '/v1/webhooks/{id}',
    summary: 'Read one webhook',
    does: 'Whether it is active, paused or has ended, and why.',
    answers: worked('Webhook'),
  }),
  writing(
    {
      operationId: 'rotateWebhookSecret',
      path: '/v1/webhooks/{id}/rotate-secret',
      summary: 'Give a webhook a new secret',
      does: 'For a day both sign, the new one first; then the new one alone. What is recorded from the answer on is signed by the new one. Secrets are changed and webhooks resumed up to 20 times within 24 hours.',
      answers: worked('NewWebhook'),
    },
    'TOO_MANY_CHANGES',
  ),
  writing(
    {
      operationId: 'resumeWebhook',
      path: '/v1/webhooks/{id}/resume',
      summary: 'Resume a paused webhook',
      does: 'It goes on with the event that was not taken, at once, and for three days again.',
      answers: worked('Webhook'),
    },
    'TOO_MANY_CHANGES',
  ),
  writing({
    operationId: 'endWebhook',
    path: '/v1/webhooks/{id}/end',
    summary: 'End a webhook',
    does: 'For good: nothing is sent any more.',
    answers: worked('Webhook'),
  }),
  reading({
    operationId: 'listDeliveries',
    path: '/v1/webhooks/{id}/deliveries',
    summary: 'List the latest deliveries',
    does: 'The last 20 events that were sent or tried, the latest first, with what came of it; and what is not taken at the moment. On a cluster another server than the one that delivers knows them some seconds late.',
    answers: worked('DeliveryList'),
  }),
  writing({
    operationId: 'redeliver',
    path: '/v1/webhooks/{id}/deliveries/{eventId}/redeliver',
    summary: 'Send one event once more',
    does: 'At once, out of order and whatever else is under way, also while the webhook is paused; as the event may be shown today.',
    answers: worked('Redelivered'),
  }),
];

/** The webhooks, described. */
export const webhooksDescribed: Described = {
  entries,
  schemas: webhookSchemas,
  examples: () => webhookExamples,
};
