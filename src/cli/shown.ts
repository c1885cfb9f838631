import { columnsOf, isolated, shownCharacters } from '#libs/characters';

/** Text for a terminal that can't steer it: it became that by being shown character by character, or painted. */
export class Shown {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

export type Part = Shown | string | number | readonly Part[];

export function textOf(part: Part): string {
  if (part instanceof Shown) return part.text;
  if (typeof part === 'string') return shownCharacters(part);
  return typeof part === 'number' ? String(part) : part.map(textOf).join('');
}

/** A template whose values are shown; an escape among them becomes its code. */
export function shown(strings: TemplateStringsArray, ...parts: readonly Part[]): Shown {
  return new Shown(strings.map((text, index) => text + textOf(parts[index] ?? '')).join(''));
}

/** What somebody wrote: whatever direction it runs in, it moves nothing that stands beside it. */
export function written(text: string): Shown {
  return new Shown(isolated(text));
}

/** In a column of a table, which it may overflow. */
export function padded(part: Part, columns: number): Shown {
  const text = textOf(part);
  return new Shown(text + ' '.repeat(Math.max(0, columns - columnsOf(text))));
}
