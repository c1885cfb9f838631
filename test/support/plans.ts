import type { Tables } from '#libs/projections';
import type { OpenRecord } from '../../src/platform/record.js';

/** The record, and how SQLite goes about each query that is put to its lists through it: one text for each query. */
export function explaining(record: OpenRecord): { readonly record: OpenRecord; readonly plans: string[] } {
  const plans: string[] = [];
  const watched = (tables: Tables): Tables => ({
    db: tables.db,
    table: (logical) => tables.table(logical),
    prepare: (sql) => {
      const steps = tables.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      plans.push(steps.map(({ detail }) => String(detail)).join('\n'));
      return tables.prepare(sql);
    },
  });
  const projections = Object.create(record.projections, {
    record: { get: () => record.projections.record },
    view: {
      value: (name: string) => {
        const { tables, seq } = record.projections.view(name);
        return { tables: watched(tables), seq };
      },
    },
  }) as OpenRecord['projections'];
  return { record: { ...record, projections }, plans };
}
