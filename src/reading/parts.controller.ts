import { Controller, Get, Param, Query as QueryParam } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { Operation } from '../platform/access/operation.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Part, Slice } from '../platform/record/slice.js';
import { InYourNameController } from './in-your-name.controller.js';
import { askedFor, readParameters } from './reads.controller.js';

class OverviewController {
  @Get(':id/overview')
  @Operation('getIrritantOverview')
  async overview(@Reading() record: RecordRead, @Param('id') idOrKey: string, @QueryParam() raw: unknown) {
    const slice = record.registry.part('matter');
    const { readings, id } = await askedFor(record, slice, readParameters.get, idOrKey, raw);
    return readings.overview(id);
  }
}

class ComparisonController {
  @Get(':id/comparison')
  @Operation('compareRoundAccounts')
  async comparison(@Reading() record: RecordRead, @Param('id') given: string, @QueryParam() raw: unknown) {
    const slice = record.registry.part('meeting');
    const { readings, id } = await askedFor(record, slice, readParameters.get, given, raw);
    return readings.comparison(id);
  }
}

const ofParts: { readonly [P in Part]?: Type } = {
  dialogue: InYourNameController,
  matter: OverviewController,
  meeting: ComparisonController,
};

/** What is read of the slices that play a part in the record, beside what is read of all; each at its slice's address. */
export function partControllers(slices: readonly Slice[]): readonly Type[] {
  return slices.flatMap(({ name, part }) => {
    const controller = part === undefined ? undefined : ofParts[part];
    if (controller === undefined) return [];
    @Controller(`v1/${name}`)
    class AtItsAddress extends controller {}
    return [AtItsAddress];
  });
}
