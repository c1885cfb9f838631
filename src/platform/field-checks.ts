import { ValidateBy } from 'class-validator';
import type { ValidationArguments, ValidationOptions } from 'class-validator';
import type { Occurred } from '#libs/decider';
import { firstUnfit, isBlank, lengthOf } from '#libs/characters';
import { parseOccurred } from '#libs/edtf';
import { isObject } from './sent.js';

/** How long one text may be, in Unicode code points; the body as a whole is limited too. */
const textMax = 20_000;
const languagesMax = 10;
const languageTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

type Fault = string | undefined;

/** One decorator from one function that says what is wrong, or nothing. */
function checked(
  name: string,
  faultOf: (value: unknown) => Fault,
  options?: ValidationOptions,
): PropertyDecorator {
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value: unknown) => faultOf(value) === undefined,
        defaultMessage: (args?: ValidationArguments) =>
          `${args?.property} ${firstFault(args?.value, faultOf, options)}`,
      },
    },
    options,
  );
}

function firstFault(value: unknown, faultOf: (value: unknown) => Fault, options?: ValidationOptions): string {
  const values = options?.each === true && Array.isArray(value) ? value : [value];
  return values.map(faultOf).find((one) => one !== undefined) ?? 'is not valid';
}

function edtfFault(value: unknown, zone?: string): Fault {
  if (typeof value !== 'string') return 'must be a date in EDTF, as text';
  const check = parseOccurred(value, zone);
  return check.ok ? undefined : `is no date that can be recorded. ${check.reason}`;
}

export function IsEdtf(options?: ValidationOptions): PropertyDecorator {
  return checked('isEdtf', (value) => edtfFault(value), options);
}

/** A date alone, or `{edtf, zone}`. */
export function IsOccurred(options?: ValidationOptions): PropertyDecorator {
  return checked('isOccurred', occurredFault, options);
}

function occurredFault(value: unknown): Fault {
  if (typeof value === 'string') return edtfFault(value);
  if (!isObject(value)) return 'must be a date such as "2025-04-10", or {"edtf", "zone"}';
  const unknown = Object.keys(value).find((one) => one !== 'edtf' && one !== 'zone');
  if (unknown !== undefined) return `has a field ${unknown.slice(0, 40)}; it takes "edtf" and "zone"`;
  const { edtf, zone } = value;
  if (zone !== undefined && typeof zone !== 'string')
    return 'has a zone that is not text; write a name such as Europe/Istanbul';
  return edtfFault(edtf, zone);
}

export function toOccurred(value: unknown): Occurred | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? { edtf: value } : (value as Occurred);
}

/** `{lang: text}`, at least one language, no text empty. */
export function IsText(options?: ValidationOptions): PropertyDecorator {
  return checked('isText', textFault, options);
}

function textFault(value: unknown): Fault {
  if (!isObject(value)) return 'must give texts by language, as in {"en": "…"}';
  const tags = Object.keys(value);
  if (tags.length === 0 || tags.length > languagesMax) return `must give 1 to ${languagesMax} languages`;
  for (const tag of tags) {
    const fault = languageFault(tag) ?? wordsFault(value[tag], tag);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** A BCP 47 tag as RFC 5646 §4.5 writes it. */
export function IsLanguage(options?: ValidationOptions): PropertyDecorator {
  const faultOf = (value: unknown) => {
    if (typeof value !== 'string') return 'must be a language tag such as en';
    const canonical = canonicalTag(value);
    if (canonical === value) return undefined;
    return canonical === undefined
      ? 'must be a BCP 47 language tag such as en'
      : `must be written in its canonical form, ${canonical}`;
  };
  return checked('isLanguage', faultOf, options);
}

/** One language has one name (RFC 5646 §4.5), or two texts of one language could stand beside each other. */
function languageFault(tag: string): Fault {
  const canonical = canonicalTag(tag);
  if (canonical === undefined) return `has a key ${tag.slice(0, 40)} that is not a BCP 47 language tag`;
  return canonical === tag ? undefined : `has a key ${tag}; that language is written ${canonical}`;
}

function canonicalTag(tag: string): string | undefined {
  if (!languageTag.test(tag) || tag.length > 35) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

function wordsFault(text: unknown, tag: string): Fault {
  if (typeof text !== 'string') return `must give words for ${tag}`;
  return unfitFault(text, ` in ${tag}`) ?? lengthFault(text, textMax, ` for ${tag}`);
}

/** What would be shown as something else than it is. */
function unfitFault(text: string, where = ''): Fault {
  const found = firstUnfit(text);
  return found === undefined
    ? undefined
    : `has the character ${found.name} at place ${found.place}${where}; leave it out`;
}

/** What is counted are code points, but a text that is short in any count need not be gone through. */
function lengthFault(text: string, max: number, where = ''): Fault {
  if (isBlank(text)) return `must give words that can be seen${where}`;
  if (text.length <= max) return undefined;
  const length = lengthOf(text);
  return length <= max
    ? undefined
    : `must give at most ${max} characters (Unicode code points)${where}, not ${length}`;
}

export function IsTextByParty(party: RegExp, options?: ValidationOptions): PropertyDecorator {
  return checked(
    'isTextByParty',
    (value) => {
      if (!isObject(value)) return 'must give texts by party, as in {"RU": {"en": "…"}}';
      if (Object.keys(value).length > 2) return 'names more parties than a dialogue has';
      for (const [key, text] of Object.entries(value)) {
        if (!party.test(key)) return `has a key ${key.slice(0, 40)} that is not a party code`;
        const fault = textFault(text);
        if (fault !== undefined) return `for ${key} ${fault}`;
      }
      return undefined;
    },
    options,
  );
}

/** `{key: {lang: text}}`, with keys of a given form. */
export function IsTexts(
  { max, pattern, says }: { readonly max: number; readonly pattern: string; readonly says: string },
  options?: ValidationOptions,
): PropertyDecorator {
  const key = new RegExp(pattern);
  return checked(
    'isTexts',
    (value) => {
      if (!isObject(value)) return `must give texts by ${says}`;
      const entries = Object.entries(value);
      if (entries.length === 0 || entries.length > max) return `must give 1 to ${max} texts`;
      for (const [name, text] of entries) {
        if (!key.test(name)) return `has a key ${name.slice(0, 60)} that is not ${says}`;
        const fault = textFault(text);
        if (fault !== undefined) return `for ${name} ${fault}`;
      }
      return undefined;
    },
    options,
  );
}

/** The words of an event as a whole; which fields they may have is checked against the event that is corrected. */
export function IsWords(options?: ValidationOptions): PropertyDecorator {
  return checked('isWords', (value) => (isObject(value) ? undefined : 'must be an object of texts'), options);
}

function controlFault(text: string): Fault {
  return /\p{Cc}/u.test(text) ? 'must not have control characters' : undefined;
}

/** Where a line would end. */
const lineBreak = /[\t\n\u2028\u2029]/;

/** Text that people read on one line: of visible characters that show what they are, and without line breaks. */
export function IsLine(
  { max, isQuery }: { readonly max: number; readonly isQuery?: true },
  options?: ValidationOptions,
): PropertyDecorator {
  return checked(
    'isLine',
    (value) => {
      if (typeof value !== 'string') return 'must be text';
      if (lineBreak.test(value)) return 'must be one line, without tabs and line breaks';
      return (isQuery === true ? controlFault(value) : unfitFault(value)) ?? lengthFault(value, max);
    },
    options,
  );
}
