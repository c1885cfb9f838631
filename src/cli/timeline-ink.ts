import { stripVTControlCharacters, styleText } from 'node:util';
import { columnsOf, isolatedLines } from '#libs/characters';
import { Shown, textOf } from './shown.js';
import type { Part } from './shown.js';

type Style = Parameters<typeof styleText>[0];

/** Words painted one by one, so that a line may break between any two of them without carrying colour over. */
export interface Ink {
  paint(style: Style, part: Part): Shown;
  party(code: string): Shown;
}

const partyStyles: readonly Style[] = [
  ['bold', 'cyan'],
  ['bold', 'magenta'],
  ['bold', 'yellow'],
];

/** What may stand between two words: a line ends at each of these but the blank and the tab. */
const breaks = /([ \t\n\u2028\u2029])/;

/** Each party has one colour throughout, whoever acts first. */
export function inkFor(parties: readonly string[], colours: boolean): Ink {
  const order = [...parties].sort();
  const painted = (style: Style, word: string) =>
    word === '' || breaks.test(word) ? word : styleText(style, word, { validateStream: false });
  const paint = (style: Style, part: Part) => {
    const text = textOf(part);
    if (!colours) return new Shown(text);
    return new Shown(
      text
        .split(breaks)
        .map((word) => painted(style, word))
        .join(''),
    );
  };
  return {
    paint,
    party: (code) =>
      paint(partyStyles[Math.max(0, order.indexOf(code)) % partyStyles.length] ?? 'bold', code),
  };
}

const segmenter = new Intl.Segmenter();

function widthOf(text: string): number {
  return columnsOf(stripVTControlCharacters(text));
}

/**
 * Breaks at blanks, and where the text itself does; a word longer than the line, an address for instance, is cut
 * between two characters as people count them.
 */
export function wrapped({ text }: Shown, width: number): readonly string[] {
  const lines = text.split(/[\n\u2028\u2029]/).map((one) => filled(one, width));
  return isolatedLines(lines.every((one) => one.length === 0) ? [] : lines.flatMap(orBlank));
}

/** A line that the text leaves empty is one too. */
function orBlank(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [''] : lines;
}

function filled(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \t]/).filter((one) => one !== '')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) <= width) line = `${line} ${word}`;
    else {
      if (line !== '') lines.push(line);
      const pieces = widthOf(word) > width ? cut(word, width) : [word];
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? '';
    }
  }
  return line === '' ? lines : [...lines, line];
}

function cut(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of segmenter.segment(stripVTControlCharacters(word))) {
    if (piece !== '' && widthOf(piece) + widthOf(segment) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}
