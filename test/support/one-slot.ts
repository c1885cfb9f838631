import { DatabaseSync } from 'node:sqlite';
import type { Tables } from '#libs/projections';

/** Tables as the read models have them, of one slot. */
export class OneSlot implements Tables {
  readonly db = new DatabaseSync(':memory:');

  table(logical: string): string {
    return `"ledger_${logical}"`;
  }

  prepare(sql: string) {
    return this.db.prepare(this.named(sql));
  }

  named(sql: string): string {
    return sql.replace(/\{(\w+)\}/g, (_, logical: string) => this.table(logical));
  }
}
