import type { Field, Shape } from '#libs/decider';
import { anyRequest, readingProblems, signedIn } from '../problems/problem-groups.js';
import type { Slice } from '../record/slice.js';
import { pathParameter } from '../shapes/entry.js';
import type { Content, Entry, Parameter } from '../shapes/entry.js';
import { schemaOf } from '../shapes/fields.js';
import { uuid } from '../shapes/json-schema.js';
import type { Schema } from '../shapes/json-schema.js';
import { limitMax, limitUnlessAsked } from './query.js';

export const idempotencyKey = (isCreate: boolean): Parameter => ({
  name: 'Idempotency-Key',
  in: 'header',
  required: isCreate,
  description:
    'A fresh random key; the same again with every repeat. The same key and body give the same answer, and nothing is recorded twice.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: '6f9d2c1e-3f0b-4c55-9a57-0d6f2a1b7c11',
});

/** How an aggregate is named in an address. */
export function idParameter(slice: Pick<Slice, 'prefix' | 'resolve'>): Parameter {
  return slice.resolve === undefined
    ? pathParameter('id', `The id of the ${slice.prefix}.`, uuid)
    : pathParameter('id', `The id of the ${slice.prefix}, or its key, such as RUUS-1.`, {
        type: 'string',
        minLength: 1,
        maxLength: 64,
      });
}

/** A number in an address is text to the server, and a number to whoever writes a client. */
const limit: Schema = { type: 'integer', minimum: 1, maximum: limitMax, default: limitUnlessAsked };

/** For what no request can do without, and nobody could guess. */
const examples: { readonly [parameter: string]: string } = { for: 'RU', party: 'RU' };

export function queryParameters(shape: Shape): Parameter[] {
  return Object.entries(shape).map(([name, field]) => ({
    name,
    in: 'query',
    required: field.optional !== true,
    description: `${field.meaning ?? `Only those with this ${name}.`}${isList(field) ? ' Several values, separated by commas, are joined by “or”.' : ''}`,
    ...(isList(field) ? { style: 'form', explode: false } : {}),
    schema: name === 'limit' ? limit : querySchemaOf(field),
    ...(examples[name] === undefined ? {} : { example: examples[name] }),
  }));
}

/** One value alone is given as such, as it was before there could be several. */
function querySchemaOf(field: Field): Schema {
  return field.kind === 'list' ? { anyOf: [schemaOf(field.of), schemaOf(field)] } : schemaOf(field);
}

function isList({ kind }: Field): boolean {
  return kind === 'list';
}

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
