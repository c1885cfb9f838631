import { Module } from '@nestjs/common';
import { Clock } from '../platform/record/clock.js';
import { Ids } from '../platform/record/ids.js';
import { FollowingModule } from '../following/following.module.js';
import { FollowingPageController } from './following.controller.js';
import { PageReads } from './page-reads.js';
import { PageSessions } from './page-sessions.js';
import { PagesController } from './pages.controller.js';
import { SignInController } from './sign-in.controller.js';
import { StyleController } from './style.controller.js';
import { Tickets } from './tickets.js';

/** The record for people. */
@Module({
  imports: [FollowingModule],
  controllers: [PagesController, FollowingPageController, SignInController, StyleController],
  providers: [
    PageReads,
    PageSessions,
    {
      provide: Tickets,
      useFactory: (clock: Clock, ids: Ids) => new Tickets(clock, ids),
      inject: [Clock, Ids],
    },
  ],
})
export class SiteModule {}
