import { GuideRefused, spansOf } from './markdown.js';
import type { Block, Directive, Span } from './markdown.js';
import { captionedTable } from './captioned-table.js';
import type { Row } from './captioned-table.js';
import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { Tokens } from 'marked';

/** What the directives of the guides draw, by name. */
export interface Drawn {
  readonly [directive: string]: () => Html;
}

export interface Heading {
  readonly depth: number;
  readonly title: Html;
  /** Where links lead; the heading of the whole guide has none. */
  readonly anchor: string | undefined;
}

function span(token: Span): Html | string {
  switch (token.type) {
    case 'codespan':
      return html`<code>${token.text}</code>`;
    case 'strong':
      return html`<strong>${inline(token.tokens as Span[])}</strong>`;
    case 'em':
      return html`<em>${inline(token.tokens as Span[])}</em>`;
    case 'link':
      return html`<a href="${token.href}">${inline(token.tokens as Span[])}</a>`;
    case 'text':
    case 'escape':
      return 'tokens' in token && token.tokens !== undefined ? inline(token.tokens as Span[]) : token.text;
  }
}

/** What is written is what is shown: entities are not looked for. */
function inline(tokens: readonly Span[]): Html {
  return html`${tokens.map(span)}`;
}

function itemWords({ tokens }: Tokens.ListItem): Html {
  return inline(tokens.filter((one) => one.type !== 'list') as Span[]);
}

export function headingOf(block: Block & Tokens.Heading): Heading {
  const [, title = block.text, anchor] = /^(.*) \{#([a-z0-9-]+)\}$/.exec(block.text) ?? [];
  if ((block.depth === 1) !== (anchor === undefined))
    throw new GuideRefused(block.place, 'every heading below the first has an anchor, such as {#backup}');
  return { depth: block.depth, title: inline(spansOf(title)), anchor };
}

function heading(block: Block & Tokens.Heading): Html {
  const { depth, title, anchor } = headingOf(block);
  if (depth === 1) return html`<h1>${title}</h1>`;
  if (depth === 2) return html`<h2 id="${anchor}">${title}</h2>`;
  return html`<h3 id="${anchor}">${title}</h3>`;
}

/** Commands to be taken over as they stand: the words after the language are what the example is called. */
function example(block: Block & Tokens.Code): Html {
  const [, label] = /^[a-z]+ (.+)$/.exec(block.lang ?? '') ?? [];
  if (label === undefined)
    throw new GuideRefused(block.place, 'an example says after its language what it is for');
  return html`<pre tabindex="0" aria-label="${label}"><code>${block.text}</code></pre>`;
}

/** A list under `::table`: an item is a row, what stands under it the further cells; the first has the headings. */
function table({ place, words: caption }: Block & Directive, block: Block | undefined): Html {
  if (block?.type !== 'list') throw new GuideRefused(place, `under ::table ${caption} stands no list`);
  const [columns, ...rows] = block.items.map((item): Row => {
    const cells = item.tokens.flatMap((one) => (one.type === 'list' ? (one as Tokens.List).items : []));
    return [itemWords(item), ...cells.map(itemWords)];
  });
  const uneven = rows.find((row) => row.length !== columns?.length);
  if (columns === undefined || uneven !== undefined)
    throw new GuideRefused(block.place, `a row of "${caption}" has not one cell for each heading`);
  return captionedTable(caption, columns, rows);
}

function plainBlock(block: Block, drawn: Drawn): Html {
  switch (block.type) {
    case 'heading':
      return heading(block);
    case 'paragraph':
      return html`<p>${inline(block.tokens as Span[])}</p>`;
    case 'code':
      return example(block);
    case 'list': {
      const items = block.items.map((item) => html`<li>${itemWords(item)}</li>`);
      return block.ordered
        ? html`<ol>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`;
    }
    case 'definitions':
      return html`<dl>
        ${block.items.map(
          ({ term, meaning }) =>
            html`<dt>${inline(term)}</dt>
              <dd>${inline(meaning)}</dd>`,
        )}
      </dl>`;
    case 'directive': {
      const draw = drawn[block.name];
      if (draw === undefined) throw new GuideRefused(block.place, `nothing draws ::${block.name}`);
      return draw();
    }
  }
}

/** The blocks of a guide, each as a part of its page. */
export function renderedBlocks(blocks: readonly Block[], drawn: Drawn): readonly Html[] {
  return blocks.flatMap((block, index) => {
    const before = blocks[index - 1];
    if (before?.type === 'directive' && before.name === 'table') return [];
    if (block.type === 'directive' && block.name === 'table') return [table(block, blocks[index + 1])];
    return [plainBlock(block, drawn)];
  });
}
