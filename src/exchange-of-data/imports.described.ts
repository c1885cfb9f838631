import { idempotencyKey, queryParameters } from '../platform/http/reading-entry.js';
import {
  anyJson,
  anyPlainWrite,
  anyRequest,
  readingProblems,
  signedIn,
} from '../platform/problems/problem-groups.js';
import type { Described } from '../platform/shapes/described.js';
import { answer, pathParameter, worked } from '../platform/shapes/entry.js';
import type { Entry } from '../platform/shapes/entry.js';
import { plainText, uuid } from '../platform/shapes/json-schema.js';
import { faultParameters, importListParameters, importParameters } from './imports.controller.js';
import { faultExample, importSchemas } from './imports.representation.js';

const tag = 'imports';
const importId = pathParameter('importId', 'The id of the import.', uuid);
const csv = 'text/csv';
/** As a file would be sent. */
const rows = `externalRef,category,title.en,raisers,respondents,raisedBasis,occurred
MFA-17,visas,Visas of the cultural section,RU,US,stated,2019-03-04
`;

const entries: readonly Entry[] = [
  {
    operationId: 'importFile',
    tag,
    method: 'post',
    path: '/v1/imports',
    summary: 'Bring a file of rows into a dialogue',
    does: 'Takes CSV, or JSON Lines (application/x-ndjson), of up to 50 MiB and 20,000 rows, and brings it in in the background. Each row is one act of whoever sends the file, judged as if it came alone over HTTP and recorded whole or not at all; rows that are refused keep no others out. What is recorded already, by its `externalRef` or by its content, stays as it is, so the same file can be sent again. With `dryRun=true` nothing is recorded, and every fault is told by its line.',
    parameters: [idempotencyKey(true), ...queryParameters(importParameters)],
    body: { mediaType: csv, schema: plainText, example: rows },
    answer: answer(
      202,
      'The import; ask its address how far it has come.',
      [worked('Import')],
      ['Location', 'Idempotent-Replayed'],
    ),
    problems: [
      ...anyRequest,
      ...signedIn,
      ...readingProblems([]),
      'SIGNATURE_NOT_TAKEN',
      'NOT_FOUND',
      'NOT_JOINED',
      'ACT_UNKNOWN',
      'IMPORT_MAPPING_INVALID',
      'TOO_MANY_IMPORTS',
      'IDEMPOTENCY_KEY_MISSING',
      'IDEMPOTENCY_KEY_MALFORMED',
      'IDEMPOTENCY_KEY_REUSED',
      'OUTCOME_UNKNOWN',
    ],
  },
  {
    operationId: 'listImports',
    tag,
    method: 'get',
    path: '/v1/imports',
    summary: 'List one’s imports',
    does: 'Those of the principal who asks, the last first: what waits, what runs, and what has ended in the last thirty days.',
    parameters: queryParameters(importListParameters),
    answer: answer(
      200,
      'One page; `Link` names the next one where there is one.',
      [worked('ImportList')],
      ['Link', 'Record-Age'],
    ),
    problems: [...anyRequest, ...signedIn, ...readingProblems(Object.keys(importListParameters))],
  },
  {
    operationId: 'cancelImport',
    tag,
    method: 'post',
    path: '/v1/imports/{importId}/cancel',
    summary: 'Cancel an import',
    does: 'It goes no further: within a second where it runs, and else as soon as its turn comes. What it has recorded stays recorded, for nothing is undone in silence; `counts` say how much that is. One that is cancelled stays so, and the same file can be sent again with another `Idempotency-Key`. Only whoever sent the file can.',
    parameters: [importId],
    answer: answer(200, 'The import, `cancelled`; it has `endedAt` once it has ended.', [worked('Import')]),
    problems: [
      ...anyRequest,
      ...signedIn,
      ...anyPlainWrite,
      ...anyJson,
      'NOT_FOUND',
      'IMPORT_OVER',
      'OUTCOME_UNKNOWN',
    ],
  },
  {
    operationId: 'getImport',
    tag,
    method: 'get',
    path: '/v1/imports/{importId}',
    summary: 'Ask how far an import has come',
    does: 'Only whoever sent the file is told. For thirty days after its end it can be asked.',
    parameters: [importId],
    answer: answer(200, 'How far it has come.', [worked('Import')]),
    problems: [...anyRequest, ...signedIn, 'NOT_FOUND'],
  },
  {
    operationId: 'listImportFaults',
    tag,
    method: 'get',
    path: '/v1/imports/{importId}/faults',
    summary: 'List what was wrong with the rows',
    does: 'In the order of the file: the line, the column where it is one, and why, by the same codes as over HTTP. 10,000 are kept, and all are counted.',
    parameters: [importId, ...queryParameters(faultParameters)],
    answer: answer(
      200,
      'One page; `Link` names the next one where there is one.',
      [worked('ImportFaultList')],
      ['Link', 'Record-Age'],
    ),
    problems: [...anyRequest, ...signedIn, ...readingProblems(Object.keys(faultParameters)), 'NOT_FOUND'],
  },
  {
    operationId: 'getImportTemplate',
    tag,
    method: 'get',
    path: '/v1/imports/templates/{name}.csv',
    summary: 'Download the header line of a table',
    does: 'A CSV file to be filled in, such as `irritants.csv`: what every row needs comes first. Columns that stay empty can be taken out; a text in another language has a column of its own, as in `title.ru`.',
    parameters: [pathParameter('name', 'The name of the table.', plainText)].map((one) => ({
      ...one,
      example: 'irritants',
    })),
    answer: answer(200, 'The header line.', [{ mediaType: csv, schema: plainText }]),
    problems: [...anyRequest, ...signedIn, 'NOT_FOUND'],
  },
];

/** Bringing in what another system has. */
export const importsDescribed: Described = {
  entries,
  schemas: importSchemas,
  examples: ({ value }) => {
    const one = {
      id: '5d0c2b8e-1f5a-5c3e-9d55-0b8a6c1f7e42',
      dialogueId: value('dialogueId'),
      format: 'csv',
      dryRun: false,
      act: 'irritants',
      state: 'done',
      bytes: 41_233,
      sha256: 'c'.repeat(64),
      receivedAt: '2026-03-02T10:00:00.000Z',
      line: 201,
      counts: { rows: 200, recorded: 199, unchanged: 0, refused: 1 },
      faults: 1,
      faultsKept: 1,
      endedAt: '2026-03-02T10:00:02.000Z',
      keptUntil: '2026-04-01T10:00:02.000Z',
    };
    return {
      Import: one,
      ImportList: { items: [one] },
      ImportFaultList: { items: [faultExample], faults: 1, kept: 1 },
    };
  },
};
