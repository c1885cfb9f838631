import { Global, Module } from '@nestjs/common';
import { SearchController } from './search.controller.js';
import { Unchanged } from './unchanged.js';

/** The search over the whole record; what is read of one slice stands with the slices, whose reads ask what has changed. */
@Global()
@Module({ controllers: [SearchController], providers: [Unchanged], exports: [Unchanged] })
export class ReadingModule {}
