import {
  array,
  described,
  flag,
  instant,
  object,
  oneOfWords,
  plainText,
  ref,
  seq as count,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';

const counts = object({
  rows: described(count, 'Rows that have been looked at.'),
  recorded: described(count, 'Those that were recorded; of a dry run, that would be.'),
  unchanged: described(count, 'Those that are in the record already.'),
  refused: described(count, 'Those of which nothing was recorded.'),
});

/** What is told of imports. */
export const importSchemas: Properties = {
  Import: object(
    {
      id: uuid,
      dialogueId: uuid,
      format: oneOfWords(['csv', 'jsonl']),
      dryRun: flag,
      state: described(
        oneOfWords(['waiting', 'running', 'done', 'failed']),
        '`done`: every row was looked at, and some may be refused. `failed`: the file was not taken to its end; `failure` says why, and `line` how far.',
      ),
      bytes: count,
      sha256: ref('Sha256'),
      receivedAt: instant,
      line: described(count, 'The line that was looked at last.'),
      counts,
      faults: described(count, 'How many there are.'),
      faultsKept: described(count, 'How many of them can be read.'),
    },
    {
      act: described(plainText, 'What each row is, where the request or its mapping says so.'),
      failure: described(
        object({ code: plainText, detail: plainText }),
        'Why the file was not taken to its end, such as `import-cancelled`; the code has a page under /problems.',
      ),
      cancelled: described(
        flag,
        'It was cancelled, and ends at the next row, or when its turn comes: then it has `endedAt`.',
      ),
      endedAt: instant,
      keptUntil: described(instant, 'Until when it can be asked.'),
    },
  ),
  ImportFault: object(
    {
      line: described(count, 'Of the file, from 1; the one on which the row begins.'),
      code: described(plainText, 'It has a page under /problems.'),
      detail: plainText,
    },
    { field: described(plainText, 'The column or member as the file calls it, where it is one.') },
  ),
  ImportList: object({ items: array(ref('Import')) }),
  ImportFaultList: object({
    items: array(ref('ImportFault')),
    faults: described(count, 'How many there are.'),
    kept: described(count, 'How many of them can be read.'),
  }),
};

/** As the rows of a file are refused. */
export const faultExample = {
  line: 18,
  field: 'occurred',
  code: 'validation-failed',
  detail: 'is no date that can be recorded. 31 February does not exist.',
};
