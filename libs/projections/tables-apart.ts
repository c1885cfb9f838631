import { DatabaseSync } from 'node:sqlite';

import type { ProjectionDefinition, Tables } from './definitions.js';
import { SlotTables } from './slot-tables.js';

/**
 * Tables of these definitions in memory, empty and beside the read models, for as long as the work lasts: for questions
 * about a moment of which no read model is kept.
 */
export async function withTablesApart<T>(
  definitions: readonly Pick<ProjectionDefinition, 'name' | 'schema'>[],
  work: (tables: ReadonlyMap<string, Tables>) => Promise<T>,
): Promise<T> {
  const db = new DatabaseSync(':memory:');
  try {
    const apart = definitions.map(({ name, schema }) => {
      const tables = new SlotTables(db, { name, version: 0, slot: 0 });
      for (const statement of schema) db.exec(tables.named(statement));
      return [name, tables] as const;
    });
    return await work(new Map(apart));
  } finally {
    db.close();
  }
}
