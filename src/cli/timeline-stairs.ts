import { ladder, rungOf } from '../wording/terms.js';

/** A stage takes two columns, so that the line which runs down the page steps to the right as the work advances. */
const step = 2;
export const stairsWidth = 5 * step + 3;

function at(column: number, text: string): string {
  return `${' '.repeat(column)}${text}`.padEnd(stairsWidth);
}

function columnOf(stage: string | undefined): number {
  return stage === undefined ? 0 : step * (rungOf(stage) ?? ladder.length);
}

/** The line at a stage; dotted while nothing is there yet. */
export function running(stage: string | undefined): string {
  return at(columnOf(stage), stage === undefined ? '┊' : '┃');
}

export function marked(stage: string | undefined, mark: string): string {
  return at(columnOf(stage), mark);
}

/** The step from one stage to another: to the right where it advanced, to the left where it fell back. */
export function stepped(from: string | undefined, to: string): string {
  const [start, end] = [columnOf(from), columnOf(to)];
  if (start === end) return running(to);
  const between = '━'.repeat(Math.abs(end - start) - 1);
  return at(Math.min(start, end), end > start ? `┗${between}┓` : `┏${between}┛`);
}
