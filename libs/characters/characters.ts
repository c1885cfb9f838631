/**
 * Characters that show something else than they are: a reader would see another text than the one that is stored and
 * hashed. Line feed and tab are not among them; marks that some scripts are written with (U+200C to U+200F) neither.
 */
const unfit =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}\p{Noncharacter_Code_Point}\p{Surrogate}]/u;
const everyUnfit = new RegExp(unfit.source, 'gu');
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Surrogate}\u2800]/u;

const names: { readonly [codePoint: number]: string } = {
  0x0d: 'carriage return; send a line feed alone',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'pop directional formatting',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'pop directional isolate',
  0xfeff: 'byte order mark',
};

/** A character that no text may hold: `U+202E (right-to-left override)`, and which it is, counted from 1. */
export interface Unfit {
  readonly name: string;
  readonly place: number;
}

function codeOf(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

function nameOf(codePoint: number): string {
  const known = names[codePoint];
  if (known !== undefined) return known;
  if (codePoint < 0xa0) return 'control character';
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return 'lone surrogate; send well-formed Unicode';
  return codePoint >= 0xe0000 && codePoint <= 0xe007f ? 'tag character' : 'noncharacter';
}

export function firstUnfit(text: string): Unfit | undefined {
  const found = unfit.exec(text);
  if (found === null) return undefined;
  const codePoint = found[0].codePointAt(0) ?? 0;
  return {
    name: `${codeOf(codePoint)} (${nameOf(codePoint)})`,
    place: lengthOf(text.slice(0, found.index)) + 1,
  };
}

/** The text with `⟦U+202E⟧` in the place of each character that would show something else than it is. */
export function shownCharacters(text: string): string {
  return text.replace(everyUnfit, (character) => `⟦${codeOf(character.codePointAt(0) ?? 0)}⟧`);
}

/** The same on one line: what would end it, or move to another column, is shown by its code too. */
export function shownOnOneLine(text: string): string {
  const shown = (character: string) => `⟦${codeOf(character.charCodeAt(0))}⟧`;
  return shownCharacters(text).replace(/[\n\t\u2028\u2029]/g, shown);
}

/** Whether a reader would see nothing. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

/** In characters: Unicode code points, so that an emoji counts as the one or few that it is made of. */
export function lengthOf(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const isPair = text.codePointAt(index) !== text.charCodeAt(index);
    if (isPair) index += 1;
    length += 1;
  }
  return length;
}
