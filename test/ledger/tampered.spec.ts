import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ledgerFiles, makeLedgerFiles } from '../../src/ledger/signing.js';
import { done } from '../support/acting.js';
import type { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until } from '../support/settling.js';
import { inViews } from '../faults/damaged-folder.js';
import { folderByHand, readiness } from './folder-by-hand.js';

const folder = folderByHand();
const { settings, changeByHand, putAside, putBack, served } = folder;
const files = ledgerFiles(settings)!;
let scene: Scene;
let size = 0;

const noteOf = (api: Api) => api.ask<string>('GET', `/v1/dialogues/${scene.dialogueId}/ledger/checkpoint`);
const sizeOf = async (api: Api) => Number((await noteOf(api)).body.split('\n')[1]);

beforeAll(async () => {
  makeLedgerFiles(settings, files);
  await served(async (api) => {
    scene = await setScene(api);
    await until(async () => (await noteOf(api)).status === 200);
  });
  putAside('yesterday');
  await served(async (api) => {
    await done(api, `irritants/${scene.irritantId}/contest`, 'us-negotiator', {
      statement: { en: 'Seven of the nine were never ours.' },
    });
    await api.settled();
    const { record } = api.server.record.projections;
    size = record.seqAt(scene.dialogueId, record.headOrdinal) + 1;
    await until(async () => (await sizeOf(api)) === size);
  });
  putAside('today');
});
afterAll(() => folder.remove());

describe('A record that nobody changed', () => {
  it('is checked before the server says that it is ready, and raises no alarm', async () => {
    putBack('today');
    await served(async (api) => {
      expect(await readiness(api)).toEqual({ status: 200, ledger: 'checked; signing' });
      const { body } = await api.ask<string>('GET', '/metrics', { as: 'operator' });
      expect(body).toMatch(/^entente_ledger_alarms 0$/m);
      expect(body).toMatch(/^entente_ledger_signing 1$/m);
    });
  });
});

describe('A record that somebody changed in its file', () => {
  const changes = [
    [
      'a word of an act',
      `UPDATE events SET content = replace(content, 'Seven', 'Eight') WHERE type = 'IrritantContested'`,
      'its words are not those that were logged',
    ],
    [
      'in whose name an act stands',
      `UPDATE events SET meta = replace(meta, '"party":"US"', '"party":"RU"') WHERE type = 'IrritantContested'`,
      'the store gives another leaf than was logged',
    ],
    [
      'when it was recorded',
      `UPDATE events SET recorded_at = '2020-01-01T00:00:00.000Z' WHERE type = 'IrritantContested'`,
      'the store gives another leaf than was logged',
    ],
    [
      'what an act says, erased without an erasure',
      `UPDATE events SET content = NULL, salt = NULL WHERE type = 'IrritantContested'`,
      'its words are gone, and no event says that they were erased',
    ],
  ] as const;

  it.each(changes)('raises an alarm that names dialogue and leaf: %s', async (_, sql, because) => {
    putBack('today');
    changeByHand(sql);
    await served(async (api) => {
      const { ledger } = await readiness(api);
      expect(ledger).toContain(`ALARM: dialogue ${scene.dialogueId}, leaf ${size - 1}: ${because}`);
    });
  });

  it('raises an alarm where an act that had no words has got some', async () => {
    putBack('today');
    changeByHand(
      `UPDATE events SET content = '{"note":{"en":"All nine were ours."}}'
       WHERE position = (SELECT max(position) FROM events WHERE content = '{}')`,
    );
    await served(async (api) => {
      expect((await readiness(api)).ledger).toMatch(/leaf \d+: it has words, and none were logged/);
    });
  });

  it('raises an alarm where an event was put in under an earlier day before it was logged', async () => {
    putBack('yesterday');
    changeByHand(
      `INSERT INTO events (stream, revision, id, type, data, content, salt, meta, recorded_at, checksum)
       SELECT stream, revision + 1, 'put-in', type, data, content, salt, meta, '2020-01-01T00:00:00.000Z', 0
       FROM events WHERE type = 'IrritantRaised'`,
    );
    await served(async (api) => {
      await until(async () => (await readiness(api)).ledger.includes('backdated'));
      expect((await readiness(api)).ledger).toMatch(/leaf (\d+): Leaf \1 is backdated: it says 2020-01-01/);
    });
  });

  it('is not signed once its leaves are derived anew from what was changed', async () => {
    putBack('today');
    changeByHand(
      `UPDATE events SET recorded_at = '2020-01-01T00:00:00.000Z' WHERE type = 'IrritantContested'`,
    );
    for (const one of ['', '-wal', '-shm'])
      rmSync(join(settings.directory, `views.sqlite${one}`), { force: true });
    await served(async (api) => {
      const path = `/v1/irritants/${scene.irritantId}/acknowledge`;
      const answer = await api.act(path, {}, 'us-negotiator');
      // Nor is a leaf promised that stands where another one was signed.
      expect([answer.status, answer.headers.get('ledger-receipt')]).toEqual([200, null]);
      const before = (await noteOf(api)).body;
      await until(async () =>
        (await readiness(api)).ledger.includes('with another root than the record gives'),
      );
      expect((await noteOf(api)).body).toBe(before);
    });
  });
});

describe('A checkpoint that somebody changed in the store', () => {
  it('is not served, and raises an alarm: the log has not signed it', async () => {
    putBack('today');
    const before = new DatabaseSync(join(settings.directory, 'store.sqlite'));
    const stream = `ledger-${scene.dialogueId}`;
    const row = before.prepare('SELECT max(position) AS at FROM events WHERE stream = ?').get(stream);
    const at = String(row?.['at']);
    const data = before.prepare('SELECT data FROM events WHERE position = ?').get(at)?.['data'];
    before.close();
    const release = JSON.parse(String(data)) as { note: string };
    // One character of a signature.
    const note = release.note.replace(/(..)\n$/, (_, two: string) => (two === 'A=' ? 'B=\n' : `AA\n`));
    changeByHand(`UPDATE events SET data = ? WHERE position = ${at}`, JSON.stringify({ ...release, note }));
    await served(async (api) => {
      expect((await noteOf(api)).status).toBe(409);
      await until(async () => (await readiness(api)).ledger.includes('last checkpoint, of'));
      expect((await readiness(api)).ledger).toContain('was changed');
    });
  });
});

describe('A folder of yesterday, put back', () => {
  it('is not signed, for the guard file knows more: never are there two roots of one size', async () => {
    putBack('yesterday');
    await served(async (api) => {
      await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
      await until(async () => (await readiness(api)).ledger.includes('ALARM'));
      const { ledger } = await readiness(api);
      expect(ledger).toMatch(/The guard file knows a signed checkpoint of \d+ leaves/);
      expect(ledger).toContain('put back the newest copy of the data folder');
      expect(ledger).toContain('entente ledger resume');
      expect(await sizeOf(api)).toBeLessThan(size);
    });
  });

  it('is signed on where nothing was lost: the newest copy', async () => {
    putBack('today');
    await served(async (api) => {
      await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
      await until(async () => (await sizeOf(api)) > size);
      expect((await readiness(api)).ledger).toBe('checked; signing');
    });
  });
});

describe('A guard file that knows more logs than the record has', () => {
  it('names the dialogue that is gone with all that the store knew of it', async () => {
    rmSync(settings.directory, { recursive: true });
    await served(async (api) => {
      await until(async () => (await readiness(api)).ledger.includes('ALARM'));
      const { ledger } = await readiness(api);
      expect(ledger).toMatch(
        new RegExp(`dialogue ${scene.dialogueId}: The guard file knows .* leaves, and the record gives 0`),
      );
      const { body } = await api.ask<string>('GET', '/metrics', { as: 'operator' });
      expect(body).toMatch(/^entente_ledger_alarms 1$/m);
    });
  });

  it('has nothing signed of any log where the host of the record was written anew', async () => {
    putBack('today');
    changeByHand(`UPDATE events SET data = '{"host":"other.example"}' WHERE stream = 'ledger-host'`);
    for (const one of ['', '-wal', '-shm'])
      rmSync(join(settings.directory, `views.sqlite${one}`), { force: true });
    await served(async (api) => {
      await until(async () => (await readiness(api)).ledger.includes('ALARM'));
      await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
      const { ledger } = await readiness(api);
      expect(ledger).toContain(`The guard file knows a signed checkpoint of localhost/${scene.dialogueId}`);
      expect(ledger).toContain('unsigned: see the alarm');
      const { body } = await api.ask<string>('GET', '/metrics', { as: 'operator' });
      expect(body).toMatch(/^entente_ledger_signing 0$/m);
    });
  });
});

describe('A guard file that is gone', () => {
  it('leaves the log unsigned, with its last checkpoint, until somebody accepts the loss', async () => {
    putBack('today');
    rmSync(files.guard);
    let before = 0;
    await served(
      async (api) => {
        before = await sizeOf(api);
        await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
        expect((await readiness(api)).ledger).toMatch(
          /^checked; unsigned: There is no guard file .*--accept-ledger-loss/,
        );
        expect(await sizeOf(api)).toBe(before);
        const stranger = await api.ask('GET', `/v1/dialogues/${scene.dialogueId}/ledger/checkpoint`, {
          as: 'nobody',
        });
        expect(stranger.status).toBe(401);
      },
      { ledgerOpen: false },
    );
    await served(
      async (api) => {
        await until(async () => (await sizeOf(api)) > before);
        expect((await readiness(api)).ledger).toBe('checked; signing');
      },
      { acceptLedgerLoss: true },
    );
  });
});

describe('A leaf that somebody changed in the read models', () => {
  it.each([
    ['is gone', 'DELETE FROM', 'its leaf is gone. The read models are damaged'],
    ['is none any more', 'UPDATE OR REPLACE', 'the store gives another leaf than was logged'],
  ])('is told of where it %s, and other dialogues are signed', async (_, how, because) => {
    putBack('today');
    const set = how === 'DELETE FROM' ? '' : 'SET entry = zeroblob(20)';
    inViews(
      settings.directory,
      `${how} ledger_v2_s1_leaves ${set} WHERE ordinal = (SELECT max(ordinal) FROM ledger_v2_s1_leaves)`,
    );
    await served(async (api) => {
      expect((await readiness(api)).ledger).toContain(
        `dialogue ${scene.dialogueId}, leaf ${size - 1}: ${because}`,
      );
      const proof = await api.get(`/v1/dialogues/${scene.dialogueId}/ledger/proofs/0`);
      expect([proof.status, proof.body['detail']]).toEqual([500, expect.stringContaining('entente rebuild')]);
      await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
      const other = await setScene(api);
      await until(
        async () => (await api.get(`/v1/dialogues/${other.dialogueId}/ledger/checkpoint`)).status === 200,
      );
      expect((await readiness(api)).ledger).toContain('"entente rebuild"');
    });
  });
});
