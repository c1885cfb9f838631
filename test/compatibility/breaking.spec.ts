import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { describe as described } from '../../src/description/document.js';
import { described as more } from '../../src/described.js';
import { programVersion } from '../../src/platform/http/program-version.js';
import { rights } from '../../src/rights.js';
import { slices } from '../../src/slices.js';
import { releases } from '../support/runs.js';
import { accepted } from './accepted.js';
import { breakingChanges } from './breaking.js';
import { contractOf } from './contract.js';
import type { Contract } from './contract.js';

const folder = fileURLToPath(new URL('released/', import.meta.url));
const document = described(slices, more, rights);
const now = contractOf(document);

/** `RELEASE=1`: what is there now is the release of this version. */
if (releases) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${programVersion}.json.br`, brotliCompressSync(JSON.stringify(now)));
}

function release(name: string): Contract {
  return JSON.parse(
    brotliDecompressSync(readFileSync(`${folder}${name}.json.br`)).toString('utf8'),
  ) as Contract;
}

const numbers = (name: string) => name.split('.').map(Number) as [number, number, number];
const last = readdirSync(folder)
  .flatMap((file) => /^(\d+\.\d+\.\d+)\.json\.br$/.exec(file)?.[1] ?? [])
  .toSorted((one, other) => numbers(one).reduce((all, part, at) => all || part - numbers(other)[at]!, 0))
  .at(-1)!;

describe('Since the last release', () => {
  it('no client that did right goes wrong, but for what is named and has its reason', () => {
    const found = breakingChanges(release(last), now);
    expect(found.toSorted()).toEqual(Object.keys(accepted).toSorted());
  });

  it('the interface is what it is: each operation and schema is looked at', () => {
    expect(existsSync(`${folder}${last}.json.br`)).toBe(true);
    const emptied = { ...now, operations: {}, schemas: {} };
    expect(breakingChanges(now, emptied).length).toBe(Object.keys(now.operations).length);
    const { Irritant: _, ...others } = now.schemas;
    expect(breakingChanges(now, { ...now, schemas: others })).toContain(
      'Irritant does not always give “stage” any more',
    );
  });

  it('a field that is gone from any representation is found', () => {
    const names = slices.map(({ name }) =>
      Object.keys(now.schemas).find((one) => name.startsWith(one.toLowerCase()))!,
    );
    const without = names.map((name) => {
      const { revision: _, ...properties } = now.schemas[name]!['properties'] as Record<string, object>;
      return [name, { ...now.schemas[name], properties }];
    });
    const changed = { ...now, schemas: { ...now.schemas, ...(Object.fromEntries(without) as object) } };
    expect(breakingChanges(now, changed)).toEqual(
      expect.arrayContaining(names.map((name) => `${name} no longer gives “revision”`)),
    );
  });
});

interface Json {
  [member: string]: Json;
}
const json = (value: unknown) => value as Json;

/** A small interface in which every kind of thing is there once. */
const small = () =>
  json({
    info: { version: '1.0.0' },
    paths: {
      '/v1/notes/{id}': {
        get: {
          operationId: 'getNote',
          security: [],
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200 } }],
          responses: {
            200: {
              description: 'The note.',
              headers: { ETag: {} },
              content: {
                'application/json': { schema: { $ref: '#/components/schemas/Note' } },
                'text/csv': { schema: { type: 'string' } },
              },
            },
            404: { $ref: '#/components/responses/NotFound' },
            409: { description: '`already-said`: It is.\n\n`own-claim`: It is your own.' },
          },
        },
        post: {
          operationId: 'answerNote',
          security: [{ key: [] }],
          parameters: [],
          requestBody: {
            required: false,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['text'],
                  properties: {
                    text: { type: 'string', minLength: 1, maxLength: 100 },
                    tone: { type: 'string', enum: ['kind', 'firm'] },
                    copies: { type: ['integer', 'null'] },
                    to: { type: 'array', items: { $ref: '#/components/schemas/Party' }, maxItems: 20 },
                  },
                },
              },
            },
          },
          responses: { 200: { description: 'Done.' } },
        },
      },
    },
    components: {
      responses: { NotFound: { description: '`not-found`: There is none.' } },
      schemas: {
        Party: { type: 'string', pattern: '^[A-Z]+$' },
        Note: {
          type: 'object',
          required: ['id', 'state'],
          properties: {
            id: { type: 'string', format: 'uuid' },
            state: { type: 'string', enum: ['open', 'closed'] },
            count: { type: 'integer', minimum: 0 },
            of: { anyOf: [{ $ref: '#/components/schemas/Party' }, { type: 'null' }] },
            event: { $ref: '#/components/schemas/TypedEvent' },
            link: {
              oneOf: ['in', 'out'].map((way) => ({
                type: 'object',
                required: ['way'],
                properties: { way: { const: way } },
              })),
            },
          },
        },
        TypedEvent: {
          anyOf: [{ $ref: '#/components/schemas/Raised' }, { $ref: '#/components/schemas/Closed' }],
        },
        Raised: { type: 'object', required: ['type'], properties: { type: { const: 'Raised' } } },
        Closed: { type: 'object', required: ['type'], properties: { type: { const: 'Closed' } } },
        Reopened: { type: 'object', required: ['type'], properties: { type: { const: 'Reopened' } } },
      },
    },
  });

type Change = (description: Json) => void;
const get = (all: Json) => all['paths']!['/v1/notes/{id}']!['get']!;
const post = (all: Json) => all['paths']!['/v1/notes/{id}']!['post']!;
const body = (all: Json) => post(all)['requestBody']!['content']!['application/json']!['schema']!;
const sentField = (name: string) => (all: Json) => body(all)['properties']![name]!;
const note = (all: Json) => all['components']!['schemas']!['Note']!;
const field = (name: string) => (all: Json) => note(all)['properties']![name]!;
const set =
  (of: (all: Json) => Json, member: string, value: unknown): Change =>
  (all) =>
    void (of(all)[member] = json(value));
const drop =
  (of: (all: Json) => Json, member: string): Change =>
  (all) =>
    void delete of(all)[member];
const pathOf = (all: Json) => all['paths']!['/v1/notes/{id}']!;
const parameters = (all: Json) => get(all)['parameters']!;
const limit = (all: Json) => parameters(all)[0]!;
const bounds = (all: Json) => limit(all)['schema']!;
const answer = (all: Json) => get(all)['responses']!['200']!;
const more200 = { description: 'Done.', content: { 'application/json': { schema: {} } } };
const needed = { name: 'tone', in: 'query', required: true, schema: { type: 'string' } };
const schemas = (all: Json) => all['components']!['schemas']!;

/** A change that breaks clients, what is said of it, and its twin that breaks none. */
const kinds: readonly (readonly [kind: string, breaks: Change, said: string, harmless: Change])[] = [
  [
    'an operation gone',
    drop(pathOf, 'post'),
    'POST /v1/notes/{id} is gone',
    set(pathOf, 'put', { operationId: 'x', responses: {} }),
  ],
  [
    'an operation called otherwise',
    set(get, 'operationId', 'readNote'),
    'GET /v1/notes/{id} is now called readNote, and was getNote',
    set(get, 'summary', 'Reads a note'),
  ],
  [
    'a key asked for',
    set(get, 'security', [{ key: [] }]),
    'GET /v1/notes/{id} now needs a key',
    set(post, 'security', []),
  ],
  [
    'a parameter gone',
    set(get, 'parameters', []),
    'GET /v1/notes/{id} no longer takes the parameter query limit',
    set(get, 'parameters', [limit(small()), { ...needed, required: false }]),
  ],
  [
    'a parameter that must be there',
    set(get, 'parameters', [limit(small()), needed]),
    'GET /v1/notes/{id} now needs the parameter query tone',
    set(post, 'parameters', [{ ...needed, required: false }]),
  ],
  [
    'a parameter that must be there from now on',
    set(limit, 'required', true),
    'GET /v1/notes/{id} now needs the parameter query limit',
    set(limit, 'description', 'How many.'),
  ],
  [
    'a narrower parameter',
    set(bounds, 'maximum', 100),
    'GET /v1/notes/{id}, parameter query limit, is narrower by maximum',
    set(bounds, 'maximum', 500),
  ],
  [
    'a parameter of another type',
    set(bounds, 'type', 'boolean'),
    'GET /v1/notes/{id}, parameter query limit, no longer takes integer',
    set(bounds, 'type', 'number'),
  ],
  [
    'a body that must be there',
    set((all) => post(all)['requestBody']!, 'required', true),
    'POST /v1/notes/{id} now needs a body',
    set(get, 'requestBody', { required: false, content: {} }),
  ],
  [
    'a kind of body gone',
    drop((all) => post(all)['requestBody']!['content']!, 'application/json'),
    'POST /v1/notes/{id}, body, no longer takes application/json',
    set((all) => post(all)['requestBody']!['content']!, 'text/plain', { schema: {} }),
  ],
  [
    'a field that must be sent',
    set(body, 'required', ['text', 'tone']),
    'POST /v1/notes/{id}, body, now needs “tone”',
    set(body, 'required', []),
  ],
  [
    'a field no longer taken',
    drop((all) => body(all)['properties']!, 'tone'),
    'POST /v1/notes/{id}, body, no longer takes “tone”',
    set((all) => body(all)['properties']!, 'urgency', { type: 'string' }),
  ],
  [
    'a narrower type',
    set(sentField('copies'), 'type', 'integer'),
    'POST /v1/notes/{id}, body, at /copies no longer takes null',
    set(sentField('copies'), 'type', ['integer', 'null', 'string']),
  ],
  [
    'a set that takes less',
    set(sentField('tone'), 'enum', ['kind']),
    'POST /v1/notes/{id}, body, at /tone no longer takes “firm”',
    set(sentField('tone'), 'enum', ['kind', 'firm', 'curt']),
  ],
  [
    'a set where any text was taken',
    set(sentField('text'), 'enum', ['a']),
    'POST /v1/notes/{id}, body, at /text no longer takes any value',
    drop(sentField('tone'), 'enum'),
  ],
  [
    'shorter texts',
    set(sentField('text'), 'maxLength', 50),
    'POST /v1/notes/{id}, body, at /text is narrower by maxLength',
    set(sentField('text'), 'maxLength', 500),
  ],
  [
    'a form that texts must have',
    set(sentField('text'), 'pattern', '^a'),
    'POST /v1/notes/{id}, body, at /text is narrower by pattern',
    drop(sentField('text'), 'minLength'),
  ],
  [
    'fewer in a list',
    set(sentField('to'), 'maxItems', 2),
    'POST /v1/notes/{id}, body, at /to is narrower by maxItems',
    drop(sentField('to'), 'maxItems'),
  ],
  [
    'a shared value that is narrower where it is sent',
    set((all) => schemas(all)['Party']!, 'pattern', '^[A-Z]{2}$'),
    'Party, where it is sent, is narrower by pattern',
    set((all) => schemas(all)['Party']!, 'description', 'A state.'),
  ],
  [
    'a status gone',
    drop((all) => get(all)['responses']!, '200'),
    'GET /v1/notes/{id} no longer answers 200',
    set((all) => get(all)['responses']!['200']!, 'description', 'A note.'),
  ],
  [
    'another status',
    set((all) => post(all)['responses']!, '202', more200),
    'POST /v1/notes/{id} may now also answer 202',
    set((all) => post(all)['responses']!, '429', { description: '`too-many-requests`: Wait.' }),
  ],
  [
    'a header gone',
    set(answer, 'headers', {}),
    'GET /v1/notes/{id} no longer answers with the header ETag',
    set(answer, 'headers', { ETag: {}, Link: {} }),
  ],
  [
    'a format gone',
    drop((all) => answer(all)['content']!, 'text/csv'),
    'GET /v1/notes/{id}, answer 200, no longer comes as text/csv',
    set((all) => answer(all)['content']!, 'text/html', { schema: {} }),
  ],
  [
    'a refusal gone',
    drop((all) => get(all)['responses']!, '404'),
    'GET /v1/notes/{id} no longer refuses with 404',
    set((all) => get(all)['responses']!, '403', { description: '`forbidden`: No.' }),
  ],
  [
    'a code gone',
    set((all) => get(all)['responses']!['409']!, 'description', '`own-claim`: It is.'),
    'GET /v1/notes/{id} no longer refuses with the code already-said',
    set(
      (all) => get(all)['responses']!['409']!,
      'description',
      'One of `own-claim`, `already-said`, `not-yours`.',
    ),
  ],
  [
    'a field that is not always given',
    set(note, 'required', ['id']),
    'Note does not always give “state” any more',
    set(note, 'required', ['id', 'state', 'count']),
  ],
  [
    'a field gone',
    drop((all) => note(all)['properties']!, 'count'),
    'Note no longer gives “count”',
    set((all) => note(all)['properties']!, 'more', { type: 'string' }),
  ],
  [
    'a set that answers more',
    set(field('state'), 'enum', ['open', 'closed', 'lost']),
    'Note at /state may now also be “lost”',
    set(field('state'), 'enum', ['open']),
  ],
  [
    'a wider type',
    set(field('count'), 'type', ['integer', 'null']),
    'Note at /count may now also be null',
    set(field('count'), 'const', 3),
  ],
  [
    'any text where it was an id',
    drop(field('id'), 'format'),
    'Note at /id is wider by format',
    set(field('count'), 'minimum', 1),
  ],
  [
    'a form that it had not',
    set(field('of'), 'anyOf', [{ type: 'null' }, { type: 'integer' }]),
    'Note at /of may now have a form that it had not',
    set(field('of'), 'anyOf', [{ type: 'null' }]),
  ],
  [
    'another form of an entry',
    set((all) => field('link')(all)['oneOf']![0]!['properties']!, 'way', { const: 'both' }),
    'Note at /link may now have a form that it had not',
    set((all) => field('link')(all)['oneOf']![0]!['properties']!, 'note', { type: 'string' }),
  ],
  [
    'a field of a type of event gone',
    set((all) => schemas(all)['Raised']!, 'required', []),
    'Raised does not always give “type” any more',
    set((all) => schemas(all)['TypedEvent']!, 'anyOf', [
      { $ref: '#/components/schemas/Raised' },
      { $ref: '#/components/schemas/Closed' },
      { $ref: '#/components/schemas/Reopened' },
    ]),
  ],
];

describe.each(kinds)('A change of the interface: %s', (_, breaks, said, harmless) => {
  const after = (change: Change) => {
    const changed = small();
    change(changed);
    return breakingChanges(contractOf(small()), contractOf(changed));
  };

  it('is found, by itself, and named', () => {
    expect(after(breaks)).toEqual([said]);
  });

  it('has a twin that breaks nobody', () => {
    expect(after(harmless)).toEqual([]);
  });
});
