import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { Tables } from './definitions.js';

export interface SlotKey {
  readonly name: string;
  readonly version: number;
  readonly slot: number;
}

/** Queries are few and fixed in practice; the bound keeps generated texts from filling the memory. */
const cachedStatements = 256;

/** Names of projections hold no underscore, so one slot's prefix is never the beginning of another's. */
export function tablePrefix({ name, version, slot }: SlotKey): string {
  return `${name}_v${version}_s${slot}_`;
}

export class SlotTables implements Tables {
  readonly #statements = new Map<string, StatementSync>();

  constructor(
    readonly db: DatabaseSync,
    private readonly key: SlotKey,
  ) {}

  table(logical: string): string {
    return `"${tablePrefix(this.key)}${logical}"`;
  }

  prepare(sql: string): StatementSync {
    const cached = this.#statements.get(sql);
    if (cached !== undefined) return cached;
    const [oldest] = this.#statements.keys();
    if (oldest !== undefined && this.#statements.size >= cachedStatements) this.#statements.delete(oldest);
    const statement = this.db.prepare(this.named(sql));
    this.#statements.set(sql, statement);
    return statement;
  }

  /** The text with every `{x}` replaced. */
  named(sql: string): string {
    return sql.replace(/\{([A-Za-z]\w*)\}/g, (_, logical: string) => this.table(logical));
  }
}
