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

function escaped(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') {
    return String(part).replace(/[&<>"']/g, (character) => entities[character] ?? character);
  }
  return part.map(escaped).join('');
}

/** A template whose values are escaped, unless they are HTML already; lists are joined, and nothing gives nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => text + escaped(parts[index])).join(''));
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

/** A whole page: landmarks and a skip link for screen readers and keyboards, one style sheet, and no script. */
export function layout({ title, main, nav }: Page): string {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Entente</title>
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
