import { wording } from '#libs/decider';
import type { Field, LangText, WordsOf } from '#libs/decider';
import { shownText } from '#libs/full-text';
import type { Bearer } from './finding.js';
import type { Folded, represent } from './fold.js';
import type { Slice } from './slice.js';

/** One entry as the index holds it. */
export interface Findable {
  readonly title: string | null;
  /** Each with whose name it is, if it is one. */
  readonly wordings: readonly { readonly words: string; readonly nameOf: Bearer | null }[];
  /** Who is concerned by which entry. */
  readonly concerns: readonly { readonly who: Bearer; readonly found: string }[];
}

/** Kept beside words for their sake, and no word of anybody: these fields take a form, as a language tag does. */
function isWording(field: Field): boolean {
  return field.kind === 'line'
    ? field.pattern === undefined
    : ['text', 'texts', 'byParty'].includes(field.kind);
}

const wordingFields = new WeakMap<Slice, ReadonlySet<string>>();

function wordingFieldsOf(slice: Slice): ReadonlySet<string> {
  const known = wordingFields.get(slice);
  if (known !== undefined) return known;
  const contents = Object.values(slice.schemas).flatMap(({ content }) => Object.entries(content));
  const found = new Set(contents.filter(([, field]) => isWording(field)).map(([name]) => name));
  wordingFields.set(slice, found);
  return found;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Every wording that stands: corrected ones as they were corrected, and nothing that was erased or taken back. */
function wordingsOf({ slice, words }: Folded): readonly string[] {
  const fields = wordingFieldsOf(slice);
  return [...words.values()].flatMap((content) =>
    Object.entries(content).flatMap(([field, value]) => (fields.has(field) ? textsIn(value) : [])),
  );
}

function titleIn(value: unknown): string {
  return typeof value === 'string' ? value : wording((value ?? undefined) as LangText | undefined);
}

export function findableOf(folded: Folded, document: ReturnType<typeof represent>): Findable {
  const { slice, state, id } = folded;
  const { finding = {} } = slice;
  const wordsOf: WordsOf = (eventId) => folded.words.get(eventId) ?? {};
  const title = titleIn(finding.title?.(state, wordsOf) ?? document['title'] ?? document['name']);
  const names = (finding.names?.(state, wordsOf) ?? []).flatMap(({ of, name }) =>
    typeof name === 'string' ? [{ words: shownText(name), nameOf: of }] : [],
  );
  const isName = new Set(names.map(({ words }) => words));
  const others = [...(finding.designations?.(state) ?? []), ...wordingsOf(folded)]
    .map(shownText)
    .filter((words) => !isName.has(words));
  const concerned = finding.concerns?.(state) ?? [];
  const persons = concerned.filter((one) => one.startsWith('person '));
  const elsewhere = finding.lendsPersonsTo?.(state) ?? [];
  return {
    title: title === '' ? null : title,
    wordings: [...names, ...others.map((words) => ({ words, nameOf: null }))],
    concerns: [
      ...concerned.map((who) => ({ who, found: id })),
      ...elsewhere.flatMap((found) => persons.map((who) => ({ who, found }))),
    ],
  };
}
