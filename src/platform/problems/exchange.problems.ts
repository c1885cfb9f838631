import type { ProblemRows } from './problem-rows.js';

/** What is brought in from elsewhere can't be taken: the file as a whole, or one row of it. */
export const exchangeProblems = {
  IMPORT_MAPPING_INVALID: [
    400,
    'The mapping can’t be used',
    'The mapping of an import is no JSON, or names what no act has.',
    'Mend what "detail" names; the guide “Bringing in what you have” shows a mapping.',
  ],
  IMPORT_NOT_UTF8: [
    400,
    'The file is not UTF-8',
    'A file that is brought in is UTF-8, with or without a byte order mark. In another encoding its words would be other words.',
    'Save the file as “CSV UTF-8”, and send it again.',
  ],
  IMPORT_UNREADABLE: [
    400,
    'The file can’t be read as what it is sent as',
    'It has no header line, a column that no act has, quotation marks that do not fit, or a line that is no JSON.',
    'Mend the line that "detail" names, or name the column in the mapping.',
  ],
  IMPORT_TOO_LONG: [
    413,
    'The file is too long',
    'One import brings in 20,000 rows at the most, in 50 MiB and 1,048,576 lines at the most.',
    'Split it, and bring the parts in one after the other.',
  ],
  IMPORT_CANCELLED: [
    409,
    'The import was cancelled',
    'Whoever sent the file has ended its import before the end of the file; what was recorded until then stands.',
    'Send the file again with another Idempotency-Key to go on: what is in the record already stays as it is.',
  ],
  IMPORT_OVER: [
    409,
    'The import is at its end',
    'What has come to its end can’t be cancelled: what it recorded stands in the record.',
    'Take back what should not have been recorded, act by act: see “Taking back” in the guide on writing.',
  ],
  TOO_MANY_IMPORTS: [
    429,
    'Too many imports wait',
    'A principal has so many imports under way at once, and no more.',
    'Wait until one of them has ended.',
  ],
  ACT_UNKNOWN: [
    400,
    'No such act',
    'The row names an act that nobody can bring in.',
    'Name a table such as “irritants”, or the operationId of the act as in /openapi.json.',
  ],
  EXTERNAL_REF_TAKEN: [
    409,
    'The reference stands for something else',
    'What is recorded under this externalRef says something else, and an import changes nothing that is recorded.',
    'Give the row a reference of its own, or correct what is recorded with the act that is meant for it.',
  ],
  DIRECT_ACT_OF_ANOTHER: [
    409,
    'A party’s own act is brought in by that party alone',
    'The row is a direct act of a party that the importing principal does not act for. Brought in by somebody else it would be hearsay under that party’s name.',
    'Let that party bring it in; a whole record comes back by “entente restore” from a backup.',
  ],
} as const satisfies ProblemRows;
