import { anyBody, anyPlainWrite, anyRequest, signedIn } from '../problems/problem-groups.js';
import { roles } from '../record/principal.js';
import type { Described } from '../shapes/described.js';
import { answer, json, worked } from '../shapes/entry.js';
import type { Entry } from '../shapes/entry.js';
import { bodyOf } from '../shapes/fields.js';
import { array, described, object, oneOfWords, plainText, ref, uuid } from '../shapes/json-schema.js';
import { grantShape } from './grants.controller.js';

const principalId = '01960b3a-0000-7000-8000-000000000902';
const dialogue = '01960b3a-0000-7000-8000-000000000001';

function changing(operationId: string, path: string, told: Pick<Entry, 'summary' | 'does'>): Entry {
  return {
    operationId,
    tag: 'keys',
    method: 'post',
    path,
    ...told,
    parameters: [],
    body: { mediaType: json, schema: bodyOf(grantShape), example: { principalId, dialogue } },
    answer: answer(200, 'What it sees now.', [worked('Grants')]),
    problems: [
      ...anyRequest,
      ...signedIn,
      ...anyPlainWrite,
      ...anyBody,
      'NOT_FOUND',
      'NOT_BY_GRANTS',
      'OUTCOME_UNKNOWN',
    ],
  };
}

const granting = changing('grantDialogue', '/v1/grants', {
  summary: 'Grant a dialogue to a principal',
  does: 'On all keys of a principal without a party whose keys name the dialogues that they see. What is granted already, or seen anyway, changes nothing.',
});
const withdrawing = changing('withdrawDialogue', '/v1/grants/withdraw', {
  summary: 'Withdraw a dialogue from a principal',
  does: 'Within a second it sees nothing of the dialogue any more. What was not granted changes nothing. A principal with a key that sees all dialogues has to be given another key: of such a one nothing can be withdrawn.',
});

/** The grants of the interface, described. */
export const grantsDescribed: Described = {
  entries: [
    {
      operationId: 'listGrants',
      tag: 'keys',
      method: 'get',
      path: '/v1/grants',
      summary: 'List who sees which dialogues',
      does: 'Of those who act for no party, by their keys that have not been revoked: a reader, an auditor, a secretariat. An operator sees all; a negotiator the secretariats of its dialogues, and of their grants those of its dialogues.',
      parameters: [],
      answer: answer(
        200,
        'Each principal once.',
        [
          {
            mediaType: json,
            schema: object({ items: array(ref('Grants')) }),
            example: { worked: 'GrantsList' },
          },
        ],
        ['Record-Age'],
      ),
      problems: [...anyRequest, ...signedIn],
    },
    { ...granting, problems: [...granting.problems, 'TOO_MANY_GRANTS'] },
    { ...withdrawing, problems: [...withdrawing.problems, 'SEES_ALL_DIALOGUES'] },
  ],
  schemas: {
    Grants: object({
      principalId: uuid,
      name: plainText,
      roles: array(oneOfWords(roles)),
      sees: described(
        oneOfWords(['all', 'granted']),
        'Whether it sees all dialogues, or those that were granted to it.',
      ),
      dialogues: described(array(uuid), 'Those that were granted to it.'),
      keyIds: described(array(uuid), 'Its keys that have not been revoked.'),
    }),
  },
  examples: () => {
    const grants = {
      principalId,
      name: 'Archive of the foundation',
      roles: ['reader'],
      sees: 'granted',
      dialogues: [dialogue],
      keyIds: ['01960b3a-0000-7000-8000-000000000021'],
    };
    return { Grants: grants, GrantsList: { items: [grants] } };
  },
};
