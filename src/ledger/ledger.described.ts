import type { Shape } from '#libs/decider';
import { queryParameters } from '../platform/http/reading-entry.js';
import { anyRequest, signedIn } from '../platform/problems/problem-groups.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described } from '../platform/shapes/described.js';
import { answer, pathParameter } from '../platform/shapes/entry.js';
import type { Content, Entry, Parameter } from '../platform/shapes/entry.js';
import {
  anything,
  array,
  byKey,
  described,
  object,
  orNull,
  plainText,
  ref,
  seq as count,
  uuid,
} from '../platform/shapes/json-schema.js';
import { consistencyParameters, payloadParameters, payloadsMax } from './ledger.controller.js';

/** The routes that need no key, where the settings leave them open. */
export const openLedgerRoutes = ['checkpoint', 'keys', 'consistency', 'tile/:level/*'].map(
  (one) => `/v1/dialogues/:id/ledger/${one}`,
);

const text = (value: string): Content => ({
  mediaType: 'text/plain',
  schema: plainText,
  example: { value },
});
const bytes: Content = {
  mediaType: 'application/octet-stream',
  schema: { type: 'string', format: 'binary' },
};
const hash = 'XBy7Jd0GDV37BeIK0cqUGMLvnYvFTdo4e0eUkF0H31k=';
const origin = 'entente.example.org/01960b3a-0000-7000-8000-000000000001';
const payload = {
  seq: 7,
  data: { audience: 'both', correlationId: '5b2f6d0c9a7e41d3', data: {}, sources: [] },
  content: { reason: { en: 'The access was given on 3 June.' } },
  salt: 'b7Zr0m7CkQ3b0u7VJwq3zq3d2o3mC9o1m4o2J6nB1nE=',
};
const checkpoint = `${origin}\n3\n${hash}\n\n— ${origin} mb5cdQ…\n`;

const place: Parameter = pathParameter(
  'place',
  'The number of the tile in groups of three digits, all but the last after an x; `.p/` and the width after it where the tile is not full.',
  plainText,
);
const level = pathParameter('level', 'The level of the tile, from 0 up.', plainText);
const seq = pathParameter('seq', 'The place of the leaf in the log, from 0 on.', plainText);
const open = [...anyRequest, ...signedIn, 'NOT_FOUND'];
const parameters = ['UNKNOWN_PARAMETER', 'PARAMETER_INVALID'];

/** Nobody could guess what to ask for. */
const asked = (shape: Shape): readonly Parameter[] =>
  queryParameters(shape).map((one) => ({
    ...one,
    ...(one.name === 'limit'
      ? { schema: { type: 'integer', minimum: 1, maximum: payloadsMax, default: payloadsMax } }
      : { example: '1' }),
  }));

/** Below the address of the log. */
type Below = Omit<Entry, 'tag' | 'method'>;

/** Sizes and hashes, without a word of the record. */
const signed: readonly Below[] = [
  {
    operationId: 'getCheckpoint',
    path: 'checkpoint',
    summary: 'Read the newest checkpoint',
    does: 'How many leaves the log has and the root of the tree over them, as a signed note (c2sp.org/tlog-checkpoint): signed by each key of the log, and cosigned by it, which says when. There is a new one within a second of each event.',
    parameters: [],
    answer: answer(200, 'The checkpoint.', [text(checkpoint)]),
    problems: [...open, 'LEDGER_UNSIGNED', 'NOT_YET_LOGGED'],
  },
  {
    operationId: 'getLedgerKeys',
    path: 'keys',
    summary: 'Read the keys of the log',
    does: 'One verifier key a line (c2sp.org/signed-note). Keys that a server tells prove nothing by themselves: compare them with those that you were given another way.',
    parameters: [],
    answer: answer(200, 'The keys, the present ones first.', [text(`${origin}+99be5c75+AQ…\n`)]),
    problems: [...open, 'LEDGER_UNSIGNED'],
  },
  {
    operationId: 'getLedgerTile',
    path: 'tile/{level}/{place}',
    summary: 'Read a tile of hashes',
    does: 'Up to 256 hashes of one level of the tree (c2sp.org/tlog-tiles). A full tile never changes.',
    parameters: [level, place],
    answer: answer(200, 'The hashes, one after the other.', [bytes]),
    problems: open,
  },
  {
    operationId: 'getConsistency',
    path: 'consistency',
    summary: 'Prove that a log has only grown',
    does: 'From one size to another (RFC 9162 §2.1.4): that the first leaves of the greater are those of the smaller.',
    parameters: asked(consistencyParameters),
    answer: answer(200, 'The hashes of the proof in base64, one a line; none where it needs none.', [
      text(`${hash}\n`),
    ]),
    problems: [...open, ...parameters, 'NOT_YET_LOGGED'],
  },
];

/** What the hashes are of: for whoever may read the dialogue. */
const told: readonly Below[] = [
  {
    operationId: 'getLedgerEntries',
    path: 'tile/entries/{place}',
    summary: 'Read a bundle of leaves',
    does: 'Up to 256 leaves, each after its length in two bytes (c2sp.org/tlog-tiles). A leaf is the RFC 8785 form of what is logged of an event: who acted, when, where in its stream, and the hashes of the rest.',
    parameters: [place],
    answer: answer(200, 'The leaves, one after the other.', [bytes]),
    problems: open,
  },
  {
    operationId: 'getInclusionProof',
    path: 'proofs/{seq}',
    summary: 'Prove that a leaf stands in the log',
    does: 'With the newest checkpoint, in the format c2sp.org/tlog-proof, to be checked away from here.',
    parameters: [seq],
    answer: answer(200, 'The proof.', [text(`c2sp.org/tlog-proof@v1\nindex 0\n${hash}\n\n${checkpoint}`)]),
    problems: [...open, 'LEDGER_UNSIGNED', 'NOT_YET_LOGGED'],
  },
  {
    operationId: 'getPayloads',
    path: 'payloads',
    summary: 'Read what the leaves stand for',
    does: 'Of each leaf from the place on the data, the words and their salt, as they hash to what the leaf says. Words that were erased are null with their salt; what is not handed on says why in `withheld`. There may be fewer than were asked for: ask again from after the last one.',
    parameters: asked(payloadParameters),
    answer: answer(200, 'One payload a line, in the order of the log.', [
      {
        mediaType: 'application/x-ndjson',
        schema: array(ref('LedgerPayload')),
        example: { worked: 'LedgerPayloads' },
      },
    ]),
    problems: [...open, ...parameters],
  },
];

/** The log of a dialogue: what proves its history, and what the proofs are about. */
export const ledgerDescribed = ({ name: tag }: Slice): Described => ({
  entries: [...signed, ...told].map((one) => ({
    ...one,
    tag,
    method: 'get',
    path: `/v1/${tag}/{id}/ledger/${one.path}`,
    parameters: [pathParameter('id', 'The id of the dialogue.', uuid), ...one.parameters],
  })),
  schemas: {
    LedgerPayload: object(
      {
        seq: described(count, 'The place of the leaf.'),
        data: described(
          orNull(byKey(anything)),
          'The event’s data, and what its envelope holds beyond the leaf; its RFC 8785 form hashes to the leaf’s `data`.',
        ),
        content: described(
          orNull(byKey(anything)),
          'The words; null where they are erased, or where there are none. With the salt they hash to the leaf’s `content`.',
        ),
        salt: orNull(plainText),
      },
      {
        signature: described(byKey(plainText), 'Only of a signed act: what the leaf’s `sig` is the hash of.'),
        withheld: described(plainText, 'Why something of it is not handed on.'),
      },
    ),
  },
  examples: () => ({
    LedgerPayloads: [payload],
  }),
});
