import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Metrics } from '../platform/http/metrics.js';
import { FeedController } from './feed.controller.js';
import { Feeds } from './feeds.js';
import { feedLimits, OpenFeeds } from './open-feeds.js';
import type { FeedLimits } from './open-feeds.js';

/** The record for programs that follow it. */
@Module({})
export class FeedModule {
  constructor(open: OpenFeeds, metrics: Metrics) {
    metrics.watch('entente_feeds_open', () => open.size);
  }

  static of(limits: FeedLimits = feedLimits): DynamicModule {
    return {
      module: FeedModule,
      controllers: [FeedController],
      providers: [{ provide: OpenFeeds, useValue: new OpenFeeds(limits) }, Feeds],
    };
  }
}
