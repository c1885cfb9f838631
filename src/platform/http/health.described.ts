import { anyProbe, anyRequest, readingProblems, signedIn } from '../problems/problem-groups.js';
import type { Described } from '../shapes/described.js';
import { answer, json, worked } from '../shapes/entry.js';
import type { Entry } from '../shapes/entry.js';
import { array, described, flag, object, oneOfWords, plainText, ref } from '../shapes/json-schema.js';
import { waiting } from './query.js';
import { queryParameters } from './reading-entry.js';

/** The routes that need no key, as the server knows them. */
export const openHealthRoutes = ['/v1/version'];

/** How the server is, and what it offers: nothing of the record is in these. */
const entries: readonly Entry[] = [
  {
    operationId: 'livez',
    tag: 'service',
    method: 'get',
    path: '/livez',
    summary: 'Say whether the process is alive',
    does: 'Looks at nothing else: an orchestrator restarts what does not answer. It is answered however often it is asked, and to the end.',
    parameters: [],
    answer: answer(200, 'It is.', [
      { mediaType: json, schema: ref('Health'), example: { value: { status: 'ok' } } },
    ]),
    problems: anyProbe,
  },
  {
    operationId: 'readyz',
    tag: 'service',
    method: 'get',
    path: '/readyz',
    summary: 'Say whether the server can do its work',
    does: 'Looks at the store, the projections, the disk, and whether the server is ending. It answers within a second, whatever hangs, and however often it is asked; with `minPosition` it first waits for that.',
    parameters: queryParameters(waiting),
    answer: answer(200, 'It can.', [worked('Health')]),
    problems: [...anyProbe, ...readingProblems(Object.keys(waiting)), 'NOT_READY'],
  },
  {
    operationId: 'metrics',
    tag: 'service',
    method: 'get',
    path: '/metrics',
    summary: 'Give the numbers for Prometheus',
    does: 'In its text format, version 0.0.4.',
    parameters: [],
    answer: answer(200, 'The numbers.', [
      {
        mediaType: 'text/plain',
        schema: plainText,
        example: {
          value:
            '# HELP entente_projection_ordinal The last event that a projection has applied.\n# TYPE entente_projection_ordinal gauge\nentente_projection_ordinal{projection="policies"} 340\n',
        },
      },
    ]),
    problems: [...anyRequest, ...signedIn],
  },
  {
    operationId: 'getVersion',
    tag: 'service',
    method: 'get',
    path: '/v1/version',
    summary: 'Say which program this is',
    does: 'What `entente --version` says: the version of the program, the commit that an image was built from, and the Node that it runs on.',
    parameters: [],
    answer: answer(200, 'The version.', [worked('Version')]),
    problems: anyRequest,
  },
  {
    operationId: 'openApiDocument',
    tag: 'service',
    method: 'get',
    path: '/openapi.json',
    summary: 'Describe this interface',
    does: 'This very document, drawn from the same declarations as the routes.',
    parameters: [],
    answer: answer(200, 'An OpenAPI 3.1 document.', [
      {
        mediaType: json,
        schema: { type: 'object', additionalProperties: true },
        example: { value: { openapi: '3.1.0' } },
      },
    ]),
    problems: anyRequest,
  },
];

export const healthDescribed: Described = {
  entries,
  schemas: {
    Check: object({ name: plainText, ok: flag, detail: plainText }),
    Version: object(
      { version: plainText, node: plainText },
      { commit: described(plainText, 'Absent where the build did not say it.') },
    ),
    Health: object({ status: oneOfWords(['ok', 'ready']) }, { checks: array(ref('Check')) }),
  },
  examples: () => ({
    Version: { version: '0.1.0', node: '24.21.0', commit: '9f1b3cd2c0a4e6b8d7f5a3b1c9e0d2f4a6b8c0d1' },
    Health: {
      status: 'ready',
      checks: [
        { name: 'store', ok: true, detail: 'answers' },
        { name: 'projection policies', ok: true, detail: 'live, 0 behind' },
        { name: 'ledger', ok: true, detail: 'checked; signing' },
        { name: 'disk', ok: true, detail: '20480 MiB free' },
        { name: 'draining', ok: true, detail: 'no' },
      ],
    },
  }),
};
