/** What a reader takes for one character; the same in every language. */
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A text that is cut only between characters; it is looked at only where it is to be cut, however long it is. */
export interface Cuttable {
  readonly text: string;
  readonly characters: Intl.Segments;
}

export function cuttable(text: string): Cuttable {
  return { text, characters: graphemes.segment(text) };
}

/** The last place between two characters that is not after this one. */
export function downTo(place: number, { text, characters }: Cuttable): number {
  return characters.containing(place)?.index ?? Math.min(place, text.length);
}

/** The first place between two characters that is not before this one. */
export function upTo(place: number, { characters }: Cuttable): number {
  const found = characters.containing(place);
  return found === undefined || found.index === place ? place : found.index + found.segment.length;
}

function isPairAt(place: number, text: string): boolean {
  return (text.codePointAt(place) ?? 0) > 0xffff;
}

/** The place so many code points further on, or back where the count is negative; at most to an end of the text. */
export function moved(place: number, count: number, { text }: Cuttable): number {
  let moving = place;
  for (let left = count; left > 0 && moving < text.length; left -= 1)
    moving += isPairAt(moving, text) ? 2 : 1;
  for (let left = count; left < 0 && moving > 0; left += 1) moving -= isPairAt(moving - 2, text) ? 2 : 1;
  return moving;
}
