import { Module } from '@nestjs/common';
import { FollowingFeedsController } from './feeds.controller.js';
import { FollowingChanges } from './following-changes.js';
import { Followings } from './followings.js';
import { WatchesController } from './watches.controller.js';

/** The record for people who follow some of it. */
@Module({
  controllers: [WatchesController, FollowingFeedsController],
  providers: [Followings, FollowingChanges],
  exports: [Followings, FollowingChanges],
})
export class FollowingModule {}
