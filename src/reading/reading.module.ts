import { Module } from '@nestjs/common';
import { SearchController } from './search.controller.js';

/** The search over the whole record; what is read of one slice stands with the slices. */
@Module({ controllers: [SearchController] })
export class ReadingModule {}
