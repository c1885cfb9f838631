import { Problem, problemSlug } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';

/** What is wrong with a row. */
export interface Fault {
  /** Of the file, from 1; that on which the row begins. */
  readonly line: number;
  /** The column or member as the file calls it, where it is one. */
  readonly field?: string;
  /** As on the wire: the last part of the address of its page under /problems. */
  readonly code: string;
  readonly detail: string;
}

/** One row as the file has it. A cell is text; a line of JSON holds values. */
export interface Row {
  readonly line: number;
  readonly isText: boolean;
  readonly values: { readonly [field: string]: unknown };
}

/** A row, or what is wrong with the line: the rows after it can still be read. */
export type Read = Row | { readonly line: number; readonly faults: readonly Fault[] };

/** As a body of one act has it. */
export const rowBytesMax = 256 * 1024;
/** As many as a spreadsheet has: lines in which nothing stands are no rows, and take time all the same. */
export const linesMax = 1_048_576;

export function unreadable(detail: string): Problem {
  return new Problem(platformProblems.IMPORT_UNREADABLE, { detail });
}

export function tooManyLines(): Problem {
  const detail = `The file has more than ${linesMax.toLocaleString('en')} lines; take out those in which nothing stands.`;
  return new Problem(platformProblems.IMPORT_TOO_LONG, { detail });
}

const detailMax = 500;

/** What a problem says of the row on this line: a fault for each field that it names, by what the file calls it. */
export function faultsOf(
  problem: Problem,
  line: number,
  placeOf: (steps: readonly string[]) => string = (steps) => steps.join('.'),
): readonly Fault[] {
  const { errors, detail, kind } = problem;
  const code = problemSlug(kind.code);
  const short = (words: string) => (words.length > detailMax ? `${words.slice(0, detailMax)}…` : words);
  if (errors.length === 0) return [{ line, code, detail: short(detail) }];
  return errors.map((one) => ({
    line,
    ...(one.pointer === undefined ? {} : { field: placeOf(stepsOf(one.pointer)).slice(0, 120) }),
    code,
    detail: short(one.detail),
  }));
}

/** Of a JSON Pointer (RFC 6901): `/title/en` → `title`, `en`. */
function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
