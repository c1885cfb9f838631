import type { Json } from './canonical.js';

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Controls, overrides of direction and other characters by which a text shows something else than it holds. */
const unfit =
  /[[\p{Cc}--[\t\n]]\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}\p{Noncharacter_Code_Point}\p{Cs}]/gv;

function codeOf(character: string): string {
  return `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`;
}

/** A sentence of a verdict may hold what somebody wrote into the files that were checked: it writes no line of its own. */
export function onOneLine(text: string): string {
  return text.replace(unfit, codeOf).replace(/[\n\t\u2028\u2029]/g, codeOf);
}

/** This library stands alone, so it escapes for itself: everything that anybody wrote goes through here. */
export function safe(text: string): string {
  return text.replace(unfit, codeOf).replace(/[&<>"']/g, (one) => entities[one] ?? one);
}

export const none = '<span class="none">none</span>';

/** `raisedBasis` is a name of programs; people read “raised basis”. */
export function spaced(name: string): string {
  return name
    .replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
    .replace(/ \p{Lu}(?=\p{Ll})/gu, (one) => one.toLowerCase());
}

const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^[0-9a-f]{32,}$/;

function scalar(value: Exclude<Json, object> | null): string {
  const text = safe(String(value));
  return id.test(text) ? `<code>${text}</code>` : `<bdi>${text}</bdi>`;
}

type Members = readonly (readonly [string, Json])[];
const isPlain = (value: Json): value is Exclude<Json, object> => value === null || typeof value !== 'object';

/** Of texts with a comma in them nobody could tell on paper how many there are. */
function listed(members: readonly Json[], ofOne: (value: Json) => string): string {
  return members.every((one) => isPlain(one) && !String(one).includes(','))
    ? members.map(ofOne).join(', ')
    : `<ol>${members.map((one) => `<li>${ofOne(one)}</li>`).join('')}</ol>`;
}

const named = (members: Members, ofOne: (value: Json) => string): string =>
  `<dl>${members.map(([name, one]) => `<dt>${safe(spaced(name))}</dt><dd>${ofOne(one)}</dd>`).join('')}</dl>`;

/** What a program holds, as a person reads it: each member under its name. */
export function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return none;
  if (isPlain(value)) return scalar(value);
  const members = Object.entries(value) as Members;
  if (members.length === 0) return none;
  return Array.isArray(value) ? listed(value as readonly Json[], shown) : named(members, shown);
}

const language = /^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/;

/** The same of words, which are said in a language: `{ en: "…" }`. */
export function spoken(value: Json | undefined): string {
  if (value === undefined || isPlain(value)) return shown(value);
  const members = Object.entries(value) as Members;
  if (members.length === 0) return none;
  if (Array.isArray(value)) return listed(value as readonly Json[], spoken);
  const texts = members.filter((one): one is readonly [string, string] => typeof one[1] === 'string');
  const isText = texts.length === members.length && texts.every(([tag]) => language.test(tag));
  if (!isText) return named(members, spoken);
  return texts
    .map(([tag, text]) => `<p lang="${tag}" dir="auto">${safe(text)} <small>(${tag})</small></p>`)
    .join('');
}
