import { Module } from '@nestjs/common';
import { Clock } from '../platform/record/clock.js';
import { Ids } from '../platform/record/ids.js';
import { PageSessions } from './page-sessions.js';
import { PagesController } from './pages.controller.js';
import { SignInController } from './sign-in.controller.js';
import { StyleController } from './style.controller.js';
import { Tickets } from './tickets.js';

/** The record for people. */
@Module({
  controllers: [PagesController, SignInController, StyleController],
  providers: [
    PageSessions,
    {
      provide: Tickets,
      useFactory: (clock: Clock, ids: Ids) => new Tickets(clock, ids),
      inject: [Clock, Ids],
    },
  ],
})
export class SiteModule {}
