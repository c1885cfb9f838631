import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { SourceBytesController } from './source-bytes.controller.js';
import { quotaToken } from './tokens.js';

/** The bytes of sources, which are no part of the record and so have routes of their own. */
@Module({})
export class SourcesModule {
  static of({ heldBytesPerDialogue }: { readonly heldBytesPerDialogue: number }): DynamicModule {
    return {
      module: SourcesModule,
      controllers: [SourceBytesController],
      providers: [{ provide: quotaToken, useValue: heldBytesPerDialogue }],
    };
  }
}
