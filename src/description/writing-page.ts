import { html, layout } from './page.js';
import { amendingSections } from './writing-amending.js';
import { instrumentSections } from './writing-instruments.js';
import { actSections } from './writing-acts.js';
import { refusalSections } from './writing-refusals.js';
import { nameSections } from './writing-names.js';
import { keySections } from './writing-who.js';

const sections = [
  ...keySections,
  ...nameSections,
  ...actSections,
  ...instrumentSections,
  ...refusalSections,
  ...amendingSections,
];

/** How to write to the record, from a key to a reopened irritant: the examples follow on each other and can be tried. */
export function writingPage(): string {
  return layout({
    title: 'How to write to the record',
    nav: html`<ul>
      ${sections.map(({ anchor, title }) => html`<li><a href="#${anchor}">${title}</a></li>`)}
    </ul>`,
    main: html`<h1>How to write to the record</h1>
      <p>
        Every act is an operation of its own, for the intent is the record; nothing is overwritten or deleted.
        All operations, with their fields, are on the page on the <a href="/docs">interface</a>.
      </p>
      <p>
        The examples are one session in one shell, on the demonstration, and each goes on from the one before.
        They need curl 7.84 or newer, Node and openssl. <code>$ENTENTE</code> is the address of this server,
        and they are run in the folder with <code>keys.json</code>, for the demonstration
        <code>data/demo</code>.
      </p>
      ${sections.map(
        ({ anchor, title, body }) =>
          html`<h2 id="${anchor}">${title}</h2>
            ${body}`,
      )}`,
  });
}
