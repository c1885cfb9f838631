import type { SQLInputValue } from 'node:sqlite';

/** A part of a WHERE clause with the values of its parameters. */
export type Condition = readonly [sql: string, ...values: readonly SQLInputValue[]];

/** All of them together; none asks for nothing. */
export function allOf(conditions: readonly Condition[]): Condition {
  const sql = conditions.map(([one]) => one).join(' AND ');
  return [sql === '' ? 'true' : sql, ...conditions.flatMap(([, ...values]) => values)];
}
