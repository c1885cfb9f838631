import { stripVTControlCharacters, styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Words painted one by one, so that a line may break between any two of them without carrying colour over. */
export interface Ink {
  paint(style: Style, text: string): string;
  party(code: string): string;
}

const partyStyles: readonly Style[] = [
  ['bold', 'cyan'],
  ['bold', 'magenta'],
  ['bold', 'yellow'],
];

/** Each party has one colour throughout, whoever acts first. */
export function inkFor(parties: readonly string[], colours: boolean): Ink {
  const order = [...parties].sort();
  const paint = (style: Style, text: string) =>
    colours
      ? text
          .split(' ')
          .map((word) => (word === '' ? word : styleText(style, word, { validateStream: false })))
          .join(' ')
      : text;
  return {
    paint,
    party: (code) =>
      paint(partyStyles[Math.max(0, order.indexOf(code)) % partyStyles.length] ?? 'bold', code),
  };
}

/** Recorded words can't steer the terminal: control characters and overrides of direction become blanks. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

const segmenter = new Intl.Segmenter();

/** What a terminal gives a cell each: an accent or a joiner takes none of its own. */
function charactersOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(stripVTControlCharacters(text)), ({ segment }) => segment);
}

function widthOf(text: string): number {
  return charactersOf(text).length;
}

/** Breaks at blanks; a word longer than the line, an address for instance, is cut. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((one) => one !== '')) {
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
  const characters = charactersOf(word);
  const count = Math.ceil(characters.length / width);
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * width, (index + 1) * width).join(''),
  );
}
