import { firstUnfit } from '#libs/characters';
import { labelled, wording } from '#libs/decider';
import type { LangText } from '#libs/decider';
import { languageTag } from '../platform/shapes/text-checks.js';
import { isWordsField } from '../platform/record/words-field.js';
import { spokenAs } from './spoken.js';
import type { Told, Worded } from './spoken.js';

/** What somebody wrote in an entry: words that were said, or their summary, or a title, a name, a label. */
export interface Quote {
  /** The field that holds the words, and for designations the party. */
  readonly label: string;
  /** BCP 47; null where the words belong to no language, such as a name. */
  readonly lang: string | null;
  readonly text: string;
  /** Whether it may stand in quotation marks. */
  readonly isQuotable: boolean;
  readonly whose: readonly Told[];
}

/** Fields that are no words to be read: what seals a hash, the language of the others, and what became of them. */
const notWords = ['nonce', 'lang', 'corrected', 'doubted', 'repudiated'];

function isLangText(value: object): value is LangText {
  const entries = Object.entries(value);
  return (
    entries.length > 0 &&
    entries.every(
      ([key, text]) => typeof text === 'string' && languageTag.test(key) && !notWords.includes(key),
    )
  );
}

/** Everything in an entry's words that a person reads, each in its own language and with whose words they are. */
export function quotesOf(content: object | null, worded: Worded, above = ''): readonly Quote[] {
  return Object.entries(content ?? {}).flatMap(([field, value]: [string, unknown]) => {
    if (notWords.includes(field)) return [];
    const label = `${above} ${field}`.trim();
    if (typeof value === 'string') return [{ label, lang: null, text: value, isQuotable: false, whose: [] }];
    if (typeof value !== 'object' || value === null) return [];
    if (!isLangText(value)) return quotesOf(value, worded, label);
    const [said = ''] = label.replace(/^content /, '').split(' ');
    return spokenAs(worded, said, value).map((one) =>
      isWordsField(said) ? { label, ...one } : { label, ...one, isQuotable: false, whose: [] },
    );
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
    .replace(/legalBasis \d+$/, 'legal basis')
    .replace(/^texts ?/, '');
  return ['text', 'quote', 'terms', 'reason'].includes(field) ? '' : (fields[field] ?? field);
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

/** From where the first name begins that a sentence gives in brackets, to where the last one ends. */
const named = /(?<=\(s\d+: |step \d+ \().*(?=\))/su;

/** Names are what others wrote; what is ours between two of them may pass for theirs, and never theirs for ours. */
function withNamesApart(piece: Told): readonly Told[] {
  const { text, isWritten } = piece;
  const found = isWritten ? null : named.exec(text);
  if (found === null) return [piece];
  const [names] = found;
  return [
    { text: text.slice(0, found.index), isWritten: false },
    { text: names, isWritten: true },
    { text: text.slice(found.index + names.length), isWritten: false },
  ];
}

/** An entry as far as it is told: what it says, and whose words that is. */
export interface Telling {
  readonly data: { readonly [field: string]: unknown };
  readonly content: object | null;
  readonly worded: Worded;
  /** When it happened, as a summary without words ends on it. */
  readonly dated?: string;
}

/** A sentence about an entry, in which what the entry's author wrote is told from what is ours. */
export function toldOf(sentence: string, { data, content, worded }: Telling): readonly Told[] {
  const all = quotesOf({ number: data['number'], ...content }, worded).map(({ text }) => text);
  return all
    .toSorted((one, other) => other.length - one.length)
    .reduce<readonly Told[]>(
      (pieces, words) => pieces.flatMap((piece) => dividedBy(piece, words)),
      [{ text: sentence, isWritten: false }],
    )
    .flatMap(withNamesApart);
}

/** The summary without the words it ends on, and all words apart, so that each is shown once and in its language. */
export function withoutTail(
  summary: string,
  entry: Telling,
): { readonly head: readonly Told[]; readonly quotes: readonly Quote[] } {
  const { content, worded } = entry;
  const tails = Object.values(content ?? {}).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null && isLangText(value)
      ? [`: “${wording(value)}”`, labelled(value)]
      : [],
  );
  const tail = tails.find((one) => one !== '' && summary.endsWith(one)) ?? '';
  const { dated = '' } = entry;
  const whole = summary.slice(0, summary.length - tail.length);
  // Whoever shows the sentence shows beside it when that was.
  const head = dated === '' ? whole : whole.replace(dated, () => '');
  return {
    head: toldOf(head, entry),
    quotes: quotesOf(content, worded).filter(
      ({ lang, text, label }) => (lang !== null && isWordsField(label)) || !head.includes(text),
    ),
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
