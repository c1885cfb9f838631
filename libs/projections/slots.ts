import type { StatementSync } from 'node:sqlite';

import type { Position } from '#libs/event-store';

import { CheckpointMoved } from './errors.js';
import type { ReadModels } from './read-models.js';
import { SlotTables, tablePrefix, type SlotKey } from './slot-tables.js';

/** Which go on together changes as one falls back and comes up again. */
const togetherMost = 50;

export type SlotState = 'building' | 'active' | 'retired';

export interface Checkpoint {
  readonly ordinal: number;
  /** Kept by the record only; the others follow its ordinal. */
  readonly position: Position | undefined;
}

/** How far a slot has come from where it was; of a projection that follows the record's ordinal. */
export interface Advance {
  readonly slot: SlotKey;
  readonly from: number;
  readonly to: number;
}

export interface Slot extends SlotKey, Checkpoint {
  readonly state: SlotState;
}

/** Which tables each projection has, which of them serve, and how far each has come. */
export class Slots {
  readonly #advance: StatementSync;
  /** By the slots that go on together: nearly always the same. */
  readonly #together = new Map<string, StatementSync>();

  constructor(private readonly models: ReadModels) {
    this.#advance = models.db.prepare(
      `UPDATE slot SET ordinal = ?, position = ?
       WHERE name = ? AND slot = ? AND ordinal = ? AND position IS ? AND state <> 'retired'`,
    );
  }

  /** The newest first. */
  of(name: string): Slot[] {
    const rows = this.models.db.prepare('SELECT * FROM slot WHERE name = ? ORDER BY slot DESC').all(name);
    return rows.map((row) => ({
      name,
      version: Number(row['version']),
      slot: Number(row['slot']),
      state: row['state'] as SlotState,
      ordinal: Number(row['ordinal']),
      position: (row['position'] ?? undefined) as Position | undefined,
    }));
  }

  tables(key: SlotKey): SlotTables {
    return new SlotTables(this.models.db, key);
  }

  create(
    { name, version, schema }: { name: string; version: number; schema: readonly string[] },
    state: 'building' | 'active',
  ): Slot {
    const slot: Slot = {
      name,
      version,
      slot: (this.of(name)[0]?.slot ?? 0) + 1,
      state,
      ordinal: -1,
      position: undefined,
    };
    this.models.transaction(() => {
      this.models.db
        .prepare('INSERT INTO slot (name, version, slot, state, ordinal) VALUES (?, ?, ?, ?, -1)')
        .run(name, version, slot.slot, state);
      const tables = this.tables(slot);
      for (const statement of schema) this.models.db.exec(tables.named(statement));
    });
    return slot;
  }

  /** Inside the transaction that wrote the rows. The guard refuses if the checkpoint is not where this writer left it. */
  advance({ name, slot }: SlotKey, from: Checkpoint, to: Checkpoint): void {
    const { changes } = this.#advance.run(
      to.ordinal,
      to.position ?? null,
      name,
      slot,
      from.ordinal,
      from.position ?? null,
    );
    if (changes !== 1) throw new CheckpointMoved(name);
  }

  /** As `advance`; those that went the same way in one statement. */
  advanceAll(advances: readonly Advance[]): void {
    const ways = Map.groupBy(advances, ({ from, to }) => `${from} ${to}`);
    for (const together of ways.values()) {
      const [{ from, to } = { from: 0, to: 0 }] = together;
      // Names are letters, digits and hyphens, as whoever defines a projection is told.
      const keys = together.map(({ slot: { name, slot } }) => `('${name}', ${slot})`).join(', ');
      const { changes } = this.#advanceTogether(keys).run(to, from);
      if (changes !== together.length)
        throw new CheckpointMoved(together.map(({ slot }) => slot.name).join(', '));
    }
  }

  #advanceTogether(keys: string): StatementSync {
    const known = this.#together.get(keys);
    if (known !== undefined) return known;
    const statement = this.models.db.prepare(
      `UPDATE slot SET ordinal = ? WHERE (name, slot) IN (VALUES ${keys})
         AND ordinal = ? AND position IS NULL AND state <> 'retired'`,
    );
    if (this.#together.size >= togetherMost) this.#together.clear();
    this.#together.set(keys, statement);
    return statement;
  }

  /** Inside a transaction. What served until now is kept for a roll-back. */
  activate({ name, slot }: SlotKey): void {
    const { db } = this.models;
    db.prepare(`UPDATE slot SET state = 'retired' WHERE name = ? AND state = 'active'`).run(name);
    db.prepare(`UPDATE slot SET state = 'active' WHERE name = ? AND slot = ?`).run(name, slot);
  }

  /** Inside a transaction. A retired slot whose version is wanted again goes on from where it stopped. */
  resume({ name, slot }: SlotKey): void {
    this.models.db.prepare(`UPDATE slot SET state = 'building' WHERE name = ? AND slot = ?`).run(name, slot);
  }

  /** All retired slots, or all but the newest `keep` of them. */
  dropRetired(name: string, { keep }: { readonly keep: number }): void {
    const retired = this.of(name).filter(({ state }) => state === 'retired');
    for (const slot of retired.slice(keep)) this.drop(slot);
  }

  drop(key: SlotKey): void {
    this.models.transaction(() => this.#drop(key));
  }

  /** Forgets everything, checkpoints of policies included: for read models of another store or another record. */
  dropAll(): void {
    const { db } = this.models;
    this.models.transaction(() => {
      const names = db.prepare('SELECT DISTINCT name FROM slot').all();
      for (const { name } of names) for (const slot of this.of(String(name))) this.#drop(slot);
      db.exec('DELETE FROM policy; DELETE FROM setting');
    });
  }

  #drop(key: SlotKey): void {
    const { db } = this.models;
    const prefix = tablePrefix(key);
    // Virtual tables go first: the tables behind them vanish with them and can't be dropped by name before.
    const tables = db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, length(?)) = ?
         ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC`,
      )
      .all(prefix, prefix);
    for (const { name } of tables) db.exec(`DROP TABLE IF EXISTS "${String(name)}"`);
    db.prepare('DELETE FROM slot WHERE name = ? AND slot = ?').run(key.name, key.slot);
  }
}
