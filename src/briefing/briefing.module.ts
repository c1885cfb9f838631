import { Module } from '@nestjs/common';
import { BriefController } from './brief.controller.js';
import { BriefingController } from './briefing.controller.js';

/** What is due, and the briefing book. */
@Module({ controllers: [BriefingController, BriefController] })
export class BriefingModule {}
