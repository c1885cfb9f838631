import {
  anything,
  array,
  described,
  flag,
  instant,
  kept,
  momentMembers,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  seq,
  uuid,
} from '../platform/shapes/json-schema.js';
import { entryFlagShape, flagsShape, unheardMark } from './entry-flags.representation.js';
import { historyShapes, recorded } from './history.representation.js';
import { proofShape } from './proof.representation.js';
import type { Properties, Schema } from '../platform/shapes/json-schema.js';
import { schemaName } from '../platform/record/schema-names.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described } from '../platform/shapes/described.js';

const Envelope = object(
  {
    id: uuid,
    stream: plainText,
    revision: seq,
    type: plainText,
    schemaVersion: { type: 'integer', minimum: 1 },
    recordedAt: instant,
    act: object({
      party: orNull(ref('Party')),
      capacity: oneOfWords(['direct', 'attributed', 'derived']),
      recordedBy: described(plainText, 'The id of the principal; it names nobody.'),
      recorderParty: orNull(ref('Party')),
    }),
    sources: array(ref('SourceRef')),
    audience: oneOfWords(['both', 'public']),
    correlationId: described(plainText, 'The Trace-Id of the request that caused it.'),
    salt: orNull(plainText),
  },
  {
    occurred: ref('Occurred'),
    command: object({ keyHash: plainText, bodyHash: plainText }),
    externalRef: described(plainText, 'What it is called in the system from which it was brought in.'),
    causationId: uuid,
    wording: ref('Wording'),
    restsOn: described(array(uuid), 'The events that its rule needed: it drops out with any of them.'),
    ends: described(array(uuid), 'The events that it answered, ended or replaced.'),
    contentHash: described(
      ref('Sha256'),
      'Of an event with words: SHA-256 of the RFC 8785 bytes of `{salt, content}`. It outlives both.',
    ),
    signature: described(
      object({ act: plainText, seen: plainText, input: plainText, signature: plainText }),
      'Of an act that its party signed: the fields `Entente-Act` and `Entente-Seen`, the parameters of the signature, and the signature itself.',
    ),
  },
);

const patch = array(
  object(
    { op: oneOfWords(['add', 'remove', 'replace', 'move', 'copy', 'test']), path: plainText },
    { value: anything, from: plainText },
  ),
);

const schemas: Properties = {
  Kept: described(
    object({ by: oneOfWords(['both', 'one', 'secretariat']) }, { party: ref('Party') }),
    'Whose hand the record of the dialogue is in: both sides’, that of `party` alone, or a secretariat’s.',
  ),
  InADialogue: object({ kept }),
  RestsOn: described(
    object({
      size: described(seq, 'How many leaves it covers: the answer is as of the last of them.'),
      root: described(plainText, 'The root of the tree, in base64.'),
      at: described(instant, 'When it was signed, as whoever is asked about says.'),
      note: described(
        plainText,
        'What was signed, as a signed note, to be verified by keys that you were given.',
      ),
    }),
    'The checkpoint on which the answer rests: only where `grade` asked for what was signed by then.',
  ),
  AsOf: described(
    object({}, { kept, ...momentMembers, foldVersion: seq }),
    'Which moment the answer is of: only where the request named one.',
  ),
  Moment: described(
    object({ kept, asOfSeq: seq, ...momentMembers, foldVersion: seq }),
    'Which moment the answer is of, and which version of the fold gave it.',
  ),
  Envelope,
  RecordedEvent: object(
    {
      envelope: ref('Envelope'),
      data: described({ type: 'object', additionalProperties: true }, 'What the rules read; never changed.'),
      content: described(
        orNull({ type: 'object', additionalProperties: true }),
        'What people read; null once erased.',
      ),
    },
    {
      unreadable: described(
        object({ because: plainText, stored: object({ data: anything, content: anything, meta: anything }) }),
        'Only of an event that no schema can read: why, and what is stored. Of the rest only id, stream, revision, type and recordedAt say something.',
      ),
    },
  ),
  DryRun: described(
    object(
      {
        records: described(flag, 'Whether something would be recorded: a repeat comes to nothing.'),
        events: described(
          array(ref('RecordedEvent')),
          'What would be recorded. The ids and times of events are given as they are recorded, and will be others.',
        ),
      },
      {
        act: described(
          { type: 'object', additionalProperties: true },
          'What a party signs of it. Absent where nothing would be recorded, the dialogue is only being opened, or the request has no Idempotency-Key, from which the ids in it are made.',
        ),
        canonical: described(
          plainText,
          'The same in the bytes that are hashed for `Entente-Act` (RFC 8785): what is looked at is what is signed.',
        ),
        content: described(
          { type: 'object', additionalProperties: true },
          'The words as they are hashed: `contentHash` in `act` is the SHA-256 of the RFC 8785 bytes of `{content, salt}`, and empty where there are no words.',
        ),
        salt: described(
          plainText,
          'The salt of its words, for `Entente-Salt`: the one that was sent, or a new one.',
        ),
      },
    ),
    'Only where `dryRun` asked what the act would come to: then nothing is recorded, and the rest of the answer is what it would be.',
  ),
  Proof: proofShape,
  EntryFlag: entryFlagShape,
};

/** The representation of one moment beside what has brought it about. */
function frameOf(slices: readonly Slice[]): Schema {
  const represented = slices.map((slice) => ref(schemaName(slice)));
  const members = {
    ...recorded,
    kept: described(kept, 'How the dialogue was kept by then.'),
    event: ref('RecordedEvent'),
    state: described(
      { anyOf: [...represented, { type: 'null' }] },
      'The representation at this seq; null where nothing had happened yet.',
    ),
    patch: described(patch, 'RFC 6902, from the frame before; the first starts from {}.'),
  };
  return object(members, { flags: flagsShape, ...unheardMark });
}

/** What auditors are answered with, and which moment an answer is of. */
export const auditDescribed = (slices: readonly Slice[]): Described => ({
  schemas: { ...schemas, ...historyShapes, Frame: frameOf(slices) },
});
