import { waitForPosition } from '../platform/record/read-your-writes.js';
import { Controller, Get, Param, Query as QueryParam } from '@nestjs/common';
import type { DialogueFacts } from '../dialogues/dialogue.events.js';
import { streamOf, wordsOf } from '../platform/record/fold.js';
import { Operation } from '../platform/access/operation.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { compareAccounts } from '../rounds/round-comparison.view.js';
import type { Round } from '../rounds/round.facts.js';
import { named, stateAsOf } from './as-of.js';
import { keptAt } from './keeping.js';
import { readParameters } from './reads.controller.js';
import { suspensionsAtBeginning } from './suspensions.js';
import { readQuery } from '../platform/http/query.js';
import type { Query } from '../platform/http/query.js';

/** The comparison of a round, with the keys of the irritants that its points name. */
export async function comparisonOf(record: RecordRead, id: string, query: Query) {
  const slice = record.registry.get('rounds');
  const { folded, moment } = stateAsOf(record, slice, id, query);
  const round = folded.state as Round;
  const dialogue = (await record.present.facts('dialogues', round.dialogueId)) as DialogueFacts | undefined;
  const keys = new Map(dialogue?.irritants.map((one) => [one.irritantId, one.key]));
  const compared = compareAccounts(round, dialogue?.parties ?? [], wordsOf(folded));
  return {
    roundId: id,
    ...compared,
    scheduledDuring: suspensionsAtBeginning(record, streamOf(slice, id), round.dialogueId, moment),
    subjects: compared.subjects.map((one) => ({ key: keys.get(one.irritantId ?? '') ?? null, ...one })),
    kept: keptAt(record, round.dialogueId, moment.knownOrdinal),
    asOfSeq: moment.knownSeq ?? -1,
    ...named(moment, slice),
  };
}

@Controller('v1/rounds')
export class ComparisonController {
  @Get(':id/comparison')
  @Operation('compareRoundAccounts')
  async comparison(@Reading() record: RecordRead, @Param('id') id: string, @QueryParam() raw: unknown) {
    const query = await readQuery(readParameters.get, raw);
    await waitForPosition(record, query['minPosition']);
    return comparisonOf(record, id, query);
  }
}
