import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { endAll, run } from '../faults/child.js';
import type { Answered, Client } from '../faults/client.js';
import { compiledProgram } from '../faults/program.js';
import { serve } from '../faults/served.js';
import { expectFailure, expectSuccess } from './expectations.js';
import { Folders } from './folders.js';
import { formatPosition, parsePosition } from '#libs/event-store';
import { Stored } from '../faults/stored.js';

const folders = new Folders();
const here = { cwd: folders.top };
const live = folders.in('live');
const restored = folders.in('restored');
const backup = folders.in('backup.sqlite');
let lost: string;

async function record(client: Client, key: string = randomUUID()): Promise<string> {
  const headers = { 'Idempotency-Key': key };
  const keyPrefix = `R${key.replaceAll('-', '').slice(0, 8).toUpperCase()}`;
  const body = { parties: ['RU', 'US'], keyPrefix, name: { en: 'Talks' } };
  const made = await client.ask('POST', '/v1/dialogues', { body, headers });
  if (made.kind !== 'answered' || made.status !== 201) throw new Error(JSON.stringify(made));
  return String(made.headers['event-position']);
}

const reading = async (client: Client, path: string, minPosition: string): Promise<Answered> => {
  const found = await client.ask('GET', `${path}minPosition=${encodeURIComponent(minPosition)}`);
  if (found.kind !== 'answered') throw new Error(JSON.stringify(found));
  return found;
};

beforeAll(async () => {
  await compiledProgram();
  const { child, client } = await serve(live);
  await record(client);
  const database = new DatabaseSync(join(live, 'store.sqlite'));
  database.prepare('VACUUM INTO ?').run(backup);
  database.close();
  lost = await record(client);
  client.close();
  await child.stop();
});

afterAll(async () => {
  await endAll();
  folders.remove();
});

describe('restore', () => {
  it('says what it did, what is missing, and what comes next', async () => {
    const ended = await run(['restore', backup, '--data', restored], here);
    expectSuccess(ended);
    expect(ended.stdout).toContain(`${restored} holds the record of ${backup} again`);
    for (const says of [/\d+ event\(s\)/, /Idempotency-Key/, /epoch-changed/, /revoked/, /erased/, /doctor/])
      expect(ended.stdout).toMatch(says);
    const doctor = await run(['doctor', '--data', restored], here);
    expect(doctor.stdout).toMatch(/All is well/);
  });

  it('refuses to do it again, in a sentence', async () => {
    const ended = await run(['restore', backup, '--data', restored], here);
    expectFailure(ended, 1, /has a record already/);
    const cluster = { ...here, settings: { EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false' } };
    expectFailure(await run(['restore', backup, '--data', restored], cluster), 1, /in a cluster/);
    expectFailure(await run(['restore', folders.in('none')], here), 1, /no such file/);
  });

  it('tells a client that waits for an act which is missing, and one that waits for its own no such thing', async () => {
    // The keys of before work on, since their hashes are in the record.
    copyFileSync(join(live, 'keys.json'), join(restored, 'keys.json'));
    const served = await serve(restored);
    for (const path of ['/v1/sources?', '/v1/irritants?', '/v1/search?q=talks&', '/readyz?']) {
      const answer = await reading(served.client, path, lost);
      expect(answer.status).toBe(410);
      expect(answer.headers['content-type']).toMatch(/problem\+json/);
      expect(JSON.parse(answer.text)).toMatchObject({
        code: 'epoch-changed',
        errors: [{ parameter: 'minPosition' }],
      });
    }
    const page = await served.client.ask('GET', '/problems/epoch-changed');
    expect(page).toMatchObject({ kind: 'answered', status: 200 });

    const own = await record(served.client);
    expect((await reading(served.client, '/v1/sources?', own)).status).toBe(200);
    const stored = Stored.read(restored);
    const { epoch } = parsePosition(String(stored.events.at(-1)?.position));
    const ahead = stored.moment(formatPosition(epoch, 999_999n));
    const late = await reading(served.client, '/v1/sources?', ahead);
    expect([late.status, JSON.parse(late.text)]).toMatchObject([503, { code: 'projection-lagging' }]);
    served.client.close();
    await served.child.stop();
  });
});
