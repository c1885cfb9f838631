import { firstUnfit, isBlank, lengthOf } from '#libs/characters';
import { isObject } from './sent.js';

/** How long one text may be, in Unicode code points; the body as a whole is limited too. */
const textMax = 20_000;
const languagesMax = 10;
/** As BCP 47 writes one, as far as the description says it. */
export const languageTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** What is wrong with a value, or nothing. */
export type Fault = string | undefined;

/** `{lang: text}`, at least one language, no text empty. */
export function textFault(value: unknown): Fault {
  if (!isObject(value)) return 'must give texts by language, as in {"en": "…"}';
  const tags = Object.keys(value);
  if (tags.length === 0 || tags.length > languagesMax) return `must give 1 to ${languagesMax} languages`;
  for (const tag of tags) {
    const fault = faultIn(value, tag);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultIn(text: Record<string, unknown>, tag: string): Fault {
  return languageFault(tag) ?? wordsFault(text[tag], tag);
}

/** The language of which `textFault` speaks; none where the fault is in the text as a whole. */
export function faultyLanguage(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const tags = Object.keys(value);
  return tags.length > languagesMax ? undefined : tags.find((tag) => faultIn(value, tag) !== undefined);
}

/** One language has one name (RFC 5646 §4.5), or two texts of one language could stand beside each other. */
function languageFault(tag: string): Fault {
  const canonical = canonicalTag(tag);
  if (canonical === undefined) return `has a key ${tag.slice(0, 40)} that is not a BCP 47 language tag`;
  return canonical === tag ? undefined : `has a key ${tag}; that language is written ${canonical}`;
}

export function canonicalTag(tag: string): string | undefined {
  if (!languageTag.test(tag) || tag.length > 35) return undefined;
  if (canonicalTags.has(tag)) return canonicalTags.get(tag);
  const canonical = canonicalLocale(tag);
  if (canonicalTags.size >= tagsKept) canonicalTags.clear();
  canonicalTags.set(tag, canonical);
  return canonical;
}

/** The same few languages are asked for in each text, and to look one up costs more than all else about it. */
const canonicalTags = new Map<string, string | undefined>();
const tagsKept = 1_000;

function canonicalLocale(tag: string): string | undefined {
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

function controlFault(text: string): Fault {
  return /\p{Cc}/u.test(text) ? 'must not have control characters' : undefined;
}

/** Where a line would end. */
const lineBreak = /[\t\n\u2028\u2029]/;

/** What a line of text takes. A pattern says all there is to say, its length too, and is said in words. */
export interface LineForm {
  readonly max: number;
  readonly pattern?: string;
  readonly says?: string;
  readonly isQuery?: true;
}

/** As many as shapes declare. */
const compiled = new Map<string, RegExp>();

function matches(pattern: string, text: string): boolean {
  const known = compiled.get(pattern) ?? new RegExp(pattern);
  compiled.set(pattern, known);
  return known.test(text);
}

export function lineFault(value: unknown, { max, pattern, says, isQuery }: LineForm): Fault {
  if (typeof value !== 'string') return Array.isArray(value) ? 'is given more than once' : 'must be text';
  if (pattern !== undefined && !matches(pattern, value)) return `must be ${says ?? 'of another form'}`;
  if (value === '') return 'must not be empty';
  if (lineBreak.test(value)) return 'must be one line, without tabs and line breaks';
  return (isQuery === true ? controlFault(value) : unfitFault(value)) ?? lengthFault(value, max);
}

/** What no canonical JSON has, wherever it stands: `1e999` is read as infinity, and half a character is none. */
export function unsayableFault(value: unknown): Fault {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'has a number that is too large';
  if (typeof value === 'string' && !value.isWellFormed())
    return 'has a lone surrogate; send well-formed Unicode';
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, one] of Object.entries(value)) {
    const fault = unsayableFault(name) ?? unsayableFault(one);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
