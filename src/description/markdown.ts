import { Lexer, Marked } from 'marked';
import type { MarkedToken, TokenizerAndRendererExtension, TokenizerThis, Tokens } from 'marked';

/** A line `::name words`: what stands there is drawn from the program, or is another part of the guide. */
export interface Directive {
  readonly type: 'directive';
  readonly raw: string;
  readonly name: string;
  readonly words: string;
}

/** A term, and on the line under it, behind a colon, what it means: Markdown itself has no such lists. */
export interface Definitions {
  readonly type: 'definitions';
  readonly raw: string;
  readonly items: readonly { readonly term: Span[]; readonly meaning: Span[] }[];
}

/** What stands within a paragraph, a heading or a cell. */
export type Span = Tokens.Text | Tokens.Escape | Tokens.Codespan | Tokens.Strong | Tokens.Em | Tokens.Link;

type Taken = Directive | Definitions | Tokens.Heading | Tokens.Paragraph | Tokens.List | Tokens.Code;

/** A block of a guide, and where it was written. */
export type Block = Taken & { readonly place: Place };

export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A guide that can't be shown as it is written. It is found at the start, by whoever has just edited it. */
export class GuideRefused extends Error {
  constructor({ file, line }: Place, why: string) {
    super(`${file}:${line}: ${why}`);
    this.name = 'GuideRefused';
  }
}

const directive: TokenizerAndRendererExtension = {
  name: 'directive',
  level: 'block',
  start(source) {
    const before = source.indexOf('\n::');
    return before < 0 ? undefined : before + 1;
  },
  tokenizer(source) {
    const [raw, name, words = ''] = /^::([a-z-]+)(?: +([^\n]+))?(?:\n+|$)/.exec(source) ?? [];
    return raw === undefined || name === undefined ? undefined : { type: 'directive', raw, name, words };
  },
};

/** No list of terms begins with a fence, a heading or a directive. */
const terms = /^(?:(?!```|#|:)[^\n]+\n: [^\n]+(?:\n[^\n]+)*(?:\n+|$))+/;

const definitions: TokenizerAndRendererExtension = {
  name: 'definitions',
  level: 'block',
  tokenizer(this: TokenizerThis, source) {
    const [raw] = terms.exec(source) ?? [];
    if (raw === undefined) return undefined;
    const items = raw
      .trim()
      .split(/\n{2,}/)
      .map((item) => {
        const end = item.indexOf('\n: ');
        return {
          term: this.lexer.inlineTokens(item.slice(0, end)),
          meaning: this.lexer.inlineTokens(item.slice(end + 3)),
        };
      });
    return { type: 'definitions', raw, items };
  },
};

const marked = new Marked({ extensions: [directive, definitions] });

const spans = ['text', 'escape', 'codespan', 'strong', 'em', 'link'];
const blocks = ['space', 'heading', 'paragraph', 'list', 'list_item', 'code', 'directive', 'definitions'];
const taken = new Set([...spans, ...blocks]);

type Any = MarkedToken | Directive | Definitions;

function within(token: Any): readonly Any[] {
  if (token.type === 'list') return token.items;
  if (token.type === 'definitions') return token.items.flatMap(({ term, meaning }) => [...term, ...meaning]);
  return 'tokens' in token ? ((token.tokens ?? []) as readonly Any[]) : [];
}

/** The first token in it that no guide may have; HTML above all, which would be shown as whatever it says. */
function foreign(token: Any): Any | undefined {
  return taken.has(token.type)
    ? within(token)
        .map(foreign)
        .find((one) => one !== undefined)
    : token;
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}

function checked(token: Any, place: Place): void {
  const other = foreign(token);
  if (other !== undefined) {
    const before = token.raw.slice(0, Math.max(0, token.raw.indexOf(other.raw)));
    const what = other.type === 'html' ? 'raw HTML' : `Markdown of the kind "${other.type}"`;
    throw new GuideRefused(
      { file: place.file, line: place.line + lineBreaks(before) },
      `a guide has no ${what}: ${other.raw.trim().slice(0, 60)}`,
    );
  }
  if (token.type === 'paragraph' && /^:/m.test(token.raw))
    throw new GuideRefused(place, 'a directive stands by itself, and a meaning under its term');
}

/** The blocks of a guide. Throws `GuideRefused` where something in it is none of what guides are made of. */
export function blocksOf(file: string, text: string): readonly Block[] {
  let line = 1;
  return marked.lexer(text).flatMap((one) => {
    const token = one as Any;
    const place = { file, line };
    line += lineBreaks(token.raw);
    checked(token, place);
    return token.type === 'space' ? [] : [{ ...(token as Taken), place }];
  });
}

/** The words of one line. */
export function spansOf(text: string): Span[] {
  return Lexer.lexInline(text) as Span[];
}
