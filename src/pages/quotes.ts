import { quoted } from '#libs/decider';
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
  return ['text', 'quote', 'terms', 'wording', 'reason'].includes(field) ? '' : (fields[field] ?? field);
}

/** The summary without the words it ends on, and all words apart, so that each is shown once and in its language. */
export function withoutTail(
  summary: string,
  content: object | null,
): { readonly head: string; readonly quotes: readonly Quote[] } {
  const tails = Object.values(content ?? {}).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null && isLangText(value) ? [quoted(value)] : [],
  );
  const tail = tails.find((one) => one !== '' && summary.endsWith(one)) ?? '';
  const head = summary.slice(0, summary.length - tail.length);
  return { head, quotes: quotesOf(content).filter(({ text }) => !head.includes(text)) };
}
