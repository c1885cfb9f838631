import { wordingKinds } from '#libs/decider';
import type { EventSchema } from '#libs/decider';
import { languageTag } from '../platform/shapes/text-checks.js';
import { optionalOf, required, wordsOf } from './fields.js';
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
} from './json-schema.js';
import type { Properties, Schema } from './json-schema.js';

const capacity = described(
  oneOfWords(['direct', 'attributed', 'derived']),
  '`direct`: the party recorded it itself. `attributed`: somebody else did, citing a source. `derived`: no act, but what follows from others.',
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
        { occurredWas: ref('Occurred'), was: { type: 'object' } },
      ),
    ),
    'Each correction, with what the words or the date were before it.',
  ),
  repudiated: described(
    object({ eventId: uuid, recordedAt: instant }),
    'Only where the party has said that this act under its name was not its own, and the review is open.',
  ),
};

/** Who said it, when and on which evidence, together with the words of the event. */
export function told(schema: EventSchema, own: Properties = {}, ownOptional: Properties = {}): Schema {
  return object({ ...saidRequired, ...own }, { ...saidOptional, ...wordsOf(schema), ...ownOptional });
}

/** The same with all the data of the event. */
export function toldWithData(schema: EventSchema, own: Properties = {}): Schema {
  return told(schema, { ...required(schema.data), ...own }, optionalOf(schema.data));
}

/** What every representation has beside its own. */
export const everywhere: Properties = {
  id: uuid,
  revision: {
    type: 'integer',
    minimum: 0,
    description: 'The revision of its stream; in quotes it is the ETag.',
  },
  updatedAt: described(instant, 'When its last event was recorded.'),
};

export const valueComponents: Properties = {
  Party: {
    type: 'string',
    pattern: '^[A-Z][A-Z0-9-]{1,7}$',
    description: "A party's code: ISO 3166-1 alpha-2, or an agreed code of up to eight characters.",
    examples: ['RU', 'US'],
  },
  Language: {
    type: 'string',
    maxLength: 35,
    pattern: languageTag.source,
    description: 'A BCP 47 language tag in its canonical form.',
    examples: ['en', 'sr-Latn'],
  },
  LangText: {
    type: 'object',
    description:
      'Wording in one or more languages: BCP 47 tag in its canonical form → text. A text has something visible in it, at most 20,000 characters (Unicode code points), and none that show something else than they are: no controls other than line feed and tab, no bidirectional overrides and isolates, no byte order marks, tags, noncharacters and lone surrogates.',
    minProperties: 1,
    maxProperties: 10,
    propertyNames: { pattern: languageTag.source },
    additionalProperties: { type: 'string', minLength: 1, maxLength: 20_000 },
    examples: [{ en: 'Six diplomatic properties', ru: 'Шесть объектов дипломатической собственности' }],
  },
  Sha256: {
    type: 'string',
    pattern: '^[0-9a-f]{64}$',
    description: 'A SHA-256 in lower-case hexadecimal.',
  },
  EdtfDate: {
    type: 'string',
    minLength: 1,
    description: 'An EDTF level 1 date, or an instant with its zone. Checked against the calendar.',
    examples: ['2025-04-10', '2025-04', '../2025-04-10', '2025-04-10T09:30:00+03:00'],
  },
  Occurred: object({ edtf: ref('EdtfDate') }, { zone: described(plainText, 'An IANA zone.') }),
  OccurredGiven: {
    description: 'When it happened, as claimed: a date alone, or with its zone.',
    anyOf: [ref('EdtfDate'), ref('Occurred')],
  },
  Wording: array(
    object(
      { as: oneOfWords(wordingKinds) },
      { field: plainText, language: ref('Language'), translationFrom: ref('Language'), by: plainText },
    ),
  ),
  SourceRef: object({ sourceId: uuid }, { locator: described(plainText, 'Where in the source.') }),
  Said: object(saidRequired, saidOptional),
};
