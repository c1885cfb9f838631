import { readOperations, readParameters } from '../reading/reads.controller.js';
import { listParameters } from '../reading/listing.js';
import { readEntry } from '../platform/http/reading-entry.js';
import { schemaName } from '../platform/record/schema-names.js';
import type { Slice } from '../platform/record/slice.js';
import { answer, json } from '../platform/shapes/entry.js';
import type { Content, Entry, Parameter } from '../platform/shapes/entry.js';
import { all, array, plainText, ref } from '../platform/shapes/json-schema.js';

const lastEventId: Parameter = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The `seq` of the last frame that arrived: goes on after it.',
  schema: { type: 'string', pattern: '^[0-9]{1,15}$' },
};

const replayContent: readonly Content[] = [
  { mediaType: 'application/x-ndjson', schema: array(ref('Frame')), example: { worked: 'Frames' } },
  { mediaType: 'text/event-stream', schema: plainText },
];

function replayOf(slice: Slice): Entry {
  const replay = readEntry(slice, {
    operationId: readOperations(slice).replay,
    path: `/v1/${slice.name}/{id}/replay`,
    summary: `Replay the ${slice.prefix}, frame by frame`,
    does: 'One frame for each event: the event, the representation after it, and the patch that leads there. One frame a line; as server-sent events where `Accept` asks for text/event-stream, each with its `seq` as id, until the event `end`.',
    query: readParameters.replay,
    description: 'The frames, in the order of the record.',
    content: replayContent,
  });
  return {
    ...replay,
    parameters: [...replay.parameters, lastEventId],
    problems: [...replay.problems, 'NOT_ACCEPTABLE'],
  };
}

const ifNoneMatch: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description:
    'The `ETag` of what the reader has, or several, separated by commas: where it is the present one, the answer is 304 without a body.',
  schema: { type: 'string', minLength: 1 },
};

const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description:
    'The `ETag` of what the reader wants to read, or several, separated by commas; `*` is whatever is there. Where it is at none of them, the answer is 412 with the events in between. As of another moment there is no `ETag`, so only `*` holds.',
  schema: { type: 'string', minLength: 1 },
};

/**
 * A read with an entity tag is not sent again to whoever has it, and to nobody who wants to read another one (RFC 9110
 * §13.1.1 and §13.1.2).
 */
function conditional(entry: Entry): Entry {
  return {
    ...entry,
    parameters: [...entry.parameters, ifMatch, ifNoneMatch],
    problems: [...entry.problems, 'STALE_REVISION'],
    otherwise: answer(
      304,
      'The reader has what it would be sent: nothing has changed.',
      [],
      ['ETag', 'Dialogue-Kept'],
    ),
  };
}

function readsOf(slice: Slice): readonly Entry[] {
  const operations = readOperations(slice);
  const one = slice.prefix;
  const schema = schemaName(slice);
  const path = `/v1/${slice.name}`;
  const content = (name: string): Content[] => [
    { mediaType: json, schema: ref(name), example: { worked: name } },
  ];
  return [
    readEntry(slice, {
      operationId: operations.list,
      path,
      summary: `List ${slice.name}`,
      does: 'Pages through the read model, or through the record as it stood at a moment. The filters and the words of `q` are joined by “and”; the order is that of `sort` also where words are looked for.',
      query: listParameters(slice),
      description: 'One page; `Link` names the next one where there is one.',
      headers: ['Link'],
      content: content(`${schema}List`),
    }),
    conditional(
      readEntry(slice, {
        operationId: operations.get,
        path: `${path}/{id}`,
        summary: `Read one ${one}`,
        does: 'Read from its own stream, so it shows one’s own write at once. As of another moment it names that moment and has no ETag; nor has it one while the store can’t be reached, and `Record-Age` then says how old it is.',
        query: readParameters.get,
        description: 'The representation.',
        headers: ['ETag', 'Dialogue-Kept'],
        content: [{ mediaType: json, schema: all(ref(schema), ref('AsOf')), example: { worked: schema } }],
      }),
    ),
    readEntry(slice, {
      operationId: operations.history,
      path: `${path}/{id}/history`,
      summary: `Read the history of one ${one}`,
      does: 'The events as they were recorded, whatever amended them since: those of its own stream, of linked instruments those that name it or no irritant, and of other irritants those that link them with it.',
      query: readParameters.history,
      description: 'One page of events.',
      headers: ['Link'],
      content: content('HistoryPage'),
    }),
    readEntry(slice, {
      operationId: operations.diff,
      path: `${path}/{id}/diff`,
      summary: `Compare one ${one} at two moments of knowledge`,
      does: 'What changed, field by field, and which events did it: of the entry itself, and, but for `scope=own`, of whatever was linked with it in between, each under its kind and id.',
      query: readParameters.diff,
      description: 'The changes and their events.',
      content: content('Diff'),
    }),
    replayOf(slice),
  ];
}

export function readEntries(slices: readonly Slice[]): readonly Entry[] {
  return slices.flatMap(readsOf);
}
