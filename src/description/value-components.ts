import { wordingKinds } from '#libs/decider';
import { languageTag } from '../platform/shapes/text-checks.js';
import {
  array,
  described,
  object,
  oneOfWords,
  plainText,
  ref,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';
import { saidComponent } from '../platform/shapes/said-shapes.js';

/** The values that representations share, by the name of their schema. */
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
  Said: saidComponent,
};
