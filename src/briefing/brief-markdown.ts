import { isolated, shownCharacters } from '#libs/characters';
import type { Block, BriefDocument, Inline, Line, Numbers } from './brief-document.js';

/**
 * Whatever could mean something in Markdown or HTML stands for itself, and what was several lines is one: a line that
 * began in the middle of somebody's words could otherwise become a heading, a list or a table of ours. So does an
 * address, which readers of Markdown would make a link: links are ours alone.
 */
function escaped(text: string): string {
  return shownCharacters(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|~&$@^]|(?<=https?|ftp):|(?<=www)\./gi, '\\$&');
}

/**
 * What somebody wrote. Text from right to left is kept apart by characters and not by `<bdi>`: there is no one Markdown,
 * many readers of it drop or show HTML, and the file is read as it is too.
 */
function written(text: string): string {
  return isolated(escaped(text));
}

/** What means something only where a line begins. */
function guarded(line: string): string {
  return line
    .trim()
    .replace(/^[#+=:-]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** Two pairs of asterisks around nothing are a line across the page. */
function strong(parts: readonly string[]): string {
  const text = parts.join('').trim();
  return text === '' ? '' : `**${text}**`;
}

function inline(part: Inline, numbers: Numbers): string {
  if (typeof part === 'string') return escaped(part);
  if ('strong' in part) return strong([part.strong].flat().map((one) => inline(one, numbers)));
  if ('words' in part) {
    const words = written(part.words);
    const marked = part.quoted ? `“${words}”` : words;
    return part.lang === 'en' || part.lang === null ? marked : `${marked} (${written(part.lang)})`;
  }
  if ('source' in part) {
    const place = part.locator === undefined ? '' : `, ${written(part.locator)}`;
    return `[${numbers.get(part.source) ?? '?'}${place}]`;
  }
  // A place in a Markdown text has no name that every reader of Markdown knows.
  return 'to' in part ? escaped(part.text) : isolated(`<${part.address}>`);
}

function line(text: Line, numbers: Numbers): string {
  return guarded(text.map((one) => inline(one, numbers)).join(''));
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table({ head, rows }: Extract<Block, { kind: 'table' }>, numbers: Numbers): string {
  return [
    row(head.map((one) => line([one].flat(), numbers))),
    row(head.map(() => '---')),
    ...rows.map((cells) => row(cells.map((one) => line(one, numbers)))),
  ].join('\n');
}

function rendered(block: Block, numbers: Numbers): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${line(block.text, numbers)}`;
    case 'paragraph':
      return block.tone === 'notice' ? `> ${line(block.text, numbers)}` : line(block.text, numbers);
    case 'list':
      return block.items
        .map(({ text }, index) => `${block.isNumbered ? `${index + 1}.` : '-'} ${line(text, numbers)}`)
        .join('\n');
    case 'facts':
      return block.rows.map(([name, value]) => `- **${escaped(name)}:** ${line(value, numbers)}`).join('\n');
    case 'table':
      return table(block, numbers);
    case 'page':
      return ['---', ...block.blocks.map((one) => rendered(one, numbers))].join('\n\n');
  }
}

/** The document a block at a time. */
export async function* markdownOf({ blocks, numbers }: BriefDocument): AsyncGenerator<string> {
  let between = '';
  for await (const block of blocks) {
    yield `${between}${rendered(block, numbers)}`;
    between = '\n\n';
  }
  yield '\n';
}
