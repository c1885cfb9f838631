import type { RightsTable } from '../platform/record/principal.js';
import { EventRegistry } from '../platform/record/event-registry.js';
import { schemaName } from '../platform/record/schema-names.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described } from '../platform/shapes/described.js';
import type { Answer, Content, Entry } from '../platform/shapes/entry.js';
import { answerHeaders } from './answer-headers.js';
import { commandEntries } from './command-entries.js';
import {
  all,
  array,
  described as saying,
  momentMembers,
  object,
  ref,
  seq,
  takenAt,
} from '../platform/shapes/json-schema.js';
import type { Properties, Schema } from '../platform/shapes/json-schema.js';
import { whoMayCall } from './rights-words.js';
import {
  headerRefs,
  problemKinds,
  problemResponses,
  problemSchema,
  sharedResponses,
} from './problem-kinds.js';
import type { Kinds } from './problem-kinds.js';
import { readEntries } from './read-entries.js';
import { valueComponents } from './value-components.js';
import { tagsOf } from './tags.js';
import { programVersion } from '../platform/http/program-version.js';
import { workedExamples } from './worked.js';

export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly [member: string]: unknown;
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Schema;
  readonly servers: readonly Schema[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly security: readonly Schema[];
  readonly paths: { readonly [path: string]: { readonly [method: string]: OpenApiOperation } };
  readonly components: Properties;
}

/** Every operation that is not a page, in the order of the tags. */
export function entriesOf(slices: readonly Slice[], described: readonly Described[]): readonly Entry[] {
  const more = described.flatMap(({ entries = [] }) => entries);
  const found = [...commandEntries(slices), ...readEntries(slices), ...more];
  return tagsOf(slices).flatMap(({ name }) => found.filter((entry) => entry.tag === name));
}

function contentOf(content: readonly Content[]): Schema {
  return Object.fromEntries(
    content.map(({ mediaType, schema, example }) => {
      if (example === undefined) return [mediaType, { schema }];
      if ('value' in example) return [mediaType, { schema, example: example.value }];
      const worked = { $ref: `#/components/examples/${example.worked}` };
      return [mediaType, { schema, examples: { [example.worked]: worked } }];
    }),
  );
}

/** An act of which every field may be left out may be sent without a body. */
function isNeeded(schema: Schema): boolean {
  return schema['type'] !== 'object' || schema['required'] !== undefined;
}

function responseOf({ description, headers, content }: Answer): Schema {
  const body = content.length === 0 ? {} : { content: contentOf(content) };
  return { description, headers: headerRefs(headers), ...body };
}

function operationOf(entry: Entry, table: RightsTable, kinds: Kinds): OpenApiOperation {
  const { operationId, tag, summary, does, parameters, body, answer, otherwise, problems } = entry;
  const row = table[operationId];
  if (row === undefined) throw new Error(`${operationId} has no row in the table of rights.`);
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${does}\n\nWho may call it: ${whoMayCall(row)}`,
    security: 'open' in row ? [] : [{ key: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: isNeeded(body.schema),
            content: {
              [body.mediaType]: {
                schema: body.schema,
                ...(body.example === undefined ? {} : { example: body.example }),
              },
            },
          },
        }),
    responses: {
      [String(answer.status)]: responseOf(answer),
      ...(otherwise === undefined ? {} : { [String(otherwise.status)]: responseOf(otherwise) }),
      ...problemResponses(problems, kinds),
    },
  };
}

/** A representation may say that its stream can't be read to its end. */
function mayBeUnreadable(schema: Schema): Schema {
  const unreadableSince = saying(
    seq,
    'Only where a stored event can not be read: its revision. What it and later ones say is not counted.',
  );
  return { ...schema, properties: { ...(schema['properties'] as Properties), unreadableSince } };
}

function componentsOf(
  slices: readonly Slice[],
  described: readonly Described[],
  entries: readonly Entry[],
  kinds: Kinds,
): Properties {
  const lists = slices.map((slice) => {
    const name = schemaName(slice);
    const moment = { ...momentMembers, foldVersion: seq };
    const item = slice.part === 'dialogue' ? ref(name) : all(ref(name), ref('InADialogue'));
    return [
      `${name}List`,
      object({ items: array(item), ...takenAt.required }, { ...takenAt.optional, ...moment }),
    ];
  });
  const representations = slices.map((slice) => [schemaName(slice), mayBeUnreadable(slice.represents)]);
  const examples = [...workedExamples(new EventRegistry(slices), described)].map(([name, value]) => [
    name,
    { value },
  ]);
  return {
    schemas: {
      ...(Object.fromEntries(representations) as Properties),
      ...(Object.fromEntries(lists) as Properties),
      ...(Object.assign({}, ...described.map(({ schemas = {} }) => schemas)) as Properties),
      ...valueComponents,
      Problem: problemSchema(kinds),
    },
    headers: answerHeaders,
    examples: Object.fromEntries(examples) as Properties,
    responses: sharedResponses(
      entries.map((entry) => entry.problems),
      kinds,
    ),
    securitySchemes: {
      key: {
        type: 'http',
        scheme: 'bearer',
        description:
          'An API key, from an operator: `Authorization: Bearer entente_…`. Where the operator has configured an OpenID Connect issuer, an access token of it (a JWT) in the same place.',
      },
    },
  };
}

/** The OpenAPI 3.1 document of the interface, drawn from the declarations that the routes are drawn from. */
export function describe(
  slices: readonly Slice[],
  described: readonly Described[],
  rightsTable: RightsTable,
): OpenApiDocument {
  const kinds = problemKinds(slices);
  const entries = entriesOf(slices, described);
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const entry of entries) {
    paths[entry.path] = { ...paths[entry.path], [entry.method]: operationOf(entry, rightsTable, kinds) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Entente',
      version: programVersion,
      summary: 'The shared record of bilateral irritants: both sides’ word, event by event.',
      description:
        'Every act is an operation of its own, for the intent is the record; there is no PATCH. How to read what is recorded: `/docs/reading`; how to add to it: `/docs/writing`. What may change in later versions, and what a client has to tolerate: `/docs/compatibility`. What a problem means: the address in its `type`. What is read is packed with `br` or `gzip` for whoever accepts it, but for the list of keys; requests never are.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This server.' }],
    tags: tagsOf(slices),
    security: [{ key: [] }],
    paths,
    components: componentsOf(slices, described, entries, kinds),
  };
}
