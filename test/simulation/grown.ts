import { expect } from '@jest/globals';
import fc from 'fast-check';
import { PutOff, withTablesApart } from '#libs/projections';
import type { ProjectionDefinition, Sequenced, Tables } from '#libs/projections';
import { readModelsOf } from '../../src/platform/lists/read-models.js';
import type { Told } from './told.js';

/** What becomes of a batch: it is written, taken back and then written event by event, or followed by a restart. */
const fates = ['written', 'taken-back', 'restarted'] as const;

/** How a record is cut into batches; from the beginning again where there are more events. */
export const cuttings = fc.array(fc.record({ size: fc.nat(20), fate: fc.constantFrom(...fates) }), {
  minLength: 1,
  maxLength: 12,
});
type Cutting = typeof cuttings extends fc.Arbitrary<infer C> ? C : never;

/** A bug: what was written at once is written over by what an earlier event of the batch had put off. */
class NothingDropped extends PutOff {
  override drop(): void {}
}

/** One after the other, as the program would without batches. */
const oneByOne: Cutting = [{ size: 0, fate: 'written' }];

function takeIn(
  events: readonly Sequenced[],
  definitions: readonly ProjectionDefinition[],
  { tables, told, putOffs }: Filling,
): void {
  const { record } = told.record.desk.record.projections;
  for (const { name, apply } of definitions) {
    const putOff = new putOffs();
    for (const one of events) apply(one, tables.get(name)!, record, putOff);
    putOff.write();
  }
}

interface Filling {
  readonly told: Told;
  readonly tables: ReadonlyMap<string, Tables>;
  readonly putOffs: typeof PutOff;
}

/** All that the tables hold once the history is in them. A wording may stand there more than once, as it may be said again. */
async function filled(told: Told, cutting: Cutting, putOffs = PutOff): Promise<readonly string[]> {
  const { registry, projections } = told.record.desk.record;
  const events = projections.record.after(told.stage.beforeOrdinal, 100_000);
  let definitions = readModelsOf(registry);
  return withTablesApart(definitions, async (tables) => {
    const filling = { told, tables, putOffs };
    const { db } = [...tables.values()][0]!;
    const inOne = (some: readonly Sequenced[], end: 'COMMIT' | 'ROLLBACK') => {
      db.exec('BEGIN');
      takeIn(some, definitions, filling);
      db.exec(end);
    };
    for (let at = 0, turn = 0; at < events.length; turn += 1) {
      const { size, fate } = cutting[turn % cutting.length]!;
      const batch = events.slice(at, at + size + 1);
      inOne(batch, fate === 'taken-back' ? 'ROLLBACK' : 'COMMIT');
      if (fate === 'taken-back') for (const one of batch) inOne([one], 'COMMIT');
      if (fate === 'restarted') definitions = readModelsOf(registry);
      at += batch.length;
    }
    for (const { name } of registry.slices)
      tables.get(name)!.prepare("INSERT INTO {words} ({words}, rank) VALUES ('integrity-check', 1)").run();
    return rowsOf(db);
  });
}

function rowsOf(db: Tables['db']): readonly string[] {
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_words%' ESCAPE '\\'")
    .all()
    .map(({ name }) => String(name));
  const rows = names.flatMap((name) => {
    const columns = name.endsWith('_wordings') ? 'DISTINCT id, bearer, searched, shown' : '*';
    return db
      .prepare(`SELECT ${columns} FROM "${name}"`)
      .all()
      .map((row) => `${name} ${JSON.stringify(row)}`);
  });
  return rows.sort();
}

/**
 * The read models are the same whether they grew event by event or were built in batches, with restarts and batches that
 * were taken back in between. Gives whether a planted bug would have been seen in this history.
 */
export async function batchesChangeNothing(told: Told, cutting: Cutting): Promise<boolean> {
  const grown = await filled(told, oneByOne);
  expect(await filled(told, cutting)).toEqual(grown);
  const withBug = await filled(told, [{ size: 20, fate: 'written' }], NothingDropped);
  return JSON.stringify(withBug) !== JSON.stringify(grown);
}
