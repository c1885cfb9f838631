import { anyRequest } from '../platform/problems/problem-groups.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described } from '../platform/shapes/described.js';
import { answer, json, pathParameter } from '../platform/shapes/entry.js';
import type { Entry } from '../platform/shapes/entry.js';
import {
  anything,
  array,
  byKey,
  described,
  flag,
  object,
  plainText,
  ref,
} from '../platform/shapes/json-schema.js';
import { eventTypesOf } from '../platform/commands/event-types.js';

/** The routes that need no key, as the server knows them. */
export const openEventTypeRoutes = ['/v1/event-types', '/v1/event-types/:type'];

const schemaItself = { type: 'object', additionalProperties: true };
const defs = byKey(anything);

const EventType = object(
  {
    type: described(plainText, 'The name, which never changes.'),
    slices: described(array(plainText), 'In the streams of which parts of the record it may stand.'),
    meaning: described(plainText, 'What it says, in a sentence.'),
    derived: described(flag, 'Whether no act records it: the record draws it from other events.'),
    recordedBy: described(array(plainText), 'The operations that record it.'),
    schemaVersion: { type: 'integer', minimum: 1 },
    data: described(schemaItself, 'JSON Schema (2020-12) of what the rules read.'),
    content: described(
      schemaItself,
      'JSON Schema (2020-12) of what people read. Words can be erased, so no member is required, and all of it may be null.',
    ),
  },
  { $defs: described(defs, 'Only where the type is read by itself: the values that its shapes name.') },
);

const entries: readonly Entry[] = [
  {
    operationId: 'listEventTypes',
    tag: 'service',
    method: 'get',
    path: '/v1/event-types',
    summary: 'List the types of event',
    does: 'Each type that the record may hold, with what it says, which operations record it, and the shapes of its data and content. `$ref` in a shape points into the same document. Later versions add types and members: a reader ignores what it does not know. In this description each type is a schema of its own name: an event as the feed has it.',
    parameters: [],
    answer: answer(200, 'All types.', [
      { mediaType: json, schema: ref('EventTypeList'), example: { worked: 'EventTypeList' } },
    ]),
    problems: anyRequest,
  },
  {
    operationId: 'getEventType',
    tag: 'service',
    method: 'get',
    path: '/v1/event-types/{type}',
    summary: 'Read one type of event',
    does: 'As in the list, as a document of its own.',
    parameters: [pathParameter('type', 'The name of the type, such as IrritantRaised.', plainText)],
    answer: answer(200, 'The type.', [
      { mediaType: json, schema: ref('EventType'), example: { worked: 'EventType' } },
    ]),
    problems: [...anyRequest, 'NOT_FOUND'],
  },
];

export function eventTypesDescribed(slices: readonly Slice[]): Described {
  const shown = eventTypesOf(slices).find(({ derived }) => !derived);
  return {
    entries,
    schemas: {
      EventType,
      EventTypeList: object({
        items: array(ref('EventType')),
        $defs: described(defs, 'The values that the shapes name.'),
      }),
    },
    examples: () => ({
      EventType: { ...shown, $defs: {} },
      EventTypeList: { items: [shown], $defs: {} },
    }),
  };
}
