import { queryParameters } from '../platform/http/reading-entry.js';
import { anyRequest, readingProblems, signedIn } from '../platform/problems/problem-groups.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described } from '../platform/shapes/described.js';
import { answer, json } from '../platform/shapes/entry.js';
import type { Entry, Parameter } from '../platform/shapes/entry.js';
import { array, described, flag, moment, object, orNull, ref } from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';
import { feedEventSchemas } from './feed-event.representation.js';
import { feedParameters } from './feed-question.js';

const lastEventId: Parameter = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description:
    'Of a stream: the `id` of the last event that arrived; it goes on after it, whatever `after` says.',
  schema: { type: 'string', maxLength: 65 },
};

const cursor = described(
  { type: 'string', pattern: moment['pattern'] },
  'Where to go on, for `after`: opaque, and of this life of the record alone. It moves on also where nothing was wanted of what was looked at.',
);

const feedEntry: Entry = {
  operationId: 'readFeed',
  tag: 'feed',
  method: 'get',
  path: '/v1/feed',
  summary: 'Follow what is recorded',
  does: 'Every event that the principal may see, each once, in the order in which they were recorded, as CloudEvents 1.0 in structured form: `source` is the log of the dialogue with the life of the store (`//host/dialogue?epoch=…`), `id` the place of the event in it, and the two together name the event for ever; `subject` is the stream, `time` when it was recorded, `dialogue` the dialogue, `data` the event as a history has it in `event`, with its `summary`. As pages: ask again with `after` set to the `cursor` of the page before; with `wait` a page is waited for. One page looks at 2,000 events at the most, so it may be empty and still have moved on: `more` says whether there is more to look at already. As server-sent events where `Accept` asks for text/event-stream: a heartbeat every 15 seconds, an event `end` with the reason before the server ends it, and each `id` is a cursor, so that `Last-Event-ID` goes on after it. Whoever takes nothing for 30 seconds is cut off, and can go on. After the record was restored from a backup a cursor is answered with 410 `epoch-changed`: what came after the backup is not in it, so a mirror begins anew. Of a dialogue that is granted later it gives what comes after the cursor; what came before is read with `dialogue` and without `after`. Words that were erased are null, also in events from before; the event `ContentErased` names them.',
  parameters: [...queryParameters(feedParameters), lastEventId],
  answer: answer(
    200,
    'A page, or the stream, which goes on for as long as it is read.',
    [
      { mediaType: json, schema: ref('FeedPage'), example: { worked: 'FeedPage' } },
      // Of the data of one event: OpenAPI 3.1 has no way to say that there are many.
      { mediaType: 'text/event-stream', schema: ref('TypedEvent') },
    ],
    ['Link', 'Record-Age'],
  ),
  problems: [
    ...anyRequest,
    ...signedIn,
    ...readingProblems(Object.keys(feedParameters)),
    'NOT_FOUND',
    'NOT_ACCEPTABLE',
    'TOO_MANY_FEEDS',
  ],
};

const schemas: Properties = {
  FeedPage: object({
    items: array(ref('FeedEvent')),
    cursor: described(orNull(cursor), 'Where to go on; null while nothing is recorded.'),
    more: described(flag, 'Whether there is more to look at already, so that waiting would be of no use.'),
  }),
};

/** The feed, described. */
export const feedDescribed = (slices: readonly Slice[]): Described => ({
  entries: [feedEntry],
  schemas: { ...schemas, ...feedEventSchemas(slices) },
  examples: ({ asOf, value, entry: { seq, summary, event } }) => ({
    FeedPage: {
      items: [
        {
          specversion: '1.0',
          id: String(seq),
          source: `//localhost/${value('dialogueId')}?epoch=0b6f1f6e-5d0c-4d0e-9a3b-6d1f2c3b4a59`,
          type: event.envelope.type,
          subject: event.envelope.stream,
          time: event.envelope.recordedAt,
          datacontenttype: 'application/json',
          dialogue: value('dialogueId'),
          data: { ...event, summary },
        },
      ],
      cursor: asOf,
      more: false,
    },
  }),
});
