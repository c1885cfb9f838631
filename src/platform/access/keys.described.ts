import { anyBody, anyJson, anyPlainWrite, anyRequest, signedIn } from '../problems/problem-groups.js';
import { roles } from '../record/principal.js';
import type { Described } from '../shapes/described.js';
import { answer, json, pathParameter, worked } from '../shapes/entry.js';
import type { Entry } from '../shapes/entry.js';
import { bodyOf } from '../shapes/fields.js';
import {
  all,
  array,
  described,
  instant,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  uuid,
} from '../shapes/json-schema.js';
import type { Properties } from '../shapes/json-schema.js';
import { newKeyShape } from './new-key.js';

const keyEntries: readonly Entry[] = [
  {
    operationId: 'listKeys',
    tag: 'keys',
    method: 'get',
    path: '/v1/keys',
    summary: 'List the API keys',
    does: 'Who has which, until when; never the keys themselves. An operator sees all, a negotiator those of its own party and of the secretariats. Beside them the OpenID Connect issuers whose tokens make somebody the same: of them too, a negotiator sees those of its own party and of none.',
    parameters: [],
    answer: answer(
      200,
      'All keys, expired and revoked ones too.',
      [
        {
          mediaType: json,
          schema: object({ items: array(ref('Key')), issuers: array(ref('KnownIssuer')) }),
          example: { worked: 'KeyList' },
        },
      ],
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
    problems: [...anyRequest, ...signedIn, ...anyPlainWrite, ...anyBody, 'OUTCOME_UNKNOWN'],
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
    problems: [...anyRequest, ...signedIn, ...anyPlainWrite, ...anyJson, 'NOT_FOUND', 'OUTCOME_UNKNOWN'],
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
    problems: [
      ...anyRequest,
      ...signedIn,
      ...anyPlainWrite,
      ...anyJson,
      'NOT_FOUND',
      'NOTHING_TO_APPROVE',
      'OUTCOME_UNKNOWN',
    ],
  },
];

const schemas: Properties = {
  Key: object(
    {
      id: uuid,
      principalId: uuid,
      name: plainText,
      party: orNull(ref('Party')),
      roles: array(oneOfWords(roles)),
      issuedAt: instant,
      madeBy: described(
        object({ as: oneOfWords(['operator', 'folder', 'demonstration']) }, { principalId: plainText }),
        'Who made it: an operator, with the id of its principal; the command on the folder of the record; or the demonstration.',
      ),
      expiresAt: instant,
      revokedAt: orNull(instant),
    },
    {
      dialogues: described(
        array(uuid),
        'Of a key without a party: the dialogues that it sees; absent where it sees all.',
      ),
      awaitsUntil: described(
        instant,
        'It opens nothing until a negotiator of its party approves it, by then.',
      ),
      approvedBy: described(plainText, 'The id of the principal who approved it, or its revocation.'),
      revocationUntil: described(
        instant,
        'An operator asked for its revocation, which a negotiator can approve by then.',
      ),
    },
  ),
  KnownIssuer: object(
    {
      issuer: described(plainText, 'As it names itself in its tokens.'),
      parties: described(
        array(ref('Party')),
        'The parties whose people it makes; none where it makes secretariats, auditors, readers and operators alone.',
      ),
    },
    { name: described(plainText, 'How the sign-in page calls it; absent where it signs nobody in there.') },
  ),
  NewKey: all(
    ref('Key'),
    object({ key: described(plainText, 'The key itself. It is shown here and never again.') }),
  ),
};

const key = {
  id: '01960b3a-0000-7000-8000-000000000020',
  principalId: '01960b3a-0000-7000-8000-000000000901',
  name: 'Registrar of the RU side',
  party: 'RU',
  roles: ['registrar'],
  issuedAt: '2025-04-11T09:00:00.000Z',
  madeBy: { as: 'operator', principalId: '01960b3a-0000-7000-8000-000000000050' },
  expiresAt: '2025-07-10T09:00:00.000Z',
  revokedAt: null,
};

/** The keys of the interface, described. */
export const keysDescribed: Described = {
  entries: keyEntries,
  schemas,
  examples: () => ({
    Key: key,
    KeyList: {
      items: [key],
      issuers: [{ issuer: 'https://id.example.org/realms/entente', parties: ['RU'], name: 'The ministry' }],
    },
    NewKey: { ...key, key: `entente_${'0'.repeat(32)}_${'A'.repeat(43)}` },
  }),
};
