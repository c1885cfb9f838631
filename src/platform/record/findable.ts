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

/** What the entry is called. */
export function titleOf(folded: Aggregate, document: ReturnType<typeof represent>): string | null {
  const { finding = {} } = folded.slice;
  const given = finding.title?.(folded.state, wordsOf(folded)) ?? document['title'] ?? document['name'];
  const title = titleIn(given);
  return title === '' ? null : title;
}

function concernsOf({ slice: { finding = {} }, state, id }: Aggregate): Findable['concerns'] {
  const concerned = finding.concerns?.(state) ?? [];
  const persons = concerned.filter((one) => one.startsWith('person '));
  const elsewhere = finding.lendsPersonsTo?.(state) ?? [];
  return [
    ...concerned.map((who) => ({ who, found: id })),
    ...elsewhere.flatMap((found) => persons.map((who) => ({ who, found }))),
  ];
}

export function findableOf(folded: Aggregate): Findable {
  const others = [...designationsOf(folded), ...wordingsOf(folded)];
  return {
    wordings: wordingsWith(namesGivenBy(folded), others),
    concerns: concernsOf(folded),
  };
}

/** What a fold can be found by besides the words of its events. Made once: it is compared with what stood before and after. */
const besideWords = madeOnce((folded: Aggregate) => ({
  names: namesGivenBy(folded),
  designations: designationsOf(folded),
  concerns: concernsOf(folded),
}));

/** Of the fold before an event: to be called before the event is folded, for the words are one map for all of a chain. */
export function beforeOf(folded: Aggregate): ReturnType<typeof besideWords> {
  return besideWords(folded);
}

/**
 * Of the wordings only those that the event, which amends nothing, added: a long stream must not be gone through again for
 * each event. Whom it concerns only where that is otherwise than before.
 */
export function addedBy(
  event: Stored,
  before: ReturnType<typeof besideWords>,
  folded: Aggregate,
): Pick<Findable, 'wordings'> & { readonly concerns: Findable['concerns'] | undefined } {
  const { names, designations, concerns } = besideWords(folded);
  const known = new Set(before.names.map((one) => JSON.stringify(one)));
  const given = names.filter((one) => !known.has(JSON.stringify(one)));
  const added = designations.filter((one) => !before.designations.includes(one));
  const others = [...new Set([...added, ...wordingsIn(folded.slice, event.content)])];
  const isSame = JSON.stringify(concerns) === JSON.stringify(before.concerns);
  return { wordings: wordingsWith(names, others, given), concerns: isSame ? undefined : concerns };
}
