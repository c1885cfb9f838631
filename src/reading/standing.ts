import type { Tables } from '#libs/projections';
import { allOf } from './condition.js';
import type { Condition } from './condition.js';
import type { Part } from './read-model.js';

/** With the names that the tables have in the database, for a statement on the tables of another list. */
export function realNames(sql: string, tables: Tables): string {
  return sql.replace(/\{(\w+)\}/g, (_, table: string) => tables.table(table));
}

/** Narrows rows of a table beside the entries to those of the entries that are meant. */
export function ofEntries({ only }: Part): Condition {
  if (only.length === 0) return ['true'];
  const [where, ...values] = allOf(only);
  return [`id IN (SELECT id FROM {entries} WHERE ${where})`, ...values];
}

/** Of words and of who is concerned: what stands, or stood as of the place in the record that is meant. */
export function standing({ upTo }: Part): Condition {
  return upTo === undefined ? ['until IS NULL'] : ['since <= ? AND (until IS NULL OR until > ?)', upTo, upTo];
}

/** The same of the entries that are meant. */
export function standingOfEntries(part: Part): Condition {
  return allOf([standing(part), ofEntries(part)]);
}

export function among(column: string, json: string): Condition {
  return [`${column} IN (SELECT value FROM json_each(?))`, json];
}
