import type { PolicyRow, PolicyTable } from '../platform/principal.js';
import type { Slice } from '../platform/slice.js';
import { curl } from './curl.js';
import { entriesOf } from './document.js';
import type { Entry } from './entry.js';
import { fieldRows, parameterRows, table } from './field-table.js';
import { html, layout, prose } from './page.js';
import type { Html } from './page.js';
import { whoMayCall } from './policy-words.js';
import { kindsByStatus, problemKinds, shownCode } from './problem-kinds.js';
import type { Kinds } from './problem-kinds.js';
import { tags } from './tags.js';

function problemsOf(entry: Entry, kinds: Kinds): Html {
  const rows = [...kindsByStatus(entry.problems, kinds)];
  return html`<details>
    <summary>Problems it can answer with</summary>
    <ul>
      ${rows.map(
        ([status, found]) =>
          html`<li>
            ${status}:
            ${found.map(
              (kind, index) =>
                html`${index === 0 ? '' : ', '}<a href="/problems/${shownCode(kind)}">${shownCode(kind)}</a>`,
            )}
          </li>`,
      )}
    </ul>
  </details>`;
}

function section(entry: Entry, row: PolicyRow, kinds: Kinds): Html {
  const { operationId, method, path, summary, does, answer } = entry;
  return html`<section aria-labelledby="${operationId}">
    <h3 id="${operationId}">${summary}</h3>
    <p><code class="method">${method.toUpperCase()}</code> <code>${path}</code></p>
    <p>${prose(does)}</p>
    <p><strong>Who may call it:</strong> ${whoMayCall(row)}</p>
    ${table(`Parameters of ${operationId}`, parameterRows(entry))}
    ${table(`Fields of the body of ${operationId}`, fieldRows(entry))}
    <p><strong>Answers ${answer.status}:</strong> ${prose(answer.description)}</p>
    <pre
      tabindex="0"
      aria-label="Example of ${operationId}"
    ><code>${curl(entry, !('open' in row))}</code></pre>
    ${problemsOf(entry, kinds)}
  </section>`;
}

/** The page on the interface: every operation, by tag, with all that a caller needs. */
export function apiPage(slices: readonly Slice[], policyTable: PolicyTable): string {
  const entries = entriesOf(slices);
  const kinds = problemKinds(slices);
  const ofTag = tags.map((tag) => ({ ...tag, entries: entries.filter((one) => one.tag === tag.name) }));
  const rowOf = ({ operationId }: Entry): PolicyRow => {
    const row = policyTable[operationId];
    if (row === undefined) throw new Error(`${operationId} has no row in the policy table.`);
    return row;
  };
  return layout({
    title: 'The interface',
    nav: html`${ofTag.map(
      (tag) =>
        html`<details>
          <summary><a href="#${tag.name}">${tag.name}</a></summary>
          <ul>
            ${tag.entries.map((one) => html`<li><a href="#${one.operationId}">${one.summary}</a></li>`)}
          </ul>
        </details>`,
    )}`,
    main: html`<h1>The interface</h1>
      <p>
        Every act is an operation of its own. The same as an OpenAPI 3.1 document:
        <a href="/openapi.json">/openapi.json</a>. How to read what is recorded:
        <a href="/docs/reading">How to read the record</a>; how to add to it:
        <a href="/docs/writing">How to write to the record</a>.
      </p>
      <p>
        In the examples <code>$ENTENTE</code> is the address of this server and <code>$KEY</code> an API key.
        Ids are made up.
      </p>
      ${ofTag.map(
        (tag) =>
          html`<h2 id="${tag.name}">${tag.name}</h2>
            <p>${tag.description}</p>
            ${tag.entries.map((one) => section(one, rowOf(one), kinds))}`,
      )}`,
  });
}
