import type { Entry } from '../platform/shapes/entry.js';
import { html } from '#libs/html';
import { layout } from '../layout/page.js';
import type { Html } from '#libs/html';
import type { Tag } from './tags.js';

/** An operation has its anchor here too: links from before the pages were parted lead to its line. */
function line({ operationId, tag, summary, method, path }: Entry): Html {
  return html`<li id="${operationId}">
    <a href="/docs/${tag}#${operationId}">${summary}</a>
    <code class="method">${method.toUpperCase()}</code> <code>${path}</code>
  </li>`;
}

/** Every operation on a line, by the page that says all of it. */
export function apiIndex(tags: readonly Tag[], entries: readonly Entry[]): string {
  return layout({
    title: 'The interface',
    nav: html`<ul>
      ${tags.map(({ name }) => html`<li><a href="#${name}">${name}</a></li>`)}
    </ul>`,
    main: html`<h1>The interface</h1>
      <p>
        Every act is an operation of its own. The same as an OpenAPI 3.1 document:
        <a href="/openapi.json">/openapi.json</a>. How to read what is recorded:
        <a href="/docs/reading">How to read the record</a>; how to add to it:
        <a href="/docs/writing">How to write to the record</a>. Roadmaps and commitments, quickly:
        <a href="/docs/agreeing">How to agree</a>. <a href="/docs/checking">How to check it yourself</a>. What
        clients can rely on: <a href="/docs/compatibility">What may change, and when</a>.
      </p>
      ${tags.map(
        ({ name, description }) =>
          html`<h2 id="${name}"><a href="/docs/${name}">${name}</a></h2>
            <p>${description}</p>
            <ul>
              ${entries.filter(({ tag }) => tag === name).map(line)}
            </ul>`,
      )}`,
  });
}
