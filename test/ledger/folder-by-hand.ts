import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeChecksumsAnew } from '#libs/event-store-sqlite/testing';
import { Api } from '../support/api.js';
import { until } from '../support/settling.js';

interface Ready {
  readonly status: number;
  readonly ledger: string;
}

/** What /readyz says of the ledger once the first check is through. */
export async function readiness(api: Api): Promise<Ready> {
  let found: Ready = { status: 503, ledger: '' };
  await until(async () => {
    const { status, body } = await api.ask<{ checks: readonly { name: string; detail: string }[] }>(
      'GET',
      '/readyz',
      { as: 'nobody' },
    );
    found = { status, ledger: body.checks.find(({ name }) => name === 'ledger')?.detail ?? '' };
    return status === 200;
  });
  return found;
}

/** A data folder with its log's key and guard file beside it, as somebody has it who may write everything in it. */
export function folderByHand() {
  const top = mkdtempSync(join(tmpdir(), 'entente-by-hand-'));
  const directory = join(top, 'data');
  mkdirSync(directory);
  const settings = { directory, ledgerKey: undefined, ledgerGuard: undefined };
  const kept = (name: string) => join(top, name);
  return {
    settings,

    /** Changes one row. Whoever has the file can: the trigger that keeps rows as they are goes first. */
    changeByHand(sql: string, ...values: readonly string[]): void {
      const database = new DatabaseSync(join(directory, 'store.sqlite'));
      for (const { name } of database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).all())
        database.exec(`DROP TRIGGER "${String(name)}"`);
      const { changes } = database.prepare(sql).run(...values);
      if (changes !== 1) throw new Error(`It changed ${changes} rows and not one: ${sql}`);
      makeChecksumsAnew(database);
      database.close();
    },

    /** The folder as it stands, put aside and put back. */
    putAside: (name: string) => cpSync(directory, kept(name), { recursive: true }),
    putBack(name: string): void {
      rmSync(directory, { recursive: true });
      cpSync(kept(name), directory, { recursive: true });
    },

    async served<T>(use: (api: Api) => Promise<T>, more: object = {}): Promise<T> {
      const api = await Api.start({ ...settings, ...more });
      try {
        return await use(api);
      } finally {
        await api.stop();
      }
    },

    remove: () => rmSync(top, { recursive: true }),
  };
}
