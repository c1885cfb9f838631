import type { JsonObject } from '#libs/event-store';
import { webhookPrefix } from '../platform/record/beside.js';
import type { Failing } from './webhook-patience.js';

/** Outside the record, beside the stream of each subscription: how far it has come. */
export const progressPrefix = 'webhooked-';

export interface Subscribed {
  readonly url: string;
  readonly principalId: string;
  readonly dialogue?: string;
  readonly types?: readonly string[];
  /** The event after which it begins; null where nothing was recorded yet. */
  readonly after: string | null;
  readonly sealedSecret: string;
  /** The life of the store in which it was made, or resumed last; absent in what was made before that was noted. */
  readonly epoch?: string;
}

/** What is known of a subscription. */
export interface Subscription extends Subscribed {
  readonly id: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly state: 'active' | 'paused' | 'ended';
  /** Why it is paused or has ended. */
  readonly because?: string;
  /** When it was begun, or resumed last: what failed before counts no more. */
  readonly activeSince: string;
  /** The secret before, which signs as well until then. */
  readonly earlier?: { readonly sealedSecret: string; readonly until: string };
  /** When it was changed, the latest last. */
  readonly changedAt: readonly string[];
}

/** How far it has come: the last event that was looked at, what does not get through, and what was sent last. */
export interface Progress {
  readonly after: string | null;
  readonly failing?: Failing;
  readonly recent: readonly Delivery[];
}

export interface Delivery {
  readonly eventId: string;
  readonly at: string;
  readonly attempts: number;
  readonly outcome: string;
}

/** How long the secret before signs beside the new one. */
export const rotationMs = 24 * 60 * 60 * 1_000;

interface SubscriptionEvent {
  readonly type: string;
  readonly recordedAt: string;
  readonly data: JsonObject;
}

function textIn(data: JsonObject, name: string): string {
  const text = data[name];
  return typeof text === 'string' ? text : '';
}

function applied(one: Subscription, { type, recordedAt, data }: SubscriptionEvent): Subscription {
  const because = textIn(data, 'because');
  switch (type) {
    case 'WebhookSecretRotated': {
      const until = new Date(Date.parse(recordedAt) + rotationMs).toISOString();
      const earlier = { sealedSecret: one.sealedSecret, until };
      return { ...one, sealedSecret: textIn(data, 'sealedSecret'), earlier };
    }
    case 'WebhookPaused':
      return one.state === 'ended' ? one : { ...one, state: 'paused', because };
    case 'WebhookResumed': {
      const { because: _, ...active } = one;
      const epoch = textIn(data, 'epoch');
      const inLife = epoch === '' ? {} : { epoch };
      return one.state === 'ended' ? one : { ...active, ...inLife, state: 'active', activeSince: recordedAt };
    }
    case 'WebhookEnded':
      return { ...one, state: 'ended', because };
    default:
      return one;
  }
}

/** What the events of one stream come to; undefined where there are none. */
export function subscriptionOf(
  stream: string,
  events: readonly SubscriptionEvent[],
): Subscription | undefined {
  const [first, ...later] = events;
  if (first === undefined) return undefined;
  const begun: Subscription = {
    ...(first.data as unknown as Subscribed),
    id: stream.slice(webhookPrefix.length),
    revision: 0,
    createdAt: first.recordedAt,
    state: 'active',
    activeSince: first.recordedAt,
    changedAt: later.map(({ recordedAt }) => recordedAt),
  };
  return { ...later.reduce(applied, begun), revision: events.length - 1 };
}
