import type { Sequenced } from '#libs/projections';
import type { Tracing } from '#libs/tracing';
import type { Clock } from '../platform/record/clock.js';
import type { Principal } from '../platform/record/principal.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Timer } from '../platform/record/timer.js';
import type { WebhookNetworks } from './webhook-networks.js';
import { attempt } from './webhook-request.js';
import type { Attempted } from './webhook-request.js';
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

/** One attempt to bring one event to one subscriber, at this moment and under the secrets that hold. */
export function deliver(
  { subscriptions, networks, clock, read, render, tracing }: Delivering,
  subscription: Subscription,
  event: Sequenced,
  ended: AbortSignal,
): Promise<Attempted> {
  const now = clock.now();
  const body = render(read())(event);
  const headers = signed(event.event.id, now, body, subscriptions.secretsOf(subscription, now));
  return delivering(tracing, event.event, async (traced) =>
    attempt(subscription, { body, headers: { ...headers, ...traced } }, networks, ended),
  );
}
