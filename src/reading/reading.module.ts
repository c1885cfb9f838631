import { Module } from '@nestjs/common';
import { ComparisonController } from './comparison.controller.js';
import { InYourNameController } from './in-your-name.controller.js';
import { OverviewController } from './overview.controller.js';
import { SearchController } from './search.controller.js';

/** The reads that are of more than one entry. */
@Module({
  controllers: [OverviewController, ComparisonController, InYourNameController, SearchController],
})
export class ReadingModule {}
