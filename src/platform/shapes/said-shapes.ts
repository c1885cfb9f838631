import type { EventSchema } from '#libs/decider';
import { consequenceRefused } from '../../kernel/fields.js';
import { optionalOf, required, wordsOf } from './fields.js';
import {
  array,
  described,
  instant,
  object,
  oneOfWords,
  only,
  orNull,
  plainText,
  ref,
  uuid,
} from './json-schema.js';
import type { Properties, Published, Schema } from './json-schema.js';

const capacity = described(
  oneOfWords(['direct', 'attributed', 'derived']),
  '`direct`: the party recorded it itself. `attributed`: somebody else did, citing a source. `derived`: no act, but what follows from others.',
);

export const doubted = described(
  object({ eventId: uuid, recordedAt: instant, by: orNull(ref('Party')) }),
  'Only where whoever recorded it in the name of another has said since that it is in doubt; `by` is null for a secretariat. What follows from it stays as it is.',
);

const saidRequired: Properties = {
  eventId: uuid,
  party: described(orNull(ref('Party')), 'Whose act it is; null where it is no party’s.'),
  capacity,
  recordedAt: described(instant, 'When it entered the record.'),
  sources: array(ref('SourceRef')),
};
const saidOptional: Properties = {
  occurred: described(ref('Occurred'), 'When it happened, as claimed.'),
  wording: described(ref('Wording'), 'Whose words they are; absent where they are the party’s own.'),
  recorderParty: described(
    orNull(ref('Party')),
    'Only where somebody else recorded it: for which party; null for a secretariat, which records for neither side.',
  ),
  endorsedBy: described(uuid, 'The event by which the party endorsed what was recorded in its name.'),
  corrected: described(
    array(
      object(
        { eventId: uuid, recordedAt: instant, by: orNull(ref('Party')) },
        { occurredWas: ref('Occurred'), was: { type: 'object' }, wordingWas: ref('Wording') },
      ),
    ),
    'Each correction, with what the words or the date were before it, and whose words, where that is otherwise since.',
  ),
  erased: described(
    { const: true },
    'Only where its words were erased: what it said stands nowhere any more.',
  ),
  doubted,
  repudiated: described(
    object({ eventId: uuid, recordedAt: instant }),
    'Only where the party has said that this act under its name was not its own, and the review is open.',
  ),
};

/** Who said it, when and on which evidence, together with the words of the event. */
export function told(schema: EventSchema, own: Properties = {}, ownOptional: Properties = {}): Schema {
  return object({ ...saidRequired, ...own }, { ...saidOptional, ...wordsOf(schema), ...ownOptional });
}

/** Who said it, and what became of its words, where the words themselves stand elsewhere in the view. */
export function marked(own: Properties): Schema {
  return object({ ...saidRequired, ...own }, saidOptional);
}

/** The same with all the data of the event. */
export function toldWithData(
  schema: EventSchema,
  own: Properties = {},
  ownOptional: Properties = {},
): Schema {
  return told(schema, { ...required(schema.data), ...own }, { ...optionalOf(schema.data), ...ownOptional });
}

/** What an entry waits for; `named` are the ids by which each kind of word is told from another. */
export function awaitingOf(what: readonly string[], named: Properties): Schema {
  const since = described(plainText, 'When it was said, as claimed; else when it was recorded.');
  return described(
    array(object({ what: oneOfWords(what), from: ref('Party'), since }, named)),
    'What the next word must be, from whom, and since when it is owed.',
  );
}

/** A consequence that was refused, as the entry shows it. */
export const refusedConsequence = object({
  kind: only('consequence-refused'),
  ...required(consequenceRefused.data),
});

/** What every representation has beside its own. */
const everywhere: Properties = {
  id: uuid,
  revision: {
    type: 'integer',
    minimum: 0,
    description: 'The revision of its stream; in quotes it is the ETag.',
  },
  updatedAt: described(instant, 'When its last event was recorded.'),
};

const externalRef = described(
  plainText,
  'Only of what was brought in by an import: what it is called in the system from which it came.',
);

/** What a view gives, every member of it. */
export function represented<V extends (...state: never[]) => object>(members: Published<V>): Schema {
  return object({ ...everywhere, ...members }, { externalRef });
}

/** Who said it, when and on which evidence. */
export const saidComponent = object(saidRequired, saidOptional);
