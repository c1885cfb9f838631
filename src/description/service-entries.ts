import { readParameters } from '../reading/reads.controller.js';
import { newKeyShape } from '../platform/access/new-key.js';
import type { Slice } from '../platform/record/slice.js';
import { idempotencyKey } from './command-entries.js';
import { answer, json, pathParameter, worked } from './entry.js';
import type { Content, Entry } from './entry.js';
import { bodyOf } from '../platform/shapes/fields.js';
import { healthEntries } from './health-entries.js';
import { array, object, ref, uuid } from '../platform/shapes/json-schema.js';
import { anyBody, anyJson, anyRequest, signedIn } from './problem-groups.js';
import { readEntry } from './read-entries.js';
import { searchEntry } from './search-entries.js';

const bytes: Content = {
  mediaType: 'application/octet-stream',
  schema: { type: 'string', format: 'binary' },
};

const bytesEntries: readonly Entry[] = [
  {
    operationId: 'uploadSourceBytes',
    tag: 'sources',
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
    tag: 'sources',
    method: 'get',
    path: '/v1/sources/{id}/bytes',
    summary: 'Download the bytes of a source',
    does: 'Only of a source that is held; always as a download, whatever the bytes are. Where the words of the source were erased, its bytes are gone as well. They are in the store alone, so while that can’t be reached they are not to be had.',
    parameters: [pathParameter('id', 'The id of the source.', uuid)],
    answer: answer(200, 'The bytes, checked against their hash; the ETag is the hash.', [bytes], ['ETag']),
    problems: [...anyRequest, ...signedIn, 'NOT_FOUND', 'BYTES_ERASED'],
  },
];

const keyEntries: readonly Entry[] = [
  {
    operationId: 'listKeys',
    tag: 'keys',
    method: 'get',
    path: '/v1/keys',
    summary: 'List the API keys',
    does: 'Who has which, until when; never the keys themselves. An operator sees all, a negotiator those of its own party and of the secretariats.',
    parameters: [],
    answer: answer(
      200,
      'All keys, expired and revoked ones too.',
      [{ mediaType: json, schema: object({ items: array(ref('Key')) }), example: { worked: 'KeyList' } }],
      ['Record-Age'],
    ),
    problems: [...anyRequest, ...signedIn],
  },
  {
    operationId: 'makeKey',
    tag: 'keys',
    method: 'post',
    path: '/v1/keys',
    summary: 'Make an API key',
    does: 'For a new principal, or for one that has a key already (`principalId`). It holds 365 days unless `days` says otherwise. Once the party has a negotiator, the key opens nothing until one of its negotiators approves it, within seven days (`awaitsUntil`).',
    parameters: [],
    body: {
      mediaType: json,
      schema: bodyOf(newKeyShape),
      example: { name: 'Registrar of the RU side', party: 'RU', roles: ['registrar'], days: 90 },
    },
    answer: answer(201, 'The key; it cannot be shown again.', [worked('NewKey')]),
    problems: [...anyRequest, ...signedIn, ...anyBody, 'OUTCOME_UNKNOWN'],
  },
  {
    operationId: 'revokeKey',
    tag: 'keys',
    method: 'post',
    path: '/v1/keys/{id}/revoke',
    summary: 'Revoke an API key',
    does: 'Within a second nobody can use it any more. Revoking it again changes nothing. The key of the last negotiator of a party goes on to work until a negotiator of that party approves the revocation, within seven days (`revocationUntil`).',
    parameters: [pathParameter('id', 'The id of the key.', uuid)],
    answer: answer(200, 'The key as it stands.', [worked('Key')]),
    problems: [...anyRequest, ...signedIn, ...anyJson, 'NOT_FOUND', 'OUTCOME_UNKNOWN'],
  },
  {
    operationId: 'approveKey',
    tag: 'keys',
    method: 'post',
    path: '/v1/keys/{id}/approve',
    summary: 'Approve a key of one’s party, or its revocation',
    does: 'What an operator asked for holds from here on: a new key opens what it is for, or the last negotiator’s key is revoked.',
    parameters: [pathParameter('id', 'The id of the key.', uuid)],
    answer: answer(200, 'The key as it stands.', [worked('Key')]),
    problems: [...anyRequest, ...signedIn, ...anyJson, 'NOT_FOUND', 'NOTHING_TO_APPROVE', 'OUTCOME_UNKNOWN'],
  },
];

/** What stands above the slices: the overview of an irritant, and the comparison of the accounts of a round. */
function aboveSlices(slices: readonly Slice[]): readonly Entry[] {
  return slices.flatMap((slice) => {
    if (slice.name === 'irritants') {
      return readEntry(slice, {
        operationId: 'getIrritantOverview',
        path: '/v1/irritants/{id}/overview',
        summary: 'Read an irritant with what its instruments say',
        does: 'The irritant, and under `linked` its rounds, exchanges, assets, proposals, roadmaps and commitments as they stand; `incomingLinkages` has the linkages that are asserted on other irritants. Drawn from read models, so it has no ETag.',
        query: readParameters.get,
        description: 'The overview, and the moment that it is of.',
        content: [worked('Overview')],
      });
    }
    if (slice.name !== 'rounds') return [];
    return readEntry(slice, {
      operationId: 'compareRoundAccounts',
      path: '/v1/rounds/{id}/comparison',
      summary: 'Compare the two accounts of a round, matter by matter',
      does: 'Of each irritant all that each side says of it: `agreed` where both say so, `differing` where one says less; where one is silent it is named. Several renderings of one party’s account are one account; the press stands in a column of its own.',
      query: readParameters.get,
      description: 'The comparison, and the moment that it is of.',
      content: [worked('Comparison')],
    });
  });
}

export function serviceEntries(slices: readonly Slice[]): readonly Entry[] {
  return [...aboveSlices(slices), searchEntry, ...bytesEntries, ...keyEntries, ...healthEntries];
}
