import type { RightsRow, RightsTable } from '../platform/record/principal.js';
import { curl } from './curl.js';
import type { Entry } from '../platform/shapes/entry.js';
import { fieldRows, parameterRows, table } from './field-table.js';
import { html, prose } from '#libs/html';
import { layout } from '../layout/page.js';
import type { Html } from '#libs/html';
import { whoMayCall } from './rights-words.js';
import { signingParameters } from './signing-parameters.js';
import { kindsByStatus, shownCode } from './problem-kinds.js';
import type { Kinds } from './problem-kinds.js';
import type { Tag } from './tags.js';

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

function rowOf({ operationId }: Entry, rightsTable: RightsTable): RightsRow {
  const row = rightsTable[operationId];
  if (row === undefined) throw new Error(`${operationId} has no row in the table of rights.`);
  return row;
}

/** What every act takes is told once for all of them, and not in the table of each. */
function apart(entry: Entry): { readonly own: Entry; readonly isAct: boolean } {
  const isOfActs = (name: string) => signingParameters.some((one) => one.name === name);
  const parameters = entry.parameters.filter(({ name }) => !isOfActs(name));
  return { own: { ...entry, parameters }, isAct: parameters.length < entry.parameters.length };
}

const ofEveryAct = html`<p>
  It can be <a href="/docs/writing#dry-run">tried</a> with <code>?dryRun=true</code>, and
  <a href="/docs/writing#signing">signed</a>.
</p>`;

function section(entry: Entry, row: RightsRow, kinds: Kinds): Html {
  const { own, isAct } = apart(entry);
  const { operationId, method, path, summary, does, answer } = entry;
  return html`<section aria-labelledby="${operationId}">
    <h2 id="${operationId}">${summary}</h2>
    <p><code class="method">${method.toUpperCase()}</code> <code>${path}</code></p>
    <p>${prose(does)}</p>
    <p><strong>Who may call it:</strong> ${whoMayCall(row)}</p>
    ${table(`Parameters of ${operationId}`, parameterRows(own))} ${isAct ? ofEveryAct : ''}
    ${table(`Fields of the body of ${operationId}`, fieldRows(entry))}
    <p><strong>Answers ${answer.status}:</strong> ${prose(answer.description)}</p>
    <pre
      tabindex="0"
      aria-label="Example of ${operationId}"
    ><code>${curl(entry, !('open' in row))}</code></pre>
    ${problemsOf(entry, kinds)}
  </section>`;
}

/** The page on one part of the interface: each of its operations, with all that a caller needs. */
export function apiPage(
  { name, description }: Tag,
  entries: readonly Entry[],
  rightsTable: RightsTable,
  kinds: Kinds,
): string {
  return layout({
    title: `The interface: ${name}`,
    nav: html`<ul>
      ${entries.map((one) => html`<li><a href="#${one.operationId}">${one.summary}</a></li>`)}
    </ul>`,
    main: html`<p class="crumb"><a href="/docs">The interface</a></p>
      <h1>The interface: ${name}</h1>
      <p>${description}</p>
      <p>
        In the examples <code>$ENTENTE</code> is the address of this server and <code>$KEY</code> an API key.
        Ids are made up.
      </p>
      ${entries.map((one) => section(one, rowOf(one, rightsTable), kinds))}`,
  });
}
