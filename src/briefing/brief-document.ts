import { wording } from '#libs/decider';
import type { LangText, SourceRef } from '#libs/decider';
import type { Spoken, Told } from '../wording/spoken.js';

/** A piece of a line. Plain text is a string; all of it is escaped by whoever renders it. */
export type Inline =
  | string
  | { readonly strong: string | Line }
  /** What somebody wrote, in its language; null for a name, or a title as it was given, of which none is known. */
  | { readonly words: string; readonly lang: string | null; readonly quoted: boolean }
  | { readonly source: string; readonly locator?: string }
  | { readonly to: string; readonly text: string }
  | { readonly address: string };
export type Line = readonly Inline[];

/** A party says something; `quiet` is about the document itself, `notice` must not be overlooked. */
type Tone = 'plain' | 'quiet' | 'notice';

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly id?: string; readonly text: Line }
  | { readonly kind: 'paragraph'; readonly tone: Tone; readonly text: Line }
  | { readonly kind: 'list'; readonly isNumbered: boolean; readonly items: readonly ListItem[] }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: Line])[] }
  /** The first cell of each row is its header. */
  | {
      readonly kind: 'table';
      /** Of two sides, whose columns are equally wide. */
      readonly isSideBySide?: true;
      readonly label: string;
      readonly head: readonly (string | Line)[];
      readonly rows: readonly (readonly Line[])[];
    }
  /** Begins on a page of its own where it is printed; its first block is its heading. */
  | { readonly kind: 'page'; readonly id: string; readonly blocks: readonly Block[] };

export interface ListItem {
  readonly id?: string;
  readonly text: Line;
}

/** The number by which each source is cited, in the order in which it first is. */
export type Numbers = ReadonlyMap<string, number>;

/** One document, rendered twice: what HTML says, Markdown says too. */
export interface BriefDocument {
  readonly title: string;
  /** Made one after the other as they are asked for, so that a long book holds neither memory nor anybody else. */
  readonly blocks: AsyncIterable<Block> | Iterable<Block>;
  /** Of what the blocks given so far cite. */
  readonly numbers: Numbers;
}

export function heading(level: 1 | 2 | 3, ...text: Line): Block {
  return { kind: 'heading', level, text };
}

/** A heading that the contents lead to. */
export function anchored(id: string, text: string): Block {
  return { kind: 'heading', level: 2, id, text: [text] };
}

export function paragraph(...text: Line): Block {
  return { kind: 'paragraph', tone: 'plain', text };
}

export function quiet(...text: Line): Block {
  return { kind: 'paragraph', tone: 'quiet', text };
}

export function notice(...text: Line): Block {
  return { kind: 'paragraph', tone: 'notice', text };
}

export function list(items: readonly Line[]): Block {
  return { kind: 'list', isNumbered: false, items: items.map((text) => ({ text })) };
}

/** A heading and what stands under it; nothing where there is nothing. */
export function section(title: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.length === 0 ? [] : [heading(3, title), ...blocks];
}

export function joined(lines: readonly Line[], between: string): Line {
  return lines.flatMap((line, index) => (index === 0 ? line : [between, ...line]));
}

/** One wording, of a title or a name; in English where there is one. */
export function named(text: LangText | null | undefined, otherwise: string): Line {
  const words = wording(text ?? undefined);
  if (text === null || text === undefined || words === '') return [otherwise];
  const [lang = 'en'] = Object.entries(text).find(([, one]) => one === words) ?? [];
  return [{ words, lang, quoted: false }];
}

/** What somebody wrote, of which no language is known. */
export function given(words: string): Inline {
  return { words, lang: null, quoted: false };
}

/** A sentence of ours, and in it what somebody wrote. */
export function told(pieces: readonly Told[]): Line {
  return pieces.map(({ text, isWritten }) => (isWritten ? given(text) : text));
}

/** Words in one language: quoted where they are what was said, and otherwise with whose they are. */
export function spokenWords(
  one: Pick<Spoken, 'text' | 'isQuotable' | 'whose'> & { readonly lang: string | null },
): Line {
  const words: Inline = { words: one.text, lang: one.lang, quoted: one.isQuotable };
  return one.whose.length === 0 ? [words] : [words, ' (', ...told(one.whose), ')'];
}

/** What was said, in every language in which it is recorded; nothing where no words are. */
export function quotations(all: readonly Spoken[]): Line {
  return joined(all.map(spokenWords), ' / ');
}

/** Each citation with a space before it, to follow what it supports. */
export function cited(refs: readonly SourceRef[]): Line {
  return refs.flatMap(({ sourceId, locator }): Line => [
    ' ',
    { source: sourceId, ...(locator === undefined ? {} : { locator }) },
  ]);
}

/** The line where no more than text can stand, as in a title or an attribute. */
export function textOf(line: string | Line): string {
  if (typeof line === 'string') return line;
  return line.map((part) => (typeof part === 'string' ? part : 'words' in part ? part.words : '')).join('');
}

function linesOf(block: Block): readonly Line[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [block.text];
    case 'list':
      return block.items.map((one) => one.text);
    case 'facts':
      return block.rows.map(([, value]) => value);
    case 'table':
      return block.rows.flat();
    case 'page':
      return block.blocks.flatMap(linesOf);
  }
}

/** The ids of the sources in the order in which they are first cited. */
export function sourcesIn(blocks: readonly Block[]): readonly string[] {
  const ids = blocks
    .flatMap(linesOf)
    .flat()
    .flatMap((one) => (typeof one === 'object' && 'source' in one ? [one.source] : []));
  return [...new Set(ids)];
}
