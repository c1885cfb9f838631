import { answersShape } from './in-your-name.controller.js';
import { inYourNameParameters } from './in-your-name.js';
import { correctedAct } from './corrected-act.representation.js';
import { flagsShape } from './entry-flags.representation.js';
import { attributionStates } from '../platform/lists/attributions.projection.js';
import type { Slice } from '../platform/record/slice.js';
import { idParameter, readEntry } from '../platform/http/reading-entry.js';
import type { Described } from '../platform/shapes/described.js';
import { doubted } from '../platform/shapes/said-shapes.js';
import { json } from '../platform/shapes/entry.js';
import type { Entry } from '../platform/shapes/entry.js';
import { bodyOf } from '../platform/shapes/fields.js';
import {
  array,
  described,
  flag,
  kept,
  object,
  oneOfWords,
  plainText,
  ref,
  seq,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';
import {
  anyBody,
  anyPlainWrite,
  anyRequest,
  anyWrite,
  signedIn,
} from '../platform/problems/problem-groups.js';

const target = '01960b3a-0000-7000-8000-000000000003';

const schemas: Properties = {
  InYourName: object({
    items: array(
      object(
        {
          seq,
          state: described(
            oneOfWords(attributionStates),
            'Whether the party has answered for it; dropped where it was taken back, where the party has said otherwise itself, or where what it rested on dropped out.',
          ),
          subject: ref('Subject'),
          event: ref('RecordedEvent'),
          summary: plainText,
        },
        { corrected: correctedAct, doubted, flags: flagsShape },
      ),
    ),
    kept,
    asOfSeq: seq,
  }),
  AttributionAnswers: object({
    results: array(
      object(
        { target: uuid, status: { type: 'integer' } },
        {
          recorded: described(flag, 'False where the party had given the same answer before.'),
          code: plainText,
          detail: plainText,
        },
      ),
    ),
  }),
};

/** What was recorded in the name of a party, and its answers. */
function entriesOf(dialogues: Slice): readonly Entry[] {
  const path = `/v1/${dialogues.name}/{id}`;
  return [
    readEntry(dialogues, {
      operationId: 'inYourName',
      path: `${path}/in-your-name`,
      summary: 'List what was recorded in the name of a party',
      does: 'Every act that somebody else recorded as an act of the party, in the order of the record, with what has become of it. A party that joins late finds here what it has to endorse or to disavow; and, with `source`, what rests on a source that it has said not to be its own: that stays until it is answered, act by act.',
      query: inYourNameParameters,
      description: 'A page of them.',
      headers: ['Link'],
      content: [{ mediaType: json, schema: ref('InYourName') }],
    }),
    {
      operationId: 'answerAttributions',
      tag: dialogues.name,
      method: 'post',
      path: `${path}/answer-attributions`,
      summary: 'Endorse or disavow up to 200 acts at once',
      does: 'Each answer is recorded in the stream of its act, as `endorse` and `disavow` there would, and has a result of its own: one that is refused leaves the others as they are. An act whose words or date were corrected is endorsed as it reads by the correction that the answer names; where that is not the last one, the answer is refused with `stale-revision`. Sending the same again changes nothing.',
      parameters: [idParameter(dialogues)],
      body: {
        mediaType: json,
        schema: bodyOf(answersShape),
        example: { answers: [{ target, answer: 'endorse' }] },
      },
      answer: {
        status: 200,
        description: 'A result for each answer, in their order.',
        headers: ['Act-Recorded', 'Trace-Id'],
        content: [{ mediaType: json, schema: ref('AttributionAnswers') }],
      },
      problems: [...anyRequest, ...signedIn, ...anyPlainWrite, ...anyBody, ...anyWrite, 'NOT_FOUND'],
    },
  ];
}

export const inYourNameDescribed = (dialogues: Slice): Described => ({
  entries: entriesOf(dialogues),
  schemas,
});
