import type { EventStore, JsonObject, JsonValue, NewEvent } from '#libs/event-store';
import type { EventSchema, Field, Shape } from '#libs/decider';
import { move } from '../../src/platform/record/migration.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';

type Rewrite = (text: string) => string;

/** Lines that the record itself writes, or that a pattern keeps from being anything else. */
const notWritten = ['key', 'stream', 'policy', 'code', 'askedBy', 'field', 'nonce'];

function valueOf(field: Field, name: string, value: JsonValue, rewrite: Rewrite): JsonValue {
  if (typeof value === 'string') {
    const isWritten = field.kind === 'line' && field.pattern === undefined && !notWritten.includes(name);
    return isWritten ? rewrite(value) : value;
  }
  if (field.kind === 'list')
    return (value as readonly JsonValue[]).map((one) => valueOf(field.of, name, one, rewrite));
  if (field.kind === 'shape') return shapeOf(field.of, value as JsonObject, rewrite);
  if (['text', 'texts', 'byParty', 'words'].includes(field.kind)) return wordsOf(value, rewrite);
  return value;
}

/** Wordings, however deep they stand. */
function wordsOf(value: JsonValue, rewrite: Rewrite): JsonValue {
  if (typeof value === 'string') return rewrite(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one = null]) => [
      name,
      name === 'lang' || notWritten.includes(name) ? one : wordsOf(one, rewrite),
    ]),
  );
}

function shapeOf(shape: Shape, values: JsonObject, rewrite: Rewrite): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value = null]) => {
      const field = shape[name];
      return [name, field === undefined ? value : valueOf(field, name, value, rewrite)];
    }),
  );
}

function rewritten(event: NewEvent, schema: EventSchema, rewrite: Rewrite): NewEvent {
  // Where in a source it stands, and who translated, are no fields of the event.
  const beside = (['locators', 'translators'] as const).flatMap((name) => {
    const texts = event.content?.[name];
    return texts === undefined ? [] : [[name, wordsOf(texts, rewrite)]];
  });
  return {
    ...event,
    data: shapeOf(schema.data, event.data, rewrite),
    content:
      event.content === null
        ? null
        : {
            ...shapeOf(schema.content, event.content, rewrite),
            ...Object.fromEntries(beside),
          },
  };
}

/**
 * One record in another that is empty, without the keys, every text of it written anew: as a record from before a rule, or one that
 * somebody made by hand, may hold what no request would bring in.
 */
export async function rewriteInto(from: OpenRecord, to: OpenRecord, rewrite: Rewrite): Promise<void> {
  const append = async (...[stream, events, options]: Parameters<EventStore['append']>) => {
    const prefix = stream.slice(0, stream.indexOf('-'));
    const slice = from.registry.slices.find((one) => one.prefix === prefix);
    if (slice === undefined) return;
    const schemas: { readonly [type: string]: EventSchema } = { ...slice.schemas, ...amendmentEvents };
    const all = events.map((event) => {
      const schema = schemas[event.type];
      return schema === undefined ? event : rewritten(event, schema, rewrite);
    });
    await to.store.append(stream, all as [NewEvent, ...NewEvent[]], options);
  };
  await move({
    source: from.store,
    // It has keys already, which are no part of what is moved here.
    target: { append, readAll: () => [] } as unknown as EventStore,
    setRecordedAt: () => undefined,
    onProgress: () => Promise.resolve(),
  });
  if ((await to.projections.settled({ timeoutMs: 30_000 })) !== 'reached') {
    throw new Error(`The projections lag: ${JSON.stringify(to.projections.status())}`);
  }
}
