import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import { textOf } from './brief-document.js';
import type { Block, BriefDocument, Inline, Line, Numbers } from './brief-document.js';

function worded({ words, lang, quoted }: Extract<Inline, { words: string }>): Html {
  const marked = written(words, lang ?? undefined);
  return quoted ? html`“${marked}”` : marked;
}

function inline(part: Inline, numbers: Numbers): Html {
  if (typeof part === 'string') return html`${part}`;
  if ('strong' in part) return html`<strong>${line([part.strong].flat(), numbers)}</strong>`;
  if ('words' in part) return worded(part);
  if ('to' in part) return html`<a href="#${part.to}">${part.text}</a>`;
  if ('address' in part) return html`<a href="${part.address}" rel="noreferrer">${written(part.address)}</a>`;
  const place = part.locator === undefined ? '' : html`, ${written(part.locator)}`;
  return html`<a class="cite" href="#source-${part.source}">[${numbers.get(part.source) ?? '?'}${place}]</a>`;
}

function line(text: Line, numbers: Numbers): Html {
  return html`${text.map((one) => inline(one, numbers))}`;
}

/** The roles keep what a table is to a screen reader when a narrow screen shows its rows as cards. */
function table(
  { label, head, rows, isSideBySide }: Extract<Block, { kind: 'table' }>,
  numbers: Numbers,
): Html {
  const titles = head.map(
    (one) => html`<th role="columnheader" scope="col">${line([one].flat(), numbers)}</th>`,
  );
  const isOfDates = textOf(head[0] ?? '') === 'When';
  const body = rows.map(
    ([first = [], ...rest]) =>
      html`<tr role="row">
        <th role="rowheader" scope="row" ${isOfDates ? html` class="when"` : ''}>${line(first, numbers)}</th>
        ${rest.map(
          (one, index) =>
            html`<td role="cell" data-label="${textOf(head[index + 1] ?? '')}">${line(one, numbers)}</td>`,
        )}
      </tr>`,
  );
  return html`<table
    role="table"
    class="${isSideBySide === true ? 'cards even' : 'cards'}"
    aria-label="${label}"
  >
    <thead role="rowgroup">
      <tr role="row">
        ${titles}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${body}
    </tbody>
  </table>`;
}

function listed({ isNumbered, items }: Extract<Block, { kind: 'list' }>, numbers: Numbers): Html {
  const entries = items.map(({ id, text }) =>
    id === undefined
      ? html`<li>${line(text, numbers)}</li>`
      : html`<li id="${id}">${line(text, numbers)}</li>`,
  );
  return isNumbered
    ? html`<ol>
        ${entries}
      </ol>`
    : html`<ul>
        ${entries}
      </ul>`;
}

function headed({ level, id, text }: Extract<Block, { kind: 'heading' }>, numbers: Numbers): Html {
  const words = line(text, numbers);
  const named = id === undefined ? '' : html` id="${id}"`;
  if (level === 1) return html`<h1${named}>${words}</h1>`;
  return level === 2 ? html`<h2${named}>${words}</h2>` : html`<h3${named}>${words}</h3>`;
}

function rendered(block: Block, numbers: Numbers): Html {
  switch (block.kind) {
    case 'heading':
      return headed(block, numbers);
    case 'paragraph':
      return block.tone === 'plain'
        ? html`<p>${line(block.text, numbers)}</p>`
        : html`<p class="${block.tone === 'notice' ? 'as-of' : block.tone}">${line(block.text, numbers)}</p>`;
    case 'list':
      return listed(block, numbers);
    case 'facts':
      return html`<dl class="facts">
        ${block.rows.map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${line(value, numbers)}</dd>
            </div>`,
        )}
      </dl>`;
    case 'table':
      return table(block, numbers);
    case 'page': {
      const [first, ...rest] = block.blocks;
      const title = first?.kind === 'heading' ? headed({ ...first, id: block.id }, numbers) : html``;
      return html`<section class="leaf" aria-labelledby="${block.id}">
        ${title} ${rest.map((one) => rendered(one, numbers))}
      </section>`;
    }
  }
}

/** The document as the content of a page, a block at a time. */
export async function* htmlOf({ blocks, numbers }: BriefDocument): AsyncGenerator<string> {
  yield '<article class="brief">';
  for await (const block of blocks) yield rendered(block, numbers).text;
  yield '</article>';
}
