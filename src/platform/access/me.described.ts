import { anyRequest, signedIn } from '../problems/problem-groups.js';
import { roles } from '../record/principal.js';
import type { Described } from '../shapes/described.js';
import { answer, worked } from '../shapes/entry.js';
import {
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

/** Who one is here, described. */
export const meDescribed: Described = {
  entries: [
    {
      operationId: 'getMe',
      tag: 'keys',
      method: 'get',
      path: '/v1/me',
      summary: 'Say who one is',
      does: 'Whose key or access token the request carries, what it may, and until when. `operations` are those that the roles give a right to, besides what anybody may call; whether an act is taken in the end is for the rules of the record, which `dryRun=true` asks.',
      parameters: [],
      answer: answer(200, 'Who the request is from.', [worked('Me')], ['Record-Age']),
      problems: [...anyRequest, ...signedIn],
    },
  ],
  schemas: {
    Me: object(
      {
        principalId: described(uuid, 'As it stands in events.'),
        name: plainText,
        party: orNull(ref('Party')),
        roles: array(oneOfWords(roles)),
        sees: described(
          oneOfWords(['all', 'of-its-party', 'granted', 'none']),
          'Which dialogues it sees: all, those of its party, those that were granted to it (`dialogues`), or none.',
        ),
        by: described(
          object(
            { kind: oneOfWords(['api-key', 'access-token']) },
            { keyId: uuid, issuedAt: instant, issuer: plainText },
          ),
          'The API key by its id, or who issued the access token.',
        ),
        operations: described(
          array(
            object(
              { operationId: plainText },
              {
                capacities: described(
                  array(oneOfWords(['direct', 'attributed'])),
                  'Of acts whose right depends on it: as its party (`direct`), or citing what a party said (`attributed`).',
                ),
              },
            ),
          ),
          'What its roles give it a right to.',
        ),
      },
      {
        dialogues: described(array(uuid), 'Those that were granted to it, where `sees` says so.'),
        expiresAt: described(instant, 'From then on the key or the access token opens nothing.'),
      },
    ),
  },
  examples: () => ({
    Me: {
      principalId: '01960b3a-0000-7000-8000-000000000901',
      name: 'Registrar of the RU side',
      party: 'RU',
      roles: ['registrar'],
      sees: 'of-its-party',
      by: {
        kind: 'api-key',
        keyId: '01960b3a-0000-7000-8000-000000000020',
        issuedAt: '2025-04-11T09:00:00.000Z',
      },
      expiresAt: '2025-07-10T09:00:00.000Z',
      operations: [
        { operationId: 'getIrritant' },
        { operationId: 'statePosition', capacities: ['direct', 'attributed'] },
      ],
    },
  }),
};
