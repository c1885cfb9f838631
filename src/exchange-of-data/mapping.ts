import { choice, language, line, optional, shape, words } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { readJson } from '../platform/http/json-body.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { classOf } from '../platform/shapes/body-class.js';
import { isObject } from '../platform/shapes/sent.js';
import { checked } from '../platform/shapes/validation.js';
import { dateForms } from './cells.js';
import type { DateForm } from './cells.js';
import type { Row } from './row.js';

type Names = { readonly [name: string]: string };

/** How the columns of a file that was made for something else become fields. */
export interface Mapping {
  /** Which act each row is, where the rows do not say it. */
  readonly act?: string;
  /** Column → field; `""` leaves the column out. */
  readonly columns?: Names;
  /** Field → what each row says there that says nothing of its own. */
  readonly constants?: { readonly [field: string]: unknown };
  /** Field → what the file writes → what is meant. */
  readonly values?: { readonly [field: string]: Names };
  readonly language?: string;
  readonly dates?: DateForm;
}

const mappingShape = {
  act: optional(line(80)),
  columns: optional(words),
  constants: optional(words),
  values: optional(words),
  language: optional(language),
  dates: optional(choice(...dateForms)),
};

function invalid(detail: string): Problem {
  return new Problem(platformProblems.IMPORT_MAPPING_INVALID, { detail });
}

function isNames(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((one) => typeof one === 'string');
}

/** Throws the problem that names what is wrong with it. */
export async function readMapping(text: string): Promise<Mapping> {
  let value: unknown;
  try {
    value = readJson(Buffer.from(text));
  } catch (error) {
    if (error instanceof Problem) throw invalid(error.detail);
    throw error;
  }
  const { value: mapping, faults } = await checked(classOf(shape(mappingShape).of), value);
  const [fault] = faults.all;
  if (fault !== undefined) throw invalid(`${fault.pointer?.slice(1) ?? 'it'} ${fault.detail}.`);
  const { columns = {}, values = {} } = mapping as Mapping;
  if (!isNames(columns)) throw invalid('columns names for each column of the file the field that it is.');
  const odd = Object.entries(values).find(([, one]) => !isNames(one));
  if (odd !== undefined)
    throw invalid(`values.${odd[0]} names for each value of the file the one that is meant.`);
  return mapping;
}

/** The field that a column is; empty where it is left out. */
export function fieldOf(column: string, { columns = {} }: Mapping): string {
  return Object.hasOwn(columns, column) ? (columns[column] ?? '') : column;
}

/** The row under the names that fields have, with what it means in place of what it writes. */
export function mapped(row: Row, mapping: Mapping): Row {
  const { constants = {}, values = {} } = mapping;
  const own = new Map<string, unknown>();
  for (const [column, value] of Object.entries(row.values)) {
    const field = fieldOf(column, mapping);
    if (field === '' || value === '') continue;
    if (own.has(field)) throw invalid(`Two columns of the row are “${field}”: “${column}” is one of them.`);
    const meant = Object.hasOwn(values, field) ? values[field] : undefined;
    const written = typeof value === 'string' ? value.trim() : undefined;
    const isMeant = meant !== undefined && written !== undefined && Object.hasOwn(meant, written);
    own.set(field, isMeant ? meant[written] : value);
  }
  return { ...row, values: { ...constants, ...Object.fromEntries(own) } };
}
