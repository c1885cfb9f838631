import { matchBegins, matchEnds } from './letters.js';

/** A piece of an excerpt; joined, the pieces are its text. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** How much stands before the first match, and how long the excerpt may be. */
const before = 60;
const longest = 240;

/** Where the marks stood, as places in the text without them. */
function rangesOf(marked: string): readonly Range[] {
  const ranges: Range[] = [];
  let place = 0;
  let from = 0;
  for (const character of marked.split('')) {
    if (character === matchBegins) from = place;
    else if (character === matchEnds) ranges.push({ from, to: place });
    else place += 1;
  }
  return ranges;
}

/** A cut in the middle of a word goes to the next gap, if there is one near. */
function gapAfter(text: string, place: number, until: number): number {
  const gap = text.slice(place, until).search(/\s/u);
  return gap === -1 || gap > 20 ? place : place + gap + 1;
}

function gapBefore(text: string, place: number, from: number): number {
  const kept = text.slice(Math.max(from, place - 20), place).replace(/\s+\S*$/u, '');
  return Math.max(from, place - 20) + kept.length;
}

/** What fits in a few lines, from shortly before the first match. */
function windowAround(text: string, first: Range): Range {
  const from = first.from <= before ? 0 : gapAfter(text, first.from - before, first.from);
  const furthest = Math.max(from + longest, first.to);
  return { from, to: furthest >= text.length ? text.length : gapBefore(text, furthest, first.to) };
}

/**
 * The excerpt around the first match. `marked` is the searched text with marks around what matched; `asWritten` is the
 * same text as people wrote it, character by character, or null where it is the same.
 */
export function excerptOf(marked: string, asWritten: string | null): readonly Piece[] {
  const ranges = rangesOf(marked);
  const shown = asWritten ?? marked.replaceAll(matchBegins, '').replaceAll(matchEnds, '');
  const [first] = ranges;
  if (first === undefined) return [];
  const window = windowAround(shown, first);
  const pieces: Piece[] = [];
  const add = (text: string, isMatch: boolean) => {
    if (text !== '') pieces.push({ text, isMatch });
  };
  let place = window.from;
  if (window.from > 0) add('… ', false);
  for (const { from, to } of ranges.filter((one) => one.from >= window.from && one.to <= window.to)) {
    add(shown.slice(place, from), false);
    add(shown.slice(from, to), true);
    place = to;
  }
  add(shown.slice(place, window.to), false);
  if (window.to < shown.length) add(' …', false);
  return pieces;
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}
