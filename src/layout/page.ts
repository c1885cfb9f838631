import { html, raw, unmarked } from '#libs/html';
import type { Html } from '#libs/html';

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
  ['/docs/agreeing', 'How to agree'],
  ['/docs/checking', 'How to check'],
  ['/docs/operating', 'Operating'],
  ['/docs/compatibility', 'What may change'],
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
        <title>${unmarked(title)} – Entente</title>
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

const mark = '<!-- what it holds -->';

/** The same around content that comes in pieces: what stands before and after it. */
export async function* layoutAround(
  page: Omit<Page, 'main'>,
  main: AsyncIterable<string>,
): AsyncGenerator<string> {
  const [before = '', after = ''] = layout({ ...page, main: raw(mark) }).split(mark);
  yield before;
  yield* main;
  yield after;
}
