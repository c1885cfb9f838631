import type { Slice } from '../platform/slice.js';
import { html, layout } from './page.js';
import { findingSections } from './reading-finding.js';
import { keepingSections } from './reading-keeping.js';
import { momentSections } from './reading-moments.js';
import { stageSections } from './reading-stage.js';
import { takingBackSections } from './reading-taking-back.js';

/** How to read the record: what its words mean, with examples to try. */
export function readingPage(slices: readonly Slice[]): string {
  const sections = [
    ...keepingSections,
    ...stageSections,
    ...takingBackSections(slices),
    ...momentSections,
    ...findingSections,
  ];
  return layout({
    title: 'How to read the record',
    nav: html`<ul>
      ${sections.map(({ anchor, title }) => html`<li><a href="#${anchor}">${title}</a></li>`)}
    </ul>`,
    main: html`<h1>How to read the record</h1>
      <p>
        The record says who said what, when, and on which evidence. It decides nothing between the sides. In
        the examples <code>$ENTENTE</code> is the address of this server and <code>$KEY</code> an API key.
      </p>
      ${sections.map(
        ({ anchor, title, body }) =>
          html`<h2 id="${anchor}">${title}</h2>
            ${body}`,
      )}`,
  });
}
