import { queryParameters, readingEntry } from '../platform/http/reading-entry.js';
import type { Described } from '../platform/shapes/described.js';
import type { Entry } from '../platform/shapes/entry.js';
import { object, plainText, ref } from '../platform/shapes/json-schema.js';
import { headerSchema } from './export-schema.js';
import { exportParameters, exportSchemaParameters } from './exports.controller.js';

const tag = 'exports';

const header = {
  entente: 'export',
  what: 'acts',
  asOf: null,
  schema: '/v1/exports/schema?what=acts',
  note: 'What was attributed to a party, and the acts of whoever brings this in, an import takes (POST /v1/imports). Direct acts of others come back only with a backup, by "entente restore".',
};

const out = readingEntry(tag, {
  operationId: 'exportRecord',
  path: '/v1/exports',
  summary: 'Take the record out, or one dialogue of it',
  does: 'As of any moment, streamed, of all that whoever asks may see. The first line says what it is, of which moment, and where its schema is. What was attributed to a party, and the acts of whoever brings it in, an import takes again; direct acts of others come back only with a backup, by `entente restore`. It breaks off, and is not whole, once the key of whoever asks is revoked or a dialogue is withdrawn from it.',
  query: exportParameters,
  description: 'One JSON value a line, or one line of CSV an entry.',
  headers: ['Link'],
  content: [
    {
      mediaType: 'application/x-ndjson',
      schema: { type: 'array', items: ref('ExportLine') },
      example: { worked: 'ExportLines' },
    },
    { mediaType: 'text/csv', schema: plainText },
  ],
});

const entries: readonly Entry[] = [
  { ...out, problems: [...out.problems, 'NOT_FOUND'] },
  {
    ...readingEntry(tag, {
      operationId: 'getExportSchema',
      path: '/v1/exports/schema',
      summary: 'Read what the lines of an export are',
      does: 'As JSON Schema (2020-12), which refers to the schemas of /openapi.json.',
      query: exportSchemaParameters,
      description: 'The schema.',
      content: [
        { mediaType: 'application/json', schema: ref('ExportSchema'), example: { worked: 'ExportSchema' } },
      ],
    }),
    parameters: queryParameters(exportSchemaParameters),
  },
];

/** Taking out what is recorded. */
export const exportsDescribed: Described = {
  entries,
  schemas: {
    ExportHeader: headerSchema,
    ExportLine: { anyOf: [ref('ExportHeader'), { type: 'object', additionalProperties: true }] },
    ExportSchema: object({ $schema: plainText, title: plainText, anyOf: { type: 'array', items: {} } }),
  },
  examples: () => ({
    ExportLines: [header],
    ExportSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'One line of an export of acts',
      anyOf: [{ type: 'object' }],
    },
  }),
};
