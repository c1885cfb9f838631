import { eventTypesOf } from '../platform/commands/event-types.js';
import type { Slice } from '../platform/record/slice.js';
import { unheardMark } from '../reading/entry-flags.representation.js';
import {
  anything,
  described,
  instant,
  object,
  only,
  orNull,
  plainText,
  ref,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Properties, Schema } from '../platform/shapes/json-schema.js';

/** The attributes of CloudEvents 1.0, and one of ours. What each means stands at the operation. */
const attributes: Properties = {
  specversion: only('1.0'),
  id: plainText,
  source: { type: 'string', format: 'uri-reference' },
  subject: plainText,
  time: instant,
  datacontenttype: only('application/json'),
  dialogue: uuid,
};

const anyObject: Schema = { type: 'object', additionalProperties: true };
const unreadable = object({ because: plainText, stored: anything });

function eventOf(type: Schema, data: Properties, sometimes: Properties = {}): Schema {
  const envelope = ref('Envelope');
  return object({
    ...attributes,
    type,
    data: object({ envelope, ...data, summary: plainText }, { ...sometimes, ...unheardMark }),
  });
}

/**
 * An event as it is sent: whatever it is; a schema for each type, under the name of the type; and the choice of these. What
 * no schema can read is of no type. Examples stand at the first alone: to hold one against all types takes ten seconds.
 */
export function feedEventSchemas(slices: readonly Slice[]): Properties {
  const types = eventTypesOf(slices);
  const each = types.map(({ type, meaning, data, content }) => [
    type,
    described(eventOf(only(type), { data, content: orNull(content) }), meaning),
  ]);
  return {
    ...(Object.fromEntries(each) as Properties),
    UnreadableEvent: described(
      eventOf(plainText, { data: anything, content: anything, unreadable }),
      'An event that no schema of this server can read.',
    ),
    TypedEvent: { anyOf: [...types.map(({ type }) => ref(type)), ref('UnreadableEvent')] },
    FeedEvent: eventOf(plainText, { data: anyObject, content: orNull(anyObject) }, { unreadable }),
  };
}
