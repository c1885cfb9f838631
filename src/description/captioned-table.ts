import { Html, html, prose } from '#libs/html';

type Cell = string | Html;

export type Row = readonly [name: Cell, ...cells: Cell[]];

function shown(cell: Cell): Html {
  return cell instanceof Html ? cell : prose(cell);
}

/** The first column names what the row is about, word by word as it is met; the others are sentences. */
export function tableOf(caption: string, columns: Row, rows: readonly Row[]): Html {
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${shown(column)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, ...cells]) =>
          html`<tr>
            <th scope="row">${shown(name)}</th>
            ${cells.map((cell) => html`<td>${shown(cell)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A table that scrolls by itself where it is too wide. */
export function captionedTable(caption: string, columns: Row, rows: readonly Row[]): Html {
  return html`<div class="scroll">${tableOf(caption, columns, rows)}</div>`;
}
