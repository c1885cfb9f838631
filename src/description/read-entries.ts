import type { Shape } from '#libs/decider';
import { listParameters } from '../reading/listing.js';
import { limitMax, limitUnlessAsked } from '../platform/http/query.js';
import { readOperations, readParameters } from '../reading/reads.controller.js';
import type { Slice } from '../platform/record/slice.js';
import { idParameter } from './command-entries.js';
import { json } from './entry.js';
import type { Content, Entry, Parameter } from './entry.js';
import { schemaOf } from '../platform/shapes/fields.js';
import { all, array, plainText, ref } from '../platform/shapes/json-schema.js';
import type { Schema } from '../platform/shapes/json-schema.js';
import { anyRequest, readingProblems, signedIn } from './problem-groups.js';
import { schemaName } from './schema-names.js';

const parameterWords: { readonly [parameter: string]: string } = {
  cursor: 'Where the page starts: follow the `next` link, which carries it.',
  dialogue: 'Only what belongs to this dialogue.',
  effectiveAt:
    'Only what had happened by then, as claimed: an EDTF date or an instant. What claims no time always counts.',
  for: 'The party for whom the book is made: its side comes first.',
  format: 'In which form, whatever `Accept` says.',
  from: 'The earlier moment of knowledge: an instant, a revision such as r12, an ordinal of the dialogue such as s340, or a moment from an answer.',
  knownAt:
    'The record as it stood then: an instant, a revision such as r12 (of one stream, so not in lists), an ordinal of the dialogue such as s340 (in lists with `dialogue`), or a moment from an answer.',
  limit: 'How many entries a page has.',
  months: 'For how many months nothing was said; 24 unless given.',
  minPosition:
    'The `Event-Position` of a write of one’s own: waits up to two seconds until the read models show it.',
  order: 'In the order of the record, or the latest first.',
  q: 'Only what has every word of this, in its own words or in a name that the record gives to somebody whom it concerns. Words between quotation marks must follow each other; the last word may be the beginning of one, unless it ends in a digit. Accents, capitals, vowel signs and points make no difference; where a script puts no gaps between words, any characters that follow each other are found.',
  since:
    'Only what was recorded of after this moment: the `asOf` of an earlier answer. What changed in a linked entry changes that one.',
  sinceSeq: 'The same by an ordinal of the dialogue that `dialogue` names.',
  sort: 'By which moment, and in which direction; `-updatedAt` unless given.',
  to: 'The later moment of knowledge, in the same forms.',
  updatedSince: 'Only what was recorded at this instant or later.',
};

/** A number in an address is text to the server, and a number to whoever writes a client. */
const limit: Schema = { type: 'integer', minimum: 1, maximum: limitMax, default: limitUnlessAsked };

/** For what no request can do without, and nobody could guess. */
const examples: { readonly [parameter: string]: string } = { for: 'RU', party: 'RU' };

export function queryParameters(shape: Shape): Parameter[] {
  return Object.entries(shape).map(([name, field]) => ({
    name,
    in: 'query',
    required: field.optional !== true,
    description: parameterWords[name] ?? `Only those with this ${name}.`,
    schema: name === 'limit' ? limit : schemaOf(field),
    ...(examples[name] === undefined ? {} : { example: examples[name] }),
  }));
}

const lastEventId: Parameter = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The `seq` of the last frame that arrived: goes on after it.',
  schema: { type: 'string', pattern: '^[0-9]{1,15}$' },
};

interface Reading {
  readonly operationId: string;
  readonly path: string;
  readonly summary: string;
  readonly does: string;
  readonly query: Shape;
  readonly description: string;
  readonly headers?: readonly string[];
  readonly content: readonly Content[];
}

/** A read of something in the record: nothing is changed, and it can be repeated at will. */
export function readEntry(slice: Slice, reading: Reading): Entry {
  const ofOne = reading.path.includes('{id}');
  const entry = readingEntry(slice.name, reading);
  return ofOne
    ? {
        ...entry,
        parameters: [idParameter(slice), ...entry.parameters],
        problems: [...entry.problems, 'NOT_FOUND', 'UNREADABLE'],
      }
    : entry;
}

export function readingEntry(tag: string, reading: Reading): Entry {
  const { operationId, path, summary, does, query, description, headers = [], content } = reading;
  return {
    operationId,
    tag,
    method: 'get',
    path,
    summary,
    does,
    parameters: queryParameters(query),
    answer: { status: 200, description, headers: [...headers, 'Record-Age', 'Trace-Id'], content },
    problems: [...anyRequest, ...signedIn, ...readingProblems(Object.keys(query))],
  };
}

const replayContent: readonly Content[] = [
  { mediaType: 'application/x-ndjson', schema: array(ref('Frame')), example: { worked: 'Frames' } },
  { mediaType: 'text/event-stream', schema: plainText },
];

function readsOf(slice: Slice): readonly Entry[] {
  const operations = readOperations(slice);
  const one = slice.prefix;
  const schema = schemaName(slice);
  const path = `/v1/${slice.name}`;
  const content = (name: string): Content[] => [
    { mediaType: json, schema: ref(name), example: { worked: name } },
  ];
  const replay = readEntry(slice, {
    operationId: operations.replay,
    path: `${path}/{id}/replay`,
    summary: `Replay the ${one}, frame by frame`,
    does: 'One frame for each event: the event, the representation after it, and the patch that leads there. One frame a line; as server-sent events where `Accept` asks for text/event-stream, each with its `seq` as id, until the event `end`.',
    query: readParameters.replay,
    description: 'The frames, in the order of the record.',
    content: replayContent,
  });
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
      does: 'What changed, field by field, and which events did it.',
      query: readParameters.diff,
      description: 'The changes and their events.',
      content: content('Diff'),
    }),
    {
      ...replay,
      parameters: [...replay.parameters, lastEventId],
      problems: [...replay.problems, 'NOT_ACCEPTABLE'],
    },
  ];
}

export function readEntries(slices: readonly Slice[]): readonly Entry[] {
  return slices.flatMap(readsOf);
}
