import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { lengthOf } from '#libs/characters';
import { searchedText, shownText } from '#libs/full-text';
import { Readings } from '../../src/reading/readings.js';
import { Desk, principals } from '../support/desk.js';

const { RU, US } = principals;
let desk: Desk;
let dialogueId: string;
let irritantId: string;

beforeAll(async () => {
  desk = await Desk.open();
  const opened = { parties: ['RU', 'US'], keyPrefix: 'SCR', name: { en: 'Talks' } };
  dialogueId = (await desk.do(RU, 'dialogues.OpenDialogue', null, opened)).id;
  await desk.do(US, 'dialogues.JoinDialogue', dialogueId, {});
  const about = { raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated', category: 'visas' };
  const irritant = { dialogueId, ...about, title: { en: 'Title' } };
  irritantId = (await desk.do(RU, 'irritants.RaiseIrritant', null, irritant)).id;
});
afterAll(() => desk.close());

const letters: readonly (readonly [from: number, to: number])[] = [
  [0x61, 0x7a],
  [0xe0, 0x17f],
  [0x3b1, 0x3c9],
  [0x430, 0x45f],
  [0x5d0, 0x5ea],
  [0x621, 0x63a],
  [0x905, 0x939],
  [0xe01, 0xe2e],
  [0x1780, 0x17a2],
  [0x1000, 0x1020],
  [0x3041, 0x3093],
  [0xac00, 0xd7a3],
  [0x4e00, 0x9fff],
  [0x20000, 0x20100],
];
const marks = ['', '', '', '\u0301', '\u0308', '\u00ad', '\u200d', '\ufe0f'];
const marksOf: { readonly [from: number]: readonly string[] } = {
  0x5d0: ['\u05b0', '\u05bc'],
  0x621: ['\u064e', '\u0651\u064b', '\u0640'],
  0x905: ['\u093f', '\u0940', '\u094d'],
  0xe01: ['\u0e31', '\u0e35\u0e48'],
};

const word = fc.constantFrom(...letters).chain(([from, to]) => {
  const letter = fc.tuple(
    fc.integer({ min: from, max: to }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom(...marks, ...(marksOf[from] ?? [])),
  );
  return fc.array(letter, { minLength: 1, maxLength: 9 }).map((all) => all.flat().join(''));
});
const looked = (words: string) => searchedText(shownText(words)).toLowerCase().trim();
const words = fc.array(
  word.filter((one) => /[\p{L}]/u.test(looked(one))),
  { minLength: 1, maxLength: 8 },
);
const between = fc.constantFrom(' ', ', ', '\n', ' — ', '🇷🇺', ' 👩‍🚀 ', '。', '\ue000', ` ${'aa '.repeat(90)}`);
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function isOfWholeCharacters(excerpt: string, text: string): boolean {
  const inner = excerpt.replace(/^… /u, '').replace(/ …$/u, '');
  const places = new Set([...graphemes.segment(text)].map(({ index }) => index)).add(text.length);
  for (let place = text.indexOf(inner); place !== -1; place = text.indexOf(inner, place + 1))
    if (places.has(place) && places.has(place + inner.length)) return true;
  return false;
}

it('Each word of a text in several scripts is found, and is marked in an excerpt of whole characters', async () => {
  const texts: string[] = [];
  await fc.assert(
    fc.asyncProperty(words, between, async (said, gap) => {
      const text = said.join(gap);
      texts.push(text);
      const position = { stance: 'contests', text: { en: text } };
      await desk.do(US, 'irritants.StatePosition', irritantId, position);
      await desk.settled();
      for (const one of said) {
        const query = { q: `"${one}"`, dialogue: dialogueId };
        const { items } = await Readings.over(desk.record, query, 'all').search();
        expect(items.map(({ id }) => id)).toEqual([irritantId]);
        const { excerpt } = items[0]!;
        const shown = excerpt.map((piece) => piece.text).join('');
        expect(lengthOf(shown)).toBeLessThanOrEqual(240);
        expect(shown.isWellFormed()).toBe(true);
        const marked = excerpt.filter(({ isMatch }) => isMatch).map((piece) => looked(piece.text));
        expect(marked.length).toBeGreaterThan(0);
        for (const piece of marked) expect(piece).toBe(looked(one));
        // The excerpt is of the first wording that has the word, which may be one of an earlier run.
        expect(texts.some((earlier) => isOfWholeCharacters(shown, earlier))).toBe(true);
      }
    }),
    { numRuns: 25 },
  );
});
