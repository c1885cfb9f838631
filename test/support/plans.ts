import type { SQLInputValue } from 'node:sqlite';
import type { Tables } from '#libs/projections';
import type { OpenRecord } from '../../src/platform/record.js';

interface Explained {
  readonly record: OpenRecord;
  /** How SQLite goes about each query that is put to the lists through this record: one text for each query. */
  readonly plans: string[];
  /** How many rows each gave that was asked for all of them, with its text. */
  readonly given: { readonly sql: string; readonly rows: number }[];
}

export function explaining(record: OpenRecord): Explained {
  const plans: string[] = [];
  const given: { sql: string; rows: number }[] = [];
  const watched = (tables: Tables): Tables => ({
    db: tables.db,
    table: (logical) => tables.table(logical),
    prepare: (sql) => {
      const steps = tables.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      plans.push(steps.map(({ detail }) => String(detail)).join('\n'));
      const statement = tables.prepare(sql);
      const all = (...values: SQLInputValue[]) => {
        const rows = statement.all(...values);
        given.push({ sql, rows: rows.length });
        return rows;
      };
      return Object.assign(Object.create(statement), { all, get: statement.get.bind(statement) }) as never;
    },
  });
  const projections = Object.create(record.projections, {
    record: { get: () => record.projections.record },
    view: {
      value: (name: string) => {
        const { tables, ordinal } = record.projections.view(name);
        return { tables: watched(tables), ordinal };
      },
    },
  }) as OpenRecord['projections'];
  return { record: { ...record, projections }, plans, given };
}
