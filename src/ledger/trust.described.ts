import { anyRequest, signedIn } from '../platform/problems/problem-groups.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described } from '../platform/shapes/described.js';
import { answer, pathParameter } from '../platform/shapes/entry.js';
import {
  array,
  described,
  instant,
  object,
  plainText,
  ref,
  seq as count,
  uuid,
} from '../platform/shapes/json-schema.js';

const origin = 'entente.example.org/01960b3a-0000-7000-8000-000000000001';
const root = 'XBy7Jd0GDV37BeIK0cqUGMLvnYvFTdo4e0eUkF0H31k=';
const note = `${origin}\n12\n${root}\n\n— ${origin} mb5cdQ…\n`;
const example = {
  dialogueId: '01960b3a-0000-7000-8000-000000000001',
  origin,
  leaves: 12,
  keys: [`${origin}+99be5c75+AQ…`],
  checkpoint: { size: 12, root, at: '2026-03-02T10:00:00.000Z', note },
  witnesses: [
    {
      name: 'witness.example.org',
      key: 'witness.example.org+0a1b2c3d+BA…',
      newest: { size: 11, at: '2026-03-02T09:58:00.000Z', note: `${note}— witness.example.org Ch…\n` },
      behind: 1,
      why: 'no answer within 5 s',
    },
  ],
  news: [
    {
      eventId: '01960b3a-0000-7000-8000-00000000000a',
      recordedAt: '2026-03-01T10:00:00.000Z',
      says: 'The key of the log was changed: 99be5c75 and 0a1b2c3d sign from here on.',
    },
  ],
  alarms: [],
  checked: 'checked',
};

const aWitness = object(
  {
    name: described(plainText, 'The name of its key.'),
    key: described(plainText, 'Its verifier key (c2sp.org/signed-note), as it was set here.'),
    behind: described(count, 'How many leaves it has not countersigned.'),
  },
  {
    party: described(ref('Party'), 'Only where the party has registered the key as that of its own witness.'),
    newest: described(
      object({ size: count, at: instant, note: plainText }),
      'The newest checkpoint that it countersigned, as a signed note; `at` is the time that the witness says.',
    ),
    why: described(plainText, 'Why it does not countersign at the moment; known on the server that signs.'),
  },
);

/** How far a log is to be trusted, and by whose word. */
export const trustDescribed = ({ name: tag }: Slice): Described => ({
  entries: [
    {
      operationId: 'getLedgerTrust',
      tag,
      method: 'get',
      path: `/v1/${tag}/{id}/ledger/trust`,
      summary: 'Read how far a log is trusted, and by whom',
      does: 'How long the log is, what is signed of it, who has countersigned how much and when, and what is wrong with it as far as the server knows. A server vouches for nothing by itself: check the notes against keys that you were given another way.',
      parameters: [pathParameter('id', 'The id of the dialogue.', uuid)],
      answer: answer(200, 'How far it is trusted.', [
        { mediaType: 'application/json', schema: ref('LedgerTrust'), example: { worked: 'LedgerTrust' } },
      ]),
      problems: [...anyRequest, ...signedIn, 'NOT_FOUND', 'PROJECTION_LAGGING'],
    },
  ],
  schemas: {
    LedgerTrust: object(
      {
        dialogueId: uuid,
        origin: described(plainText, 'What the log is called in its checkpoints.'),
        leaves: described(count, 'How many there are, signed or not.'),
        keys: described(array(plainText), 'The verifier keys of the log; none where nothing is signed.'),
        witnesses: described(
          array(aWitness),
          'Who is asked to countersign; without any only the operator vouches.',
        ),
        news: described(
          array(object({ eventId: uuid, recordedAt: instant, says: plainText })),
          'What the log says of itself by its events: that its key was changed, that a guard file was lost, that it began anew.',
        ),
        alarms: described(array(plainText), 'What is wrong with this log, as far as the server knows.'),
        checked: described(plainText, 'How far the store was held against the logs since the start.'),
      },
      {
        unsigned: described(plainText, 'Why nothing is signed; only where that is so.'),
        checkpoint: described(
          object({ size: count, root: plainText, note: plainText }, { at: instant }),
          'The newest one, with all countersignatures that there are of it; absent before the first.',
        ),
      },
    ),
  },
  examples: () => ({ LedgerTrust: example }),
});
