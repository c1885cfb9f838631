import { wording } from '#libs/decider';
import type { Field, LangText } from '#libs/decider';
import { shownText } from '#libs/full-text';
import type { Stored } from './envelope.js';
import type { Bearer } from './finding.js';
import { wordsOf } from './fold.js';
import type { Aggregate, represent } from './fold.js';
import type { Slice } from './slice.js';
import { madeOnce } from '../shapes/made-once.js';

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
  if (field.kind === 'list') return isWording(field.of);
  return field.kind === 'line'
    ? field.pattern === undefined
    : ['text', 'texts', 'byParty'].includes(field.kind);
}

const wordingFieldsOf = madeOnce(({ schemas }: Slice): ReadonlySet<string> => {
  const contents = Object.values(schemas).flatMap(({ content }) => Object.entries(content));
  return new Set(contents.filter(([, field]) => isWording(field)).map(([name]) => name));
});

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Every wording that stands: corrected ones as they were corrected, and nothing that was erased or taken back. */
function wordingsOf({ slice, words }: Aggregate): readonly string[] {
  return [...words.values()].flatMap((content) => wordingsIn(slice, content));
}

function wordingsIn(slice: Slice, content: Stored['content']): readonly string[] {
  const fields = wordingFieldsOf(slice);
  return Object.entries(content).flatMap(([field, value]) => (fields.has(field) ? textsIn(value) : []));
}

function titleIn(value: unknown): string {
  return typeof value === 'string' ? value : wording((value ?? undefined) as LangText | undefined);
}

type Wording = Findable['wordings'][number];

function namesGivenBy(folded: Aggregate): readonly Wording[] {
  const { slice, state } = folded;
  return (slice.finding?.names?.(state, wordsOf(folded)) ?? []).flatMap(({ of, name }) =>
    typeof name === 'string' ? [{ words: shownText(name), nameOf: of }] : [],
  );
}

function designationsOf(folded: Aggregate): readonly string[] {
  const own = folded.slice.finding?.designations?.(folded.state, wordsOf(folded)) ?? [];
  return folded.externalRef === undefined ? own : [...own, folded.externalRef];
}

/** Names, and the other wordings that are not among them: what is a name is found as one. */
function wordingsWith(
  names: readonly Wording[],
  others: readonly string[],
  given = names,
): readonly Wording[] {
  const isName = new Set(names.map(({ words }) => words));
  const plain = others.map(shownText).filter((words) => !isName.has(words));
  return [...given, ...plain.map((words) => ({ words, nameOf: null }))];
}

function entryOf(folded: Aggregate, document: ReturnType<typeof represent>): Omit<Findable, 'wordings'> {
  const { slice, state, id } = folded;
  const { finding = {} } = slice;
  const title = titleIn(finding.title?.(state, wordsOf(folded)) ?? document['title'] ?? document['name']);
  const concerned = finding.concerns?.(state) ?? [];
  const persons = concerned.filter((one) => one.startsWith('person '));
  const elsewhere = finding.lendsPersonsTo?.(state) ?? [];
  return {
    title: title === '' ? null : title,
    concerns: [
      ...concerned.map((who) => ({ who, found: id })),
      ...elsewhere.flatMap((found) => persons.map((who) => ({ who, found }))),
    ],
  };
}

export function findableOf(folded: Aggregate, document: ReturnType<typeof represent>): Findable {
  const others = [...designationsOf(folded), ...wordingsOf(folded)];
  return { ...entryOf(folded, document), wordings: wordingsWith(namesGivenBy(folded), others) };
}

/** What the entry could be found by before one more event, which amends nothing. */
export interface Before {
  readonly names: readonly Wording[];
  readonly designations: readonly string[];
}

export function beforeOf(folded: Aggregate): Before {
  return { names: namesGivenBy(folded), designations: designationsOf(folded) };
}

/** Of the wordings only those that the event added: a long stream must not be gone through again for each event. */
export function addedBy(
  event: Stored,
  before: Before,
  folded: Aggregate,
  document: ReturnType<typeof represent>,
): Findable {
  const known = new Set(before.names.map((one) => JSON.stringify(one)));
  const names = namesGivenBy(folded);
  const given = names.filter((one) => !known.has(JSON.stringify(one)));
  const designations = designationsOf(folded).filter((one) => !before.designations.includes(one));
  const others = [...new Set([...designations, ...wordingsIn(folded.slice, event.content)])];
  return { ...entryOf(folded, document), wordings: wordingsWith(names, others, given) };
}
