import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { firstUnfit } from '#libs/characters';
import {
  cited,
  given,
  heading,
  list,
  named,
  notice,
  paragraph,
  quotations,
} from '../../src/briefing/brief-document.js';
import type { BriefDocument, Line } from '../../src/briefing/brief-document.js';
import { markdownOf } from '../../src/briefing/brief-markdown.js';

/** A book that has the text at every place where somebody's words can stand. */
function bookOf(text: string): BriefDocument {
  const locator = [{ sourceId: 's', locator: text }];
  const lines: readonly Line[] = [
    [given(text)],
    [text],
    quotations([
      { lang: 'en', text, isQuotable: true, whose: [] },
      {
        lang: 'ru',
        text,
        isQuotable: false,
        whose: [
          { text: 'as summed up by ', isWritten: false },
          { text, isWritten: true },
        ],
      },
    ]),
    [{ strong: text }, ' ', { strong: [given(text), ' (RU):'] }, ' ', ...cited(locator)],
    ['a ', given(text), ' b', ...named({ en: text }, '')],
  ];
  return {
    title: text,
    numbers: new Map([['s', 1]]),
    blocks: [
      heading(1, 'Book for ', given(text)),
      ...lines.map((line) => heading(2, ...line)),
      ...lines.map((line) => paragraph(...line)),
      ...lines.map((line) => notice(...line)),
      list(lines),
      { kind: 'list', isNumbered: true, items: lines.map((line) => ({ text: line })) },
      { kind: 'facts', rows: lines.map((line) => ['Name', line]) },
      { kind: 'table', label: 'A table', head: ['', [given(text)]], rows: lines.map((line) => [line, line]) },
      { kind: 'page', id: 'p', blocks: [heading(2, given(text)), paragraph(given(text))] },
    ],
  };
}

const textOf = async (book: BriefDocument) => (await Array.fromAsync(markdownOf(book))).join('');

/** What Markdown, as CommonMark and GitHub have it, would read as more than text; what is escaped is text. */
function structureOf(markdown: string): readonly string[] {
  return markdown.split('\n').map((line) => {
    const bare = line.replace(/\\[!-/:-@[-`{-~]/g, 'x');
    const begin = /^(?: {0,3}(?:>|#{1,6}(?: |$)|[-+] |\d{1,9}[.)] |[-=]+ *$|: ))*| {4}/.exec(bare)?.[0] ?? '';
    const rest = bare.slice(begin.length).match(/[\\`*_[\]<>|~&$]|https?:|www\./g) ?? [];
    return `${begin}${rest.join('')}`;
  });
}

const marks = [
  ...Array.from('\\`*_[]<>|~&$#+-=:.)(!1 \n\t"\'{}@/^'),
  ...[
    '\n# ',
    '\n- ',
    '\n1. ',
    '\n===\n',
    '\n---\n',
    '\n    ',
    '\n```\n',
    '\n| a | b |\n| --- | --- |\n',
    '\n> ',
  ],
  ...[
    'https://example.org',
    'www.example.org',
    '[x](y)',
    '![x](y)',
    '[x]: y\n',
    '<b>',
    '</bdi>',
    '&lt;',
    '&#35;',
  ],
  ...['\u2028', '\u2029', '\u0085', '\u000b', '\r', '\u00a0', '\u202e', '\u2069', '\ufeff', '\ud800'],
  ...['a', 'é', 'שלום', '漢'],
];
const words = fc
  .string({
    unit: fc.oneof(fc.constantFrom(...marks), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
  })
  .filter((text) => text.trim() !== '');

describe('A briefing book in Markdown', () => {
  it('makes no link of an address in the middle of a word', async () => {
    expect(await textOf(bookOf('ahttps://example.org xwww.example.org'))).not.toMatch(/https:|www\.e/);
  });

  it('has the same headings, lists, tables, links and lines whatever somebody wrote', async () => {
    const structure = structureOf(await textOf(bookOf('x')));
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const book = await textOf(bookOf(text));
        expect(structureOf(book)).toEqual(structure);
        expect(firstUnfit(book.replace(/[\u2068\u2069]/g, ''))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
