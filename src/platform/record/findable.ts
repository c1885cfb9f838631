import { wording } from '#libs/decider';
import type { Field, LangText } from '#libs/decider';
import { shownText } from '#libs/full-text';
import type { Stored } from './envelope.js';
import type { Bearer, Given } from './finding.js';
import { wordsOf } from './fold.js';
import type { Aggregate, represent } from './fold.js';
import type { Slice } from './slice.js';
import { madeOnce } from '../shapes/made-once.js';

/** What an entry is found by. */
export interface Wording {
  readonly words: string;
  /** Whose name it is, if it is one. */
  readonly nameOf: Bearer | null;
  /** The event whose word it is, with which it is erased; null where it is nobody's word, as a key is. */
  readonly saidIn: string | null;
}

/** One entry as the index holds it. */
export interface Findable {
  readonly wordings: readonly Wording[];
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
function wordingsOf({ slice, words }: Aggregate): readonly Wording[] {
  return [...words].flatMap(([eventId, content]) => wordingsIn(slice, eventId, content));
}

function wordingsIn(slice: Slice, saidIn: string, content: Stored['content']): readonly Wording[] {
  const fields = wordingFieldsOf(slice);
  return Object.entries(content)
    .flatMap(([field, value]) => (fields.has(field) ? textsIn(value) : []))
    .map((words) => ({ words: shownText(words), nameOf: null, saidIn }));
}

function titleIn(value: unknown): string {
  return typeof value === 'string' ? value : wording((value ?? undefined) as LangText | undefined);
}

function given(nameOf: Bearer | null, { name, eventId }: Given): readonly Wording[] {
  return typeof name === 'string' ? [{ words: shownText(name), nameOf, saidIn: eventId }] : [];
}

function namesGivenBy({ slice, state, words }: Aggregate): readonly Wording[] {
  const names = slice.finding?.names?.(state, wordsOf({ words })) ?? [];
  return names.flatMap((one) => given(one.of, one));
}

function designationsOf(folded: Aggregate): readonly Wording[] {
  const own = folded.slice.finding?.designations?.(folded.state, wordsOf(folded)) ?? [];
  const all = folded.externalRef === undefined ? own : [...own, folded.externalRef];
  return all.flatMap((one): readonly Wording[] =>
    typeof one === 'string' ? [{ words: shownText(one), nameOf: null, saidIn: null }] : given(null, one),
  );
}

/** Two wordings of one key are one; those of two events are two, for one of these may be erased. */
export function keyOf({ words, nameOf, saidIn }: Wording): string {
  return JSON.stringify([nameOf, words, saidIn]);
}

/** Names, and the other wordings that are not among them: what is a name in an event is found as one. */
function wordingsWith(
  names: readonly Wording[],
  others: readonly Wording[],
  given = names,
): readonly Wording[] {
  const isName = new Set(names.map((one) => keyOf({ ...one, nameOf: null })));
  const all = [...given, ...others.filter((one) => !isName.has(keyOf(one)))];
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
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

function byKey(wordings: readonly Wording[]): ReadonlyMap<string, Wording> {
  return new Map(wordings.map((one) => [keyOf(one), one]));
}

/** What a fold can be found by besides the words of its events. Made once: it is compared with what stood before and after. */
const besideWords = madeOnce((folded: Aggregate) => ({
  names: byKey(namesGivenBy(folded)),
  designations: byKey(designationsOf(folded)),
  concerns: concernsOf(folded),
}));

/** Of the fold before an event: to be called before the event is folded, for the words are one map for all of a chain. */
export function beforeOf(folded: Aggregate): ReturnType<typeof besideWords> {
  return besideWords(folded);
}

/** What an event that amends nothing adds to what the entry is found by; `concerns` only where those are others than before. */
export interface Added extends Pick<Findable, 'wordings'> {
  readonly concerns: Findable['concerns'] | undefined;
}

/**
 * Of the wordings only those that the event, which amends nothing, added: a long stream must not be gone through again for
 * each event. Undefined where a name or a designation ended all the same: then all has to be looked at.
 */
export function addedBy(
  event: Stored,
  before: ReturnType<typeof besideWords>,
  folded: Aggregate,
): Added | undefined {
  const { names, designations, concerns } = besideWords(folded);
  if ([...before.names.keys()].some((one) => !names.has(one))) return undefined;
  if ([...before.designations.keys()].some((one) => !designations.has(one))) return undefined;
  const added = (all: ReadonlyMap<string, Wording>, known: ReadonlyMap<string, Wording>) =>
    [...all].flatMap(([key, one]) => (known.has(key) ? [] : [one]));
  const others = [
    ...added(designations, before.designations),
    ...wordingsIn(folded.slice, event.id, event.content),
  ];
  const isSame = JSON.stringify(concerns) === JSON.stringify(before.concerns);
  return {
    wordings: wordingsWith([...names.values()], others, added(names, before.names)),
    concerns: isSame ? undefined : concerns,
  };
}
