import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Tracing } from '#libs/tracing';
import { Metrics } from '../platform/http/metrics.js';
import { reportToken, tracingToken, WebhookDeliverer } from './webhook-deliverer.js';
import type { Report } from './webhook-deliverer.js';
import { WebhookNetworks } from './webhook-networks.js';
import { WebhookSubscriptions } from './webhook-subscriptions.js';
import { WebhooksController } from './webhooks.controller.js';
import { Rendering } from './rendering.js';
import { FeedController } from './feed.controller.js';
import { Feeds } from './feeds.js';
import { feedLimits, OpenFeeds } from './open-feeds.js';
import type { FeedLimits } from './open-feeds.js';

export interface FeedOptions {
  /** Where a test can't wait as long as a server does. */
  readonly limits?: FeedLimits | undefined;
  /** The networks within which webhooks may lead, besides the internet. */
  readonly settings: { readonly webhookNetworks: readonly string[] };
  readonly report: Report;
  readonly tracing: Tracing | undefined;
}

/** The record for programs that follow it. */
@Module({})
export class FeedModule {
  constructor(open: OpenFeeds, deliverer: WebhookDeliverer, metrics: Metrics) {
    metrics.watch('entente_feeds_open', () => open.size);
    metrics.watch('entente_webhooks_paused', () => deliverer.paused);
  }

  static of({ limits = feedLimits, settings, report, tracing }: FeedOptions): DynamicModule {
    return {
      module: FeedModule,
      controllers: [FeedController, WebhooksController],
      providers: [
        { provide: OpenFeeds, useValue: new OpenFeeds(limits) },
        { provide: WebhookNetworks, useFactory: () => new WebhookNetworks(settings.webhookNetworks) },
        { provide: reportToken, useValue: report },
        { provide: tracingToken, useValue: tracing ?? null },
        Feeds,
        Rendering,
        WebhookDeliverer,
        WebhookSubscriptions,
      ],
    };
  }
}
