import type { Field, Shape } from '#libs/decider';
import type { Problem } from '#libs/problem-details';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { problemAt } from '../platform/problems/problem-at.js';

/** The cells of a row by the steps of their columns: `title.en` stands at `{ title: { en } }`. */
interface Tree {
  readonly [step: string]: string | Tree;
}

export interface Reading {
  /** In which language texts are whose columns name none. */
  readonly language?: string | undefined;
  /** How the file writes days, where it does not write them as EDTF does. */
  readonly dates?: DateForm | undefined;
}

export const dateForms = ['DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const;
export type DateForm = (typeof dateForms)[number];

/** Between the members of a list in one cell. */
const between = '|';

/** As `2025-04-10` is written in EDTF; what is not of the form is left as it is, for the check to name. */
function dayIn(text: string, form: DateForm | undefined): string {
  if (form === undefined) return text;
  const found = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
  if (found === null || text.includes('.') !== form.includes('.')) return text;
  const [, first = '', second = '', year = ''] = found;
  const [day, month] = form.startsWith('DD') ? [first, second] : [second, first];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** What can't be what the field takes stays text, so that the check of the body says what is wrong with it. */
function scalar(field: Field, text: string, reading: Reading): unknown {
  const trimmed = text.trim();
  switch (field.kind) {
    case 'integer':
      return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : trimmed;
    case 'flag':
      return trimmed === 'true' ? true : trimmed === 'false' ? false : trimmed;
    case 'date':
    case 'occurred':
      return dayIn(trimmed, reading.dates);
    default:
      return trimmed;
  }
}

/** A list of one-word shapes is written as a list of these words: a source by its reference, wording by its kind. */
function elementOf(field: Field, text: string, reading: Reading): unknown {
  if (field.kind !== 'shape') return valueOf(field, text, reading);
  const [only] = Object.entries(field.of).filter(([, one]) => one.optional !== true);
  return only === undefined ? text : { [only[0]]: valueOf(only[1], text, reading) };
}

function listOf(of: Field, cell: string | Tree, reading: Reading): unknown {
  if (typeof cell !== 'string') {
    const odd = Object.keys(cell).find((place) => !/^[1-9]\d{0,3}$/.test(place));
    if (odd !== undefined) throw columnWrong(odd, 'is no place in a list: 1 is its first');
    const byPlace = Object.entries(cell).toSorted(([one], [other]) => Number(one) - Number(other));
    return byPlace.map(([, one]) => valueOf(of, one, reading));
  }
  return cell
    .split(between)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => elementOf(of, one, reading));
}

/** Free text keeps its spaces within; a spreadsheet's line ends become those of the record. */
function textOf(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

function valueOf(field: Field, cell: string | Tree, reading: Reading): unknown {
  switch (field.kind) {
    case 'list':
      return listOf(field.of, cell, reading);
    case 'shape':
      return typeof cell === 'string' ? cell : bodyFrom(field.of, cell, reading);
    case 'text':
      if (typeof cell !== 'string')
        return mapped(cell, (one) => (typeof one === 'string' ? textOf(one) : one));
      return reading.language === undefined ? cell : { [reading.language]: textOf(cell) };
    case 'byParty':
      return typeof cell === 'string' ? cell : mapped(cell, (one) => valueOf(field.of, one, reading));
    case 'texts':
      return typeof cell === 'string' ? cell : mapped(cell, (one) => valueOf({ kind: 'text' }, one, reading));
    case 'occurred':
    case 'words':
      return typeof cell === 'string' ? scalar(field, cell, reading) : cell;
    default:
      return typeof cell === 'string' ? scalar(field, cell, reading) : cell;
  }
}

function mapped(tree: Tree, of: (one: string | Tree) => unknown): object {
  return Object.fromEntries(Object.entries(tree).map(([step, one]) => [step, of(one)]));
}

function bodyFrom(shape: Shape, tree: Tree, reading: Reading): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, cell]) => {
      const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
      return [name, field === undefined ? cell : valueOf(field, cell, reading)];
    }),
  );
}

/** Throws where two columns of the row say what stands at one place, of which only one could count. */
function treeOf(cells: { readonly [column: string]: string }): Tree {
  const tree: Tree = bare();
  for (const [column, text] of Object.entries(cells)) {
    const steps = column.split('.');
    const last = steps.pop() ?? column;
    let at = tree as Record<string, string | Tree>;
    for (const step of steps) {
      const below = (at[step] ??= bare());
      if (typeof below === 'string') throw saidTwice(column);
      at = below;
    }
    if (at[last] !== undefined) throw saidTwice(column);
    at[last] = text;
  }
  return tree;
}

/** A column may be called as something that every object has. */
function bare(): Record<string, string | Tree> {
  return Object.create(null) as Record<string, string | Tree>;
}

function saidTwice(column: string): Problem {
  return columnWrong(column, 'is the whole or a part of another column that says something in this row');
}

function columnWrong(column: string, fault: string): Problem {
  const named = column.slice(0, 60);
  return problemAt(platformProblems.VALIDATION_FAILED, [named], fault, `${named} ${fault}.`);
}

/** The cells of a row as the body of an act: columns are fields, `title.en` a text in a language, `a|b` a list. */
export function bodyOfCells(
  shape: Shape,
  cells: { readonly [column: string]: string },
  reading: Reading = {},
): Record<string, unknown> {
  return bodyFrom(shape, treeOf(cells), reading);
}

/** Whether some act with such fields can take what the column holds. */
export function isColumnOf(shape: Shape, column: string): boolean {
  const [first = ''] = column.split('.');
  return Object.hasOwn(shape, first);
}
