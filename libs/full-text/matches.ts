import type { Term } from './query.js';
import { tokensOf, wordsIn } from './tokens.js';
import type { Token } from './tokens.js';

/** A stretch of a text, in code units. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** How far after the first match others are looked for: further than any excerpt goes. */
const reach = 1_000;
const beginning = 3_000;
/** More words than one character can be: an Arabic ligature is four. */
const margin = 8;

interface Wanted {
  /** The words of the term with a gap before each, and after the last one unless that may go on. */
  readonly line: string;
  readonly words: number;
}

function wantedOf({ words, isBeginning }: Term): Wanted {
  const found = wordsIn(words);
  return { line: ` ${found.join(' ')}${isBeginning ? '' : ' '}`, words: found.length };
}

/** The words of the term as `standsIn` looks for them. */
export function lineOf(term: Term): string {
  return wantedOf(term).line;
}

/** Whether a text that is searched has the words of that line: what the index says of it, without asking the index. */
export function standsIn(searched: string, line: string): boolean {
  return ` ${wordsIn(searched).join(' ')} `.includes(line);
}

function matchesAmong(tokens: readonly Token[], wanted: readonly Wanted[]): readonly Range[] {
  const line = ` ${tokens.map(({ text }) => text).join(' ')} `;
  const places = wanted.map((one) => line.indexOf(one.line)).filter((place) => place !== -1);
  const first = Math.min(...places);
  const ranges: Range[] = [];
  let place = 0;
  for (const [index, { text, from }] of tokens.entries()) {
    if (ranges[0] !== undefined && from > ranges[0].from + reach) break;
    if (place >= first) {
      for (const { words } of wanted.filter((one) => line.startsWith(one.line, place)))
        ranges.push({ from, to: tokens[index + words - 1]?.to ?? from });
    }
    place += text.length + 1;
  }
  return ranges;
}

/**
 * Where the terms stand in a text that is shown: the first place, and those near it, in their order. Most stand near the
 * beginning of a text, and then the rest is not gone through.
 */
export function matchesIn(shown: string, terms: readonly Term[]): readonly Range[] {
  const wanted = terms.map(wantedOf);
  if (shown.length > beginning) {
    // The last character may go on, and with it the last word.
    const early = matchesAmong(tokensOf(shown.slice(0, beginning)).slice(0, -margin), wanted);
    if (early[0] !== undefined && early[0].from + reach < beginning) return early;
  }
  return matchesAmong(tokensOf(shown), wanted);
}
