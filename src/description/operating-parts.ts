import { html, prose } from './page.js';
import type { Html } from './page.js';

/** One heading of the operator's guide: its anchor, its words, and what stands under it. */
export interface Section {
  readonly anchor: string;
  readonly title: string;
  readonly body: Html;
}

/** Commands to be taken over as they stand; the tests run them, or check them where they need more than a folder. */
export function shell(label: string, text: string): Html {
  return html`<pre tabindex="0" aria-label="${label}"><code>${text}</code></pre>`;
}

type Row = readonly [name: string, ...cells: string[]];

/** The first column names what the row is about, word by word as it is met; the others are sentences. */
export function table(caption: string, columns: Row, rows: readonly Row[]): Html {
  return html`<div class="scroll">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, ...cells]) =>
            html`<tr>
              <th scope="row">${prose(name)}</th>
              ${cells.map((cell) => html`<td>${prose(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
