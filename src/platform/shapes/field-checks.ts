import { ValidateBy } from 'class-validator';
import type { ValidationArguments, ValidationOptions } from 'class-validator';
import type { Occurred } from '#libs/decider';
import { parseOccurred } from '#libs/edtf';
import { isObject } from './sent.js';
import { canonicalTag, lineFault, textFault, unsayableFault } from './text-checks.js';
import type { Fault, LineForm } from './text-checks.js';

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
  return checked(
    'isWords',
    (value) => (isObject(value) ? unsayableFault(value) : 'must be an object of texts'),
    options,
  );
}

/** Text that people read on one line: of visible characters that show what they are, and without line breaks. */
export function IsLine(form: LineForm, options?: ValidationOptions): PropertyDecorator {
  return checked('isLine', (value) => lineFault(value, form), options);
}
