import { idempotencyKey } from '../platform/http/reading-entry.js';
import { anyPlainWrite, anyRequest, signedIn } from '../platform/problems/problem-groups.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described } from '../platform/shapes/described.js';
import { answer, pathParameter, worked } from '../platform/shapes/entry.js';
import type { Content, Entry } from '../platform/shapes/entry.js';
import { object, ref, seq, uuid } from '../platform/shapes/json-schema.js';

const bytes: Content = {
  mediaType: 'application/octet-stream',
  schema: { type: 'string', format: 'binary' },
};

const entriesOf = ({ name: tag }: Slice): readonly Entry[] => [
  {
    operationId: 'uploadSourceBytes',
    tag,
    method: 'post',
    path: '/v1/dialogues/{id}/bytes',
    summary: 'Upload the bytes of a source',
    does: 'Keeps them for one source of this dialogue; at most 20 MiB, and all sources of a dialogue together hold what the server allows. Name the `bytesId` when the source is registered, within a day: what no source has come to own by then is dropped. A request that broke off is sent again, with its key, and goes on where it ended.',
    parameters: [pathParameter('id', 'The id of the dialogue.', uuid), idempotencyKey(true)],
    body: { mediaType: bytes.mediaType, schema: bytes.schema },
    answer: answer(
      201,
      'What a source names, and the hash and the size of what was kept.',
      [worked('HeldBytes')],
      ['Idempotent-Replayed'],
    ),
    problems: [
      ...anyRequest,
      ...signedIn,
      ...anyPlainWrite,
      'NOT_FOUND',
      'IDEMPOTENCY_KEY_MISSING',
      'IDEMPOTENCY_KEY_MALFORMED',
      'IDEMPOTENCY_KEY_REUSED',
      'NOT_JOINED',
      'BYTES_QUOTA_REACHED',
      'BYTES_ERASED',
      'OUTCOME_UNKNOWN',
    ],
  },
  {
    operationId: 'getSourceBytes',
    tag,
    method: 'get',
    path: '/v1/sources/{id}/bytes',
    summary: 'Download the bytes of a source',
    does: 'Only of a source that is held; always as a download, whatever the bytes are. Where the words of the source were erased, its bytes are gone as well. They are in the store alone, so while that can’t be reached they are not to be had.',
    parameters: [pathParameter('id', 'The id of the source.', uuid)],
    answer: answer(200, 'The bytes, checked against their hash; the ETag is the hash.', [bytes], ['ETag']),
    problems: [...anyRequest, ...signedIn, 'NOT_FOUND', 'BYTES_ERASED'],
  },
];

/** The bytes of held sources. */
export const sourceBytes = (own: Slice): Described => ({
  entries: entriesOf(own),
  schemas: { HeldBytes: object({ bytesId: uuid, sha256: ref('Sha256'), size: seq }) },
  examples: () => ({
    HeldBytes: {
      bytesId: 'b7f3a5c1-6d2e-4c1a-9e6b-52f0d1a7c3e8',
      sha256: 'c'.repeat(64),
      size: 48_213,
    },
  }),
});
