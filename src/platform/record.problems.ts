import type { ProblemRows } from './problem-rows.js';

/** A rule of the record, the same in every slice, refuses the act. */
export const recordProblems = {
  EPOCH_CHANGED: [
    410,
    'That position is of another life of the record',
    'The record was restored from a backup after the position was given out, or the position is of another record. What came after the backup may be missing.',
    'Read again without minPosition, and compare: repeat what is missing with the same Idempotency-Key.',
  ],
  PARTY_UNKNOWN: [
    409,
    'That party is not in the dialogue',
    'A field names a party that the dialogue is not between.',
    'Use one of the codes under "parties" of the dialogue.',
  ],
  REFERENCE_UNKNOWN: [
    409,
    'A field refers to nothing that exists',
    'A field names an id that does not exist.',
    'Read "errors", and look up the id in the list it belongs to.',
  ],
  REFERENCE_ELSEWHERE: [
    409,
    'A field refers to another dialogue',
    'A field names something that belongs to another dialogue.',
    'Refer to things of the same dialogue.',
  ],
  SOURCE_REQUIRED: [
    409,
    'A source is required',
    'An act that somebody else records in the name of a party cites a source.',
    'Register the source, then name it in "sources".',
  ],
  SOURCE_NOT_ISSUED_BY_PARTY: [
    409,
    "The source does not carry that party's word",
    'What binds a party needs a source that this party issued: a note, a statement or a joint text, never press.',
    'Cite such a source, or record a statement instead.',
  ],
  NOT_YET_HAPPENED: [
    409,
    'That lies in the future',
    'The record says what happened: "occurred" begins after the moment of recording.',
    'Leave "occurred" out, or give when it happened; a day that has begun in another part of the world is given with its "zone". What is planned has fields of its own.',
  ],
  UNREADABLE: [
    409,
    'A stored event of it cannot be read',
    'An event of this stream has a shape that this version of the program knows nothing of: a later version stored it, or somebody by hand. What it says and what came after it is not counted, and no act is taken.',
    'Tell the operator: a later version may read it, and "entente doctor" says what is wrong with it.',
  ],
  TARGET_UNKNOWN: [
    409,
    'There is no such event here',
    'The target is not an event of this stream.',
    'Take the id from the history.',
  ],
  TARGET_IS_FIRST: [
    409,
    'The first event cannot be retracted',
    'Without its first event there would be nothing left.',
    'Withdraw it instead, or correct its words.',
  ],
  NOTHING_CORRECTED: [
    409,
    'Nothing is corrected',
    'The correction gives neither new words nor a new time.',
    'Give "content", or "occurred", or both.',
  ],
  TARGET_RETRACTED: [
    409,
    'The event is already retracted',
    'A retracted event cannot be corrected.',
    'Enter it anew.',
  ],
  TARGET_ERASED: [
    409,
    'The words of that event are erased',
    'Two principals asked for the words to go, and no correction brings any back.',
    'Correct when it happened alone, or enter anew what may be said.',
  ],
  TARGET_NOT_AMENDABLE: [
    409,
    'That event cannot be amended',
    'Consequences and amendments are not amended themselves, and a correction is not erased without what it corrects.',
    'Amend the event that it follows from, or that it corrects.',
  ],
  NOT_THE_RECORDER: [
    409,
    'Recorded by somebody else',
    'Only its recorder retracts an event, and only its recorder or the same party corrects it.',
    'Ask whoever recorded it; a party can disavow what was recorded in its name.',
  ],
  ERASURE_UNSUPPORTED: [
    409,
    'This store can not erase',
    'A cluster of EventStoreDB rewrites no event, so words can not be taken out of it.',
    'The request of the first principal is kept; keep words that may have to go out of such a store.',
  ],
  CONTENT_SEALED: [
    409,
    'The words are sealed by their hash',
    'The other side may have assented to this very text.',
    'Make a new claim or version instead.',
  ],
} as const satisfies ProblemRows;
