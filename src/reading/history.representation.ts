import {
  anything,
  array,
  described,
  flag,
  gradeMembers,
  kept,
  momentMembers,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  seq,
  sometimes,
  uptoSeq,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';
import { entryMarks, unheardMark } from './entry-flags.representation.js';

/** What is told of each event in an answer. */
export const recorded = {
  seq,
  summary: described(
    plainText,
    'One sentence that says who did what, on what, and of what is attributed who recorded it.',
  ),
};

const answering = object({ seq, eventId: uuid, type: plainText });

/** Of an event beside others, what it answers and what answered it. */
export const answerMembers = {
  answers: described(
    answering,
    'The earlier event of the same stream, of another party, that this one answers: it rests on it, and ends it or names the same claim, note, step or text.',
  ),
  answeredBy: described(
    array(answering),
    'The later ones that answer this one, up to the latest hundred; what dropped out answers nothing.',
  ),
};

const subjectMembers = {
  kind: plainText,
  id: uuid,
  name: described(
    orNull(plainText),
    'Its key, if it has one, and its title at the moment of knowledge; null where it has neither, or its words are erased.',
  ),
};

const fieldChanges = array(
  object({
    op: oneOfWords(['add', 'remove', 'replace', 'move', 'copy', 'test']),
    pointer: described(plainText, 'A JSON Pointer into the representation.'),
    before: anything,
    after: anything,
  }),
);

/** A page of a history, and what changed between two moments. */
export const historyShapes: Properties = {
  Subject: described(object(subjectMembers), 'The entry in whose stream the event stands.'),
  HistoryPage: object(
    {
      items: array(
        object(
          { ...recorded, event: ref('RecordedEvent'), subject: ref('Subject') },
          {
            ...answerMembers,
            about: described(
              object({ seq, eventId: uuid }),
              'The earlier entry of this history that brought in what this one names: the claim that it answers, for instance.',
            ),
            amendedBy: array(
              object(
                { type: plainText, eventId: uuid },
                {
                  restedOn: described(
                    uuid,
                    'Only where it fell because it rested on another entry: which that is.',
                  ),
                },
              ),
            ),
            proof: ref('Proof'),
            ...entryMarks,
          },
        ),
      ),
      kept,
      asOfSeq: seq,
    },
    { ...momentMembers, foldVersion: seq },
  ),
  Diff: object({
    kept: object({ before: kept, after: kept }),
    final: momentMembers.final,
    fromSeq: uptoSeq,
    toSeq: uptoSeq,
    effectiveAt: orNull(plainText),
    grade: gradeMembers.grade,
    checkpoints: sometimes(object({ before: ref('RestsOn'), after: ref('RestsOn') })),
    foldVersion: seq,
    changes: fieldChanges,
    instruments: sometimes(
      described(
        array(
          object({
            ...subjectMembers,
            linked: described(
              object({ before: flag, after: flag }),
              'Whether it was linked at either moment: it may have been linked, or let go, in between.',
            ),
            changes: described(
              fieldChanges,
              'In the fields that its events below changed. What was linked in between is new as a whole, and what was let go is gone as a whole.',
            ),
          }),
        ),
        'What changed of instruments, and of irritants that assert a linkage with it. Absent where `scope` is `own`.',
      ),
    ),
    events: described(
      array(
        object(
          {
            ...recorded,
            id: uuid,
            type: plainText,
            subject: ref('Subject'),
            fields: described(array(plainText), 'What it changed of the representation of its `subject`.'),
          },
          unheardMark,
        ),
      ),
      'Those that its history has between the two moments, in the order of the record; at most a thousand, the earliest.',
    ),
    eventsOmitted: sometimes(
      described(
        seq,
        'Only where there are more: how many. The history goes on with them, with `sinceSeq` of the last one here.',
      ),
    ),
  }),
};
