import type { CommandRoute } from '../platform/commands/command-route.js';
import { schemaName } from '../platform/record/schema-names.js';
import { bodyOf } from '../platform/shapes/fields.js';
import { kept, object, oneOfWords, only, plainText, ref } from '../platform/shapes/json-schema.js';
import type { Properties, Schema } from '../platform/shapes/json-schema.js';
import { fieldsOf } from './acts.js';
import { unheardMark } from '../reading/entry-flags.representation.js';
import type { Acts } from './acts.js';
import type { What } from './exporting.js';

/** The first line of each export of JSON lines. */
export const headerSchema = object(
  {
    entente: only('export'),
    what: oneOfWords(['acts', 'events', 'states']),
    asOf: {},
    schema: plainText,
    note: plainText,
  },
  { knownAt: plainText, effectiveAt: plainText, dialogue: plainText },
);

/** Before the lines of each dialogue, of acts and of events. */
const dialogueSchema = object({ entente: only('dialogue'), dialogueId: plainText, kept });

function actSchema(act: CommandRoute): Schema {
  const body = bodyOf(fieldsOf(act));
  const row: Properties = {
    act: only(act.operationId),
    on: plainText,
    externalRef: plainText,
    capacity: oneOfWords(['direct', 'attributed']),
    by: ref('Party'),
    assigned: { type: 'object', additionalProperties: plainText },
  };
  const required = ['act', ...(act.declaration.path === null ? [] : ['on'])];
  // What it belongs to is said with the import, and not in each row.
  const wanted = ((body['required'] ?? []) as readonly string[]).filter((name) => !isOwner(act, name));
  return {
    ...body,
    properties: { ...row, ...(body['properties'] as Properties) },
    required: [...required, ...wanted],
  };
}

function isOwner(act: CommandRoute, name: string): boolean {
  const field = fieldsOf(act)[name];
  return field?.kind === 'id' && field.owns === true;
}

function lineSchemas(what: What, acts: Acts): readonly Schema[] {
  switch (what) {
    case 'acts':
      return [dialogueSchema, ...acts.all.map(actSchema)];
    case 'events':
      return [
        dialogueSchema,
        object(
          {
            dialogueId: plainText,
            seq: { type: 'integer' },
            event: ref('RecordedEvent'),
            summary: plainText,
          },
          unheardMark,
        ),
      ];
    case 'states':
      return acts.slices.map((slice) => object({ list: only(slice.name), entry: ref(schemaName(slice)) }));
  }
}

/** What the lines of an export are, as JSON Schema (2020-12); what the interface describes stands there alone. */
export function exportSchema(what: What, acts: Acts): Schema {
  const lines = lineSchemas(what, acts);
  return elsewhere({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `One line of an export of ${what}`,
    anyOf: [headerSchema, ...lines],
  }) as Schema;
}

/** The names of the interface's own schemas are of its document. */
function elsewhere(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(elsewhere);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [
      name,
      name === '$ref' && typeof one === 'string' ? `/openapi.json${one}` : elsewhere(one),
    ]),
  );
}
