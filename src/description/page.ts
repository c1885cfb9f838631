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

export interface Page {
  readonly title: string;
  readonly main: Html;
  /** What the page holds, as a list of links; it stands before the content. */
  readonly nav?: Html;
}

const places: readonly (readonly [string, string])[] = [
  ['/', 'Record'],
  ['/docs', 'Interface'],
  ['/docs/reading', 'How to read'],
  ['/docs/writing', 'How to write'],
  ['/docs/operating', 'Operating'],
  ['/problems', 'Problems'],
];

/** Two circles that meet. It stands in the page itself, so that no browser asks for an address that nobody has. */
const icon = raw(
  `data:image/svg+xml,${encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke-width="2"><circle cx="6" cy="8" r="4.5" stroke="#0b57a4"/><circle cx="10" cy="8" r="4.5" stroke="#8a3b00"/></svg>',
  )}`,
);

/** A whole page: landmarks and a skip link for screen readers and keyboards, one style sheet, and no script. */
export function layout({ title, main, nav }: Page): string {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${new Html(safe(title))} – Entente</title>
        <link rel="icon" href="${icon}" />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <p class="site"><a href="/">Entente</a></p>
          <nav aria-label="Site">
            <ul>
              ${places.map(([address, name]) => html`<li><a href="${address}">${name}</a></li> `)}
            </ul>
          </nav>
        </header>
        ${nav === undefined ? null : html`<nav class="contents" aria-label="On this page">${nav}</nav>`}
        <main id="main" tabindex="-1">${main}</main>
        <footer><p>Entente, the shared record of bilateral irritants.</p></footer>
      </body>
    </html> `;
  return document.text;
}
