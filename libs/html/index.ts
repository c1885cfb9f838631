import { shownCharacters } from '#libs/characters';

/** HTML that is safe to send: text became it only by being escaped, or by saying so with `raw`. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

export type Part = Html | string | number | readonly Part[] | null | undefined | false;

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function safe(text: string): string {
  return shownCharacters(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** What is shown by its code, and is not itself there, looks different from what is there. */
function marked(text: string): string {
  const shown = Array.from(text, (one) => {
    const isFit = shownCharacters(one) === one;
    return isFit ? safe(one) : `<span class="unfit">${safe(one)}</span>`;
  });
  return shown.join('');
}

/** Where a value stands in a template: all of its attributes are in double quotes. */
function isInAttribute(strings: readonly string[], index: number): boolean {
  return /="[^"]*$/.test(strings.slice(0, index + 1).join(''));
}

function escaped(part: Part, strings: readonly string[], index: number): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'number') return String(part);
  if (typeof part !== 'string') return part.map((one) => escaped(one, strings, index)).join('');
  const text = safe(part);
  return text.includes('⟦U+') && !isInAttribute(strings, index) ? marked(part) : text;
}

/**
 * A template whose values are escaped, unless they are HTML already; lists are joined, and nothing gives nothing.
 * Characters that would show something else than they are become their codes.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => text + escaped(parts[index], strings, index)).join(''));
}

/**
 * What somebody wrote, on a line with other words. It has a direction of its own, and moves nothing that stands beside
 * it: an Arabic title leaves the number after it where it is. As a block of its own such text is in an element with
 * `dir="auto"`, which keeps it apart in the same way and puts it to the side where it begins.
 */
export function written(text: string, lang = 'en'): Html {
  return lang === 'en' ? html`<bdi>${text}</bdi>` : html`<bdi lang="${lang}">${text}</bdi>`;
}

/** Only for text of our own: what a user wrote never goes through here. */
export function raw(text: string): Html {
  return new Html(text);
}

/** Sentences in which `code` is marked as such, as descriptions have it. */
export function prose(text: string): Html {
  const pieces = text.split('`');
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}

export const htmlMediaType = 'text/html; charset=utf-8';

/** For where no element may stand, such as a title: what is unfit is shown by its code, and not marked. */
export function unmarked(text: string): Html {
  return new Html(safe(text));
}
