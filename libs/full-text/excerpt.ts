import { cuttable, downTo, moved, upTo } from './cutting.js';
import type { Cuttable } from './cutting.js';
import type { Range } from './matches.js';

/** A piece of an excerpt; joined, the pieces are its text. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** In code points: how much stands before the first match, how long the excerpt may be, how far a gap may be. */
const before = 60;
const longest = 240;
const near = 20;

const cutBefore = '… ';
const cutAfter = ' …';

/** Matches as they can be marked: whole characters, each once. */
function marksOf(matches: readonly Range[], text: Cuttable): readonly Range[] {
  const marks: Range[] = [];
  for (const match of matches.toSorted((one, other) => one.from - other.from)) {
    const [from, to] = [downTo(match.from, text), upTo(match.to, text)];
    const last = marks.at(-1);
    if (last === undefined || from >= last.to) marks.push({ from, to });
    else marks[marks.length - 1] = { from: last.from, to: Math.max(to, last.to) };
  }
  return marks;
}

/** A cut in the middle of a word goes to the next gap, if there is one near. */
function beginningOf(first: Range, text: Cuttable): number {
  const place = moved(first.from, -before, text);
  if (place === 0) return 0;
  const gap = text.text.slice(place, Math.min(first.from, moved(place, near, text))).search(/\s/u);
  return upTo(gap === -1 ? place : place + gap + 1, text);
}

function endOf(from: number, first: Range, text: Cuttable): number {
  const room = longest - (from === 0 ? 0 : cutBefore.length);
  if (moved(from, room, text) === text.text.length) return text.text.length;
  const place = downTo(moved(from, room - cutAfter.length, text), text);
  const earliest = Math.max(from, Math.min(place, first.to), moved(place, -near, text));
  const kept = text.text.slice(earliest, place).search(/\s+\S*$/u);
  return kept === -1 ? place : downTo(earliest + kept, text);
}

/** What fits in a few lines, from shortly before the first match; all of it where that fits. */
function windowAround(first: Range, text: Cuttable): Range {
  if (moved(0, longest, text) === text.text.length) return { from: 0, to: text.text.length };
  const from = beginningOf(first, text);
  return { from, to: endOf(from, first, text) };
}

/**
 * The excerpt around the first match, of at most 240 code points and of whole characters only; a match that is longer
 * is cut like any other text. `matches` are where the text has what was looked for.
 */
export function excerptOf(shown: string, matches: readonly Range[]): readonly Piece[] {
  const text = cuttable(shown);
  const marks = marksOf(matches, text);
  const [first] = marks;
  if (first === undefined) return [];
  const window = windowAround(first, text);
  const pieces: Piece[] = [];
  const add = (piece: string, isMatch: boolean) => {
    if (piece !== '') pieces.push({ text: piece, isMatch });
  };
  let place = window.from;
  if (window.from > 0) add(cutBefore, false);
  for (const { from, to } of marks.filter((one) => one.to > window.from && one.from < window.to)) {
    add(shown.slice(place, from), false);
    add(shown.slice(Math.max(from, place), Math.min(to, window.to)), true);
    place = Math.min(to, window.to);
  }
  add(shown.slice(place, window.to), false);
  if (window.to < shown.length) add(cutAfter, false);
  return pieces;
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}
