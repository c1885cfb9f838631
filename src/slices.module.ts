import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { commandsController } from './platform/commands/commands.controller.js';
import type { Slice } from './platform/record/slice.js';
import { partControllers } from './reading/parts.controller.js';
import { readsController } from './reading/reads.controller.js';
import { replayController } from './reading/replay.controller.js';

/** The commands of each slice, and its reads. */
@Module({})
export class SlicesModule {
  static of(slices: readonly Slice[]): DynamicModule {
    const writable = slices.filter((slice) => Object.keys(slice.commands).length > 0);
    return {
      module: SlicesModule,
      controllers: [
        ...writable.map(commandsController),
        ...partControllers(slices),
        ...slices.map(readsController),
        ...slices.map(replayController),
      ],
    };
  }
}
