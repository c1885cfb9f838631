import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { readImport } from '../../src/exchange-of-data/import-job.js';
import { Api } from '../support/api.js';
import { ManualClock } from '../support/manual-clock.js';
import { openTalks } from '../support/scene.js';
import { reaching, send } from './bringing-in.js';

const folder = mkdtempSync(join(tmpdir(), 'entente-import-'));
const clock = new ManualClock();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function titlesIn(api: Api, dialogueId: string): Promise<number> {
  await api.settled();
  const { body } = await api.get<string>(`/v1/exports?what=states&list=irritants&dialogue=${dialogueId}`);
  return body.trim().split('\n').length - 1;
}

it('An import goes on after a restart where it broke off, each row once, and is cleared away a month after its end', async () => {
  const rows = 220;
  const file = Array.from({ length: rows }, (_, place) => `N-${place},visas,Dispute ${place},RU,US,stated\n`);
  let api = await Api.start({ directory: folder }, clock);
  const { dialogueId } = await openTalks(api, { as: 'ru-negotiator' });
  const header = 'externalRef,category,title.en,raisers,respondents,raisedBasis\n';
  const { body } = await send(api, header + file.join(''), { dialogue: dialogueId, act: 'irritants' });
  const id = String(body['id']);
  await reaching(api, id, (job) => job?.state === 'running');
  await api.stop();
  api = await Api.start({ directory: folder }, clock);
  const before = await readImport(api.server.record.store, id);
  expect(before?.counts.rows).toBeGreaterThan(0);
  const done = await reaching(api, id, (job) => job?.endedAt !== undefined);
  expect(done).toMatchObject({
    state: 'done',
    faults: 0,
    counts: { rows, recorded: rows, unchanged: 0, refused: 0 },
  });
  expect(await titlesIn(api, dialogueId)).toBe(rows);
  await api.stop();
  clock.advance(31 * 24 * 60 * 60 * 1_000);
  api = await Api.start({ directory: folder }, clock);
  await reaching(api, id, (job) => job === undefined);
  expect(await titlesIn(api, dialogueId)).toBe(rows);
  await api.stop();
});
