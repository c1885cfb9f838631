import { firstUnfit } from '#libs/characters';
import { labelled, wording } from '#libs/decider';
import type { LangText } from '#libs/decider';

export interface Quote {
  /** The field that holds the words, and for designations the party. */
  readonly label: string;
  /** BCP 47; null where the words belong to no language, such as a name. */
  readonly lang: string | null;
  readonly text: string;
}

/** Fields that are no words to be read: what seals a hash, and the language of the others. */
const notWords = ['nonce', 'lang'];
const languageTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** The words of an entry under a field; none where there are none, or where they are erased. */
export function wordsOf(entry: object, field: string): LangText {
  const value: unknown = (entry as { readonly [field: string]: unknown })[field];
  return typeof value === 'object' && value !== null ? (value as LangText) : {};
}

function isLangText(value: object): value is LangText {
  const entries = Object.entries(value);
  return (
    entries.length > 0 &&
    entries.every(
      ([key, text]) => typeof text === 'string' && languageTag.test(key) && !notWords.includes(key),
    )
  );
}

/** Everything in an entry's words that a person reads, each in its own language. */
export function quotesOf(content: object | null, above = ''): readonly Quote[] {
  return Object.entries(content ?? {}).flatMap(([field, value]: [string, unknown]) => {
    if (notWords.includes(field)) return [];
    const label = `${above} ${field}`.trim();
    if (typeof value === 'string') return [{ label, lang: null, text: value }];
    if (typeof value !== 'object' || value === null) return [];
    if (!isLangText(value)) return quotesOf(value, label);
    return Object.entries(value).map(([lang, text]) => ({ label, lang, text }));
  });
}

/** What the words are, where that is not plain from the entry itself. */
export function labelOf({ label }: Quote): string {
  const [, party] = /designations (\S+)$/.exec(label) ?? [];
  if (party !== undefined) return `${party} calls it`;
  const fields: { readonly [label: string]: string } = {
    nameAsGiven: 'name as given',
    titleAsGiven: 'title as given',
    issuerName: 'issuer',
  };
  const field = label
    .replace(/^content /, 'now: ')
    .replace(/^texts (.*\.acceptance)$/, 'done when')
    .replace(/^texts [0-9a-f-]{36}$/, 'step')
    .replace(/^texts ?/, '');
  return ['text', 'quote', 'terms', 'reason'].includes(field) ? '' : (fields[field] ?? field);
}

/** A piece of a sentence of ours: what we say, or what somebody wrote and we repeat. */
export interface Told {
  readonly text: string;
  readonly isWritten: boolean;
}

function isInWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

/** The piece, with the words apart wherever it has them; they are no part of a longer word of ours. */
function dividedBy(piece: Told, words: string): readonly Told[] {
  const { text, isWritten } = piece;
  if (isWritten || words === '') return [piece];
  const pieces: Told[] = [];
  let begin = 0;
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + words.length)) {
    const end = at + words.length;
    if (isInWord(text.charAt(at - 1)) || isInWord(text.charAt(end))) continue;
    pieces.push({ text: text.slice(begin, at), isWritten: false }, { text: words, isWritten: true });
    begin = end;
  }
  return [...pieces, { text: text.slice(begin), isWritten: false }].filter((one) => one.text !== '');
}

interface Entry {
  readonly data: { readonly [field: string]: unknown };
  readonly content: object | null;
}

/** A sentence about an entry, in which what the entry's author wrote is told from what is ours. */
export function toldOf(sentence: string, { data, content }: Entry): readonly Told[] {
  const all = quotesOf({ number: data['number'], ...content }).map(({ text }) => text);
  return all
    .toSorted((one, other) => other.length - one.length)
    .reduce<readonly Told[]>(
      (pieces, words) => pieces.flatMap((piece) => dividedBy(piece, words)),
      [{ text: sentence, isWritten: false }],
    );
}

/** The summary without the words it ends on, and all words apart, so that each is shown once and in its language. */
export function withoutTail(
  summary: string,
  entry: Entry,
): { readonly head: readonly Told[]; readonly quotes: readonly Quote[] } {
  const { content } = entry;
  const tails = Object.values(content ?? {}).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null && isLangText(value)
      ? [`: “${wording(value)}”`, labelled(value)]
      : [],
  );
  const tail = tails.find((one) => one !== '' && summary.endsWith(one)) ?? '';
  const head = summary.slice(0, summary.length - tail.length);
  return {
    head: toldOf(head, entry),
    quotes: quotesOf(content).filter(({ lang, text }) => !head.includes(lang === null ? text : `“${text}”`)),
  };
}

/** A citation in pieces: what is an address can be followed, unless it would lead elsewhere than it says. */
export function addressesIn(
  citation: string,
): readonly { readonly text: string; readonly isAddress: boolean }[] {
  return citation
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;)])/)
    .map((text, index) => ({ text, isAddress: index % 2 === 1 && firstUnfit(text) === undefined }))
    .filter(({ text }) => text !== '');
}
