import type { CommandDeclarations, EventSchema } from '#libs/decider';
import { amendmentCommands } from './amendment.commands.js';
import { operationIdOf } from '../access/operation.js';
import { amendmentEvents } from '../record/amendment-events.js';
import type { Slice } from '../record/slice.js';
import { object } from '../shapes/json-schema.js';
import type { Schema } from '../shapes/json-schema.js';
import { objectOf, wordsOf } from '../shapes/fields.js';

/** A type of event, as it is published. */
export interface EventType {
  readonly type: string;
  /** In the streams of which slices it may stand. */
  readonly slices: readonly string[];
  readonly meaning: string;
  /** Whether no act records it: the record draws it from other events. */
  readonly derived: boolean;
  /** The operations that record it. */
  readonly recordedBy: readonly string[];
  readonly schemaVersion: number;
  readonly data: Schema;
  readonly content: Schema;
}

interface Declared {
  readonly schema: EventSchema;
  readonly commands: CommandDeclarations;
  readonly isShared: boolean;
  readonly slices: readonly Slice[];
}

function declaredIn(slices: readonly Slice[]): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared>();
  for (const [type, schema] of Object.entries(amendmentEvents))
    found.set(type, { schema, commands: amendmentCommands, isShared: true, slices });
  for (const slice of slices) {
    for (const [type, schema] of Object.entries(slice.schemas)) {
      const { slices: others = [] } = found.get(type) ?? {};
      found.set(type, {
        schema,
        commands: slice.commands,
        isShared: false,
        slices: [...others, slice],
      });
    }
  }
  return found;
}

/** A sentence: the summary of the act that records it, or what the event says of itself. */
function meaningOf({ schema, commands }: Declared, type: string): string {
  const own = Object.values(commands).find(({ event }) => event === type);
  if (own === undefined) return schema.meaning ?? '';
  return [`${own.summary}.`, own.scope].filter((one) => one !== undefined).join(' ');
}

function recordedBy({ commands, isShared, slices }: Declared, type: string): readonly string[] {
  const names = Object.entries(commands).filter(([, { event }]) => event === type);
  return names.flatMap(([name]) => slices.map((slice) => operationIdOf(name, slice.name, isShared)));
}

/** Every type of event that the record may hold, with the shapes of what the rules read and of what people read. */
export function eventTypesOf(slices: readonly Slice[]): readonly EventType[] {
  return [...declaredIn(slices)].map(([type, declared]) => {
    const acts = recordedBy(declared, type);
    return {
      type,
      slices: declared.slices.map(({ name }) => name),
      meaning: meaningOf(declared, type),
      derived: acts.length === 0,
      recordedBy: acts,
      schemaVersion: declared.schema.version,
      data: objectOf(declared.schema.data),
      content: object({}, wordsOf(declared.schema)),
    };
  });
}
