import { readFileSync } from 'node:fs';
import type { Described } from '../platform/shapes/described.js';
import type { Slice } from '../platform/record/slice.js';
import { drawnTables } from './drawn-tables.js';
import { headingOf, renderedBlocks } from './guide-blocks.js';
import type { GuideName } from './guide-names.js';
import { blocksOf } from './markdown.js';
import type { Block } from './markdown.js';
import { html } from '#libs/html';
import { layout } from '../layout/page.js';

function blocksIn(file: string): readonly Block[] {
  const text = readFileSync(new URL(`./guides/${file}`, import.meta.url), 'utf8');
  return blocksOf(`src/description/guides/${file}`, text);
}

/** Every block of a guide, in the order in which it is read. */
export function blocksOfGuide(name: GuideName): readonly Block[] {
  return blocksIn(`${name}.md`).flatMap((block) =>
    block.type === 'directive' && block.name === 'part' ? blocksIn(`${name}/${block.words}.md`) : [block],
  );
}

/** The page that a guide is. Throws `GuideRefused`, which names file and line, where it can't be shown as written. */
export function guidePage(
  name: GuideName,
  slices: readonly Slice[],
  described: readonly Described[],
): string {
  const blocks = blocksOfGuide(name);
  const headings = blocks.filter((block) => block.type === 'heading').map(headingOf);
  const title = headings.find(({ depth }) => depth === 1)?.title.text ?? '';
  const sections = headings.filter(({ depth }) => depth === 2);
  return layout({
    title,
    nav: html`<ul>
      ${sections.map((section) => html`<li><a href="#${section.anchor}">${section.title}</a></li>`)}
    </ul>`,
    main: html`${renderedBlocks(blocks, drawnTables(slices, described))}`,
  });
}
