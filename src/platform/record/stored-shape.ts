import type { Field, Shape } from '#libs/decider';
import { parseOccurred } from '#libs/edtf';
import { partyPattern } from '../shapes/body-class.js';
import { isObject } from '../shapes/sent.js';
import { languageTag } from '../shapes/text-checks.js';

/** What is wrong with a stored value, or nothing. */
type Fault = string | undefined;
export type Check = (value: unknown) => Fault;

/** Ids become keys of plain objects; none of these is a name that every object has. */
const idPattern = /^[0-9A-Za-z-]{1,64}$/;

const hashPattern = /^[0-9a-f]{64}$/;

const isText = (value: unknown): value is string => typeof value === 'string';

function unless(holds: (value: unknown) => boolean, fault: string): Check {
  return (value) => (holds(value) ? undefined : fault);
}

function matching(pattern: RegExp, fault: string): Check {
  return unless((value) => isText(value) && pattern.test(value), fault);
}

function isOccurred(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { edtf, zone, ...more } = value;
  if (!isText(edtf) || Object.keys(more).length > 0) return false;
  if (zone !== undefined && !isText(zone)) return false;
  return parseOccurred(edtf, zone).ok;
}

function isLangText(value: unknown): boolean {
  return isObject(value) && Object.entries(value).every(([tag, one]) => languageTag.test(tag) && isText(one));
}

/** Every key of the pattern, every value as the check wants it. */
function entriesOf(key: RegExp, check: Check): Check {
  return (value) => {
    if (!isObject(value)) return 'is no object';
    const odd = Object.keys(value).find((one) => !key.test(one));
    if (odd !== undefined) return 'has a key of another form';
    return Object.values(value)
      .map(check)
      .find((one) => one !== undefined);
  };
}

function listOf(min: number, check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'is no list';
    if (value.length < min) return `has fewer than ${min} elements`;
    return value.map(check).find((one) => one !== undefined);
  };
}

const langText = unless(isLangText, 'is no text by language');

function checkOf(field: Field): Check {
  switch (field.kind) {
    case 'id':
      return matching(idPattern, 'is no id');
    case 'party':
      return matching(partyPattern, 'is no party code');
    case 'hash':
      return matching(hashPattern, 'is no hash');
    case 'line':
      return matching(new RegExp(field.pattern ?? ''), `is not ${field.says ?? 'written as it has to be'}`);
    case 'language':
      return matching(languageTag, 'is no language');
    case 'text':
      return langText;
    case 'texts':
      return entriesOf(new RegExp(field.pattern), langText);
    case 'byParty':
      return entriesOf(partyPattern, checkOf(field.of));
    case 'words':
      return unless(isObject, 'is no object');
    case 'occurred':
      return unless(isOccurred, 'is no time that can be read');
    case 'date':
      return unless((value) => isText(value) && parseOccurred(value).ok, 'is no date');
    case 'choice':
      return unless((value) => field.of.includes(value as string), 'is none of the words to choose from');
    case 'integer':
      return unless(Number.isSafeInteger, 'is no whole number');
    case 'flag':
      return unless((value) => typeof value === 'boolean', 'is neither true nor false');
    case 'list':
      return listOf(field.min, checkOf(field.of));
    case 'shape':
      return shapeCheck(field.of, { mayLack: false });
  }
}

/** Words can be erased, so any of them may be lacking; of what the rules read, nothing may. */
export function shapeCheck(shape: Shape, { mayLack }: { readonly mayLack: boolean }): Check {
  const checks = new Map(Object.entries(shape).map(([name, field]) => [name, checkOf(field)]));
  const required = mayLack
    ? []
    : Object.entries(shape).flatMap(([name, field]) => (field.optional === true ? [] : [name]));
  return (value) => {
    if (!isObject(value)) return 'is no object';
    const lacking = required.find((name) => !Object.hasOwn(value, name));
    if (lacking !== undefined) return `lacks ${lacking}`;
    for (const [name, one] of Object.entries(value)) {
      const check = checks.get(name);
      if (check === undefined) return `has a field ${name.slice(0, 60)} that no schema knows`;
      const fault = check(one);
      if (fault !== undefined) return `${name} ${fault}`;
    }
    return undefined;
  };
}
