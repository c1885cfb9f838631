import type { Sequenced } from '#libs/projections';
import type { Tracing } from '#libs/tracing';
import type { Clock } from '../platform/record/clock.js';
import type { Principal } from '../platform/record/principal.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Timer } from '../platform/record/timer.js';
import { FeedReader } from './feed-reader.js';
import type { WebhookNetworks } from './webhook-networks.js';
import { attempt } from './webhook-request.js';
import type { Attempted, Sent, Traced } from './webhook-request.js';
import { signed } from './webhook-signature.js';
import type { Subscription } from './webhook-subscription.js';
import type { WebhookSubscriptions } from './webhook-subscriptions.js';
import { delivering } from './webhook-tracing.js';

export interface Delivering {
  readonly subscriptions: WebhookSubscriptions;
  readonly networks: WebhookNetworks;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly read: () => RecordRead;
  readonly render: (record: RecordRead) => (event: Sequenced) => string;
  /** Undefined once none of its keys opens anything. */
  readonly principalOf: (id: string) => Principal | undefined;
  readonly tracing: Tracing | undefined;
}

/** What is told to whom. */
export interface Told {
  readonly subscription: Subscription;
  readonly event: Sequenced;
}

/**
 * One attempt to bring one event to one subscriber. What is sent is asked for once the connection is there: as it may be
 * shown then, and under the secrets that hold. Undefined where it may not be told by then.
 */
export function deliver(
  { networks, tracing, ...parts }: Delivering,
  { subscription, event }: Told,
  toldNow: () => Told | undefined,
  ended: AbortSignal,
): Promise<Attempted | undefined> {
  return delivering(tracing, event.event, async (traced) => {
    const sending = () => {
      const told = toldNow();
      return told && sentOf(told, parts, traced);
    };
    return attempt(subscription, sending, networks, ended);
  });
}

function sentOf(
  { subscription, event }: Told,
  { subscriptions, clock, read, render }: Omit<Delivering, 'networks' | 'tracing'>,
  traced: Traced,
): Sent {
  const now = clock.now();
  const body = render(read())(event);
  const headers = signed(event.event.id, now, body, subscriptions.secretsOf(subscription, now));
  return { body, headers: { ...headers, ...traced } };
}

/** The record as the principal of a subscription follows it. */
export function readerFor(
  { read, render, principalOf }: Pick<Delivering, 'read' | 'render' | 'principalOf'>,
  { dialogue, types }: Subscription,
  principal: Principal,
): FeedReader {
  const record = read();
  const wanted = { dialogueId: dialogue, types: types && new Set(types) };
  return new FeedReader(record, wanted, principal, render(record), (id) => principalOf(id)?.dialogues);
}
