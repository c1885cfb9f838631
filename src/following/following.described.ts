import {
  anyBody,
  anyJson,
  anyPlainWrite,
  anyRequest,
  readingProblems,
  signedIn,
} from '../platform/problems/problem-groups.js';
import { queryParameters } from '../platform/http/reading-entry.js';
import type { Described } from '../platform/shapes/described.js';
import { answer, json, pathParameter, worked } from '../platform/shapes/entry.js';
import type { Content, Entry } from '../platform/shapes/entry.js';
import { bodyOf } from '../platform/shapes/fields.js';
import {
  array,
  described,
  flag,
  instant,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';
import { entryMarks } from '../reading/entry-flags.representation.js';
import { answerMembers } from '../reading/history.representation.js';
import { digestParameters } from './digest.js';
import { feedKinds } from './follower.js';
import { thingShape } from './things.js';
import { addressShape, lookShape, newWatchShape } from './watch-shapes.js';

interface Written extends Pick<Entry, 'operationId' | 'path' | 'summary' | 'does'> {
  readonly body?: NonNullable<Entry['body']>;
  readonly status: number;
  readonly says: string;
  readonly answers: Content;
  readonly problems?: readonly string[];
}

function writing({ status, says, answers, problems = [], ...told }: Written): Entry {
  return {
    tag: 'watches',
    method: 'post',
    parameters: told.path.includes('{id}') ? [pathParameter('id', 'The id of the watch.', uuid)] : [],
    ...told,
    answer: answer(status, says, [answers]),
    problems: [
      ...anyRequest,
      ...signedIn,
      ...anyPlainWrite,
      ...(told.body === undefined ? anyJson : anyBody),
      ...problems,
      'OUTCOME_UNKNOWN',
    ],
  };
}

const entries: readonly Entry[] = [
  {
    operationId: 'listWatches',
    tag: 'watches',
    method: 'get',
    path: '/v1/watches',
    summary: 'List what one follows',
    does: 'The watches of the principal who asks, and since when it has a secret address of each feed; never the address.',
    parameters: [],
    answer: answer(200, 'As it stands.', [worked('Following')], ['Record-Age']),
    problems: [...anyRequest, ...signedIn],
  },
  writing({
    operationId: 'beginWatch',
    path: '/v1/watches',
    summary: 'Watch an irritant, a dialogue or a party',
    does: 'From now on the digest tells what changes of it. To watch is no act, and nobody else is told of it. What is watched already stays as it is. Up to 100 watches, of parties that a dialogue has which the principal sees. Watches and addresses together are made and ended up to 300 times within 24 hours.',
    body: { mediaType: json, schema: bodyOf(newWatchShape), example: { party: 'US' } },
    status: 201,
    says: 'The watch.',
    answers: worked('Watch'),
    problems: ['NOT_FOUND', 'TOO_MANY_WATCHES', 'TOO_MANY_CHANGES'],
  }),
  writing({
    operationId: 'endWatch',
    path: '/v1/watches/{id}/end',
    summary: 'End a watch',
    does: 'The digest and the feeds tell of it no longer.',
    status: 200,
    says: 'The watch that was ended.',
    answers: worked('Watch'),
    problems: ['NOT_FOUND'],
  }),
  {
    operationId: 'readDigest',
    tag: 'watches',
    method: 'get',
    path: '/v1/watches/digest',
    summary: 'Read what is new of what one follows',
    does: 'The latest first: each event as in histories, with what it changed, whose word it is, whether it still counts, and whether it is new since the last look. Reading is no look: [say how far you have looked](/docs/watches#lookAtDigest) with the `asOf` of the first page.',
    parameters: queryParameters(digestParameters),
    answer: answer(200, 'A page of it.', [worked('Digest')], ['Link', 'Record-Age']),
    problems: [...anyRequest, ...signedIn, ...readingProblems(Object.keys(digestParameters)), 'UNREADABLE'],
  },
  writing({
    operationId: 'lookAtDigest',
    path: '/v1/watches/look',
    summary: 'Say how far one has looked',
    does: 'Nothing up to that moment is new any more. It is no act and no event of a dialogue. An earlier moment than that of the last look changes nothing. Up to 1,500 times within 24 hours.',
    body: { mediaType: json, schema: bodyOf(lookShape), example: { upTo: `m${'A'.repeat(64)}` } },
    status: 200,
    says: 'It is kept.',
    answers: worked('Looked'),
    problems: ['NOT_YET', 'EPOCH_CHANGED', 'PROJECTION_LAGGING', 'TOO_MANY_CHANGES'],
  }),
  writing({
    operationId: 'makeFollowingAddress',
    path: '/v1/watches/addresses',
    summary: 'Make a secret address of a feed',
    does: 'For programs that can’t sign in: the digest as an Atom feed, 100 entries a page, or what is due as an iCalendar feed. Whoever has the address reads what the principal sees at that moment. The address before ends at once. It lives as long as the principal has an API key that may read.',
    body: { mediaType: json, schema: bodyOf(addressShape), example: { feed: 'calendar' } },
    status: 201,
    says: 'The address; it cannot be shown again.',
    answers: worked('FollowingAddress'),
    problems: ['API_KEY_NEEDED', 'TOO_MANY_CHANGES'],
  }),
  writing({
    operationId: 'withdrawFollowingAddress',
    path: '/v1/watches/addresses/withdraw',
    summary: 'Withdraw a secret address',
    does: 'From now on it opens nothing. What is withdrawn already stays so.',
    body: { mediaType: json, schema: bodyOf(addressShape), example: { feed: 'calendar' } },
    status: 200,
    says: 'What one follows.',
    answers: worked('Following'),
  }),
];

const feed = oneOfWords(feedKinds);
const madeAt = orNull(instant);

const schemas: Properties = {
  Watch: object(
    { id: uuid, kind: oneOfWords(['irritant', 'dialogue', 'party']), begunAt: instant },
    {
      irritantId: described(uuid, 'The irritant that is watched.'),
      dialogueId: described(uuid, 'The dialogue that is watched, or in which the irritant is.'),
      party: described(ref('Party'), 'The party that is watched.'),
    },
  ),
  Following: object({
    items: array(ref('Watch')),
    addresses: described(
      object({ digest: madeAt, calendar: madeAt }),
      'Of each feed, when its secret address was made; null where there is none.',
    ),
  }),
  Digest: object({
    items: array(
      object(
        {
          seq: { type: 'integer', minimum: 0 },
          event: ref('RecordedEvent'),
          summary: plainText,
          subject: ref('Subject'),
          dialogueId: uuid,
          kept: described(
            orNull({ type: 'object', additionalProperties: true }),
            'In whose hand its dialogue is.',
          ),
          thing: described(thingShape, 'What changed, as lists name it today.'),
          new: described(flag, 'Whether it came after the last look.'),
          watchIds: described(array(uuid), 'The watches that tell of it.'),
        },
        {
          ...answerMembers,
          about: object({ seq: { type: 'integer', minimum: 0 }, eventId: uuid }),
          amendedBy: array(object({ type: plainText, eventId: uuid }, { restedOn: uuid })),
          ...entryMarks,
        },
      ),
    ),
    asOf: described(orNull(plainText), 'The moment of the answer: what to say once it was looked at.'),
  }),
  Looked: object({ upTo: plainText }),
  FollowingAddress: object({
    feed,
    address: described(plainText, 'The address with its secret. It is shown here and never again.'),
  }),
};

const watch = {
  id: '01960b3a-0000-7000-8000-000000000031',
  kind: 'party',
  party: 'US',
  begunAt: '2025-04-11T09:00:00.000Z',
};

/** Watches, the digest and their feeds, described. */
export const followingDescribed: Described = {
  entries,
  schemas,
  examples: () => ({
    Watch: watch,
    Following: { items: [watch], addresses: { digest: null, calendar: '2025-04-11T09:00:00.000Z' } },
    Digest: { items: [], asOf: `m${'A'.repeat(64)}` },
    Looked: { upTo: `m${'A'.repeat(64)}` },
    FollowingAddress: {
      feed: 'calendar',
      address: `https://entente.example/following/${'0'.repeat(32)}_${'A'.repeat(43)}/due.ics`,
    },
  }),
};
