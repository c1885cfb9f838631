import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Unavailable } from '#libs/event-store';
import { done } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Answer, Body, PrincipalName } from '../support/api.js';
import { ManualClock } from '../support/manual-clock.js';
import { keepsFiles } from '../support/runs.js';
import { openTalks, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

const folder = mkdtempSync(join(tmpdir(), 'entente-bytes-'));
const clock = new ManualClock();
const dayMs = 24 * 60 * 60 * 1_000;
const chunk = 256 * 1024;
const start = () => Api.start({ directory: folder, heldBytesPerDialogue: 12 * chunk }, clock);
let api: Api;
let scene: Scene;
let letters = 0;
/** Bytes that occur nowhere else, so that they can be looked for in the very files. */
let letter: string;

beforeAll(async () => {
  api = await start();
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  scene = await setScene(api);
  letters += 1;
  letter = `The letter names Zimzelen-${letters}-91, and nobody else.`;
});

const hashOf = (bytes: string) => createHash('sha256').update(bytes).digest('hex');
const send = (bytes = letter, as: PrincipalName = 'ru-registrar', key?: string) =>
  api.sendBytes(scene.dialogueId, bytes, as, key === undefined ? {} : { 'Idempotency-Key': key });
const held = (bytesId: string, dialogueId = scene.dialogueId) => ({
  ...{ dialogueId, kind: 'statement', issuers: ['RU'], lang: 'en', held: true, bytesId },
  ...{ title: 'A letter', citation: 'A letter of 1 March' },
});
const register = (bytesId: string, as: PrincipalName = 'ru-registrar', dialogueId = scene.dialogueId) =>
  api.create('/v1/sources', held(bytesId, dialogueId), as);
const download = (id: unknown) => api.get<string & Body>(`/v1/sources/${String(id)}/bytes`);
const codeOf = ({ status, body }: Answer<unknown>) => [status, (body as Body)['code']];

async function kept(): Promise<{ id: string; bytesId: string }> {
  const { bytesId } = (await send()).body;
  const { status, body } = await register(bytesId);
  expect(status).toBe(201);
  return { id: String(body['id']), bytesId };
}

/** Which files of the store and the read models hold any of it: as base64, as a hash, or as it was sent. */
function filesHolding(bytes: string): readonly string[] {
  const forms = [bytes, hashOf(bytes), Buffer.from(bytes).toString('base64')];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
    /sqlite/.test(one),
  );
  return files.filter((file) => {
    const content = readFileSync(join(folder, file));
    return forms.some((one) => content.includes(one));
  });
}

async function askToErase(id: string, as: PrincipalName): Promise<Body> {
  const [registered] = await api.server.record.streams.events(`source-${id}`);
  const reason = { en: 'It names a private person.' };
  return done(api, `sources/${id}/request-erasure`, as, {
    target: registered?.id,
    basis: 'personal-data',
    reason,
  });
}

describe('The bytes of a source', () => {
  it('are sent for one dialogue, held by one source, and given back as they were', async () => {
    const bytes = letter.repeat(10_000);
    const sent = await send(bytes);
    expect(sent).toMatchObject({ status: 201, body: { size: bytes.length, sha256: hashOf(bytes) } });
    const { body } = await register(sent.body.bytesId);
    expect(body).toMatchObject({ held: true, sha256: hashOf(bytes) });
    const got = await download(body['id']);
    expect(got.body).toBe(bytes);
    expect(got.headers.get('content-disposition')).toContain('attachment');
    expect(got.headers.get('etag')).toBe(`"${hashOf(bytes)}"`);
  });

  it('that are sent again with their key are the same act, and nothing is kept twice', async () => {
    const first = await send(letter, 'ru-registrar', 'letter');
    const head = await api.server.record.store.head();
    const again = await send(letter, 'ru-registrar', 'letter');
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await api.server.record.store.head()).toBe(head);
    expect(codeOf(await send('Another letter.', 'ru-registrar', 'letter'))).toEqual([
      422,
      'idempotency-key-reused',
    ]);
    const unkeyed = await api.ask('POST', `/v1/dialogues/${scene.dialogueId}/bytes`, {
      body: letter,
      headers: { 'Content-Type': 'application/octet-stream' },
    });
    expect(codeOf(unkeyed)).toEqual([400, 'idempotency-key-missing']);
  });

  it('that broke off are sent again, and go on where they ended', async () => {
    const { store } = api.server.record;
    const bytes = letter.repeat(10_000);
    let appends = 0;
    const { append } = store;
    store.append = (...given) => {
      appends += 1;
      return appends === 3
        ? Promise.reject(new Unavailable('The disk is busy.'))
        : append.apply(store, given);
    };
    const broken = await send(bytes, 'ru-registrar', 'broken');
    // What the class of the store does is there again.
    Reflect.deleteProperty(store, 'append');
    expect(broken.status).toBe(503);
    const whole = await send(bytes, 'ru-registrar', 'broken');
    expect(whole.status).toBe(201);
    const { body } = await register(whole.body.bytesId);
    expect((await download(body['id'])).body).toBe(bytes);
  });

  it('tell nothing to whoever has the same: each dialogue keeps its own, under ids that say nothing', async () => {
    const here = (await send()).body;
    const elsewhere = await setScene(api);
    const there = (await api.sendBytes(elsewhere.dialogueId, letter, 'ru-registrar')).body;
    expect(there.bytesId).not.toBe(here.bytesId);
    expect(there.bytesId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    const refused = await register(here.bytesId, 'ru-registrar', elsewhere.dialogueId);
    expect(codeOf(refused)).toEqual([409, 'bytes-not-held']);
  });

  it('are registered by the side that sent them, and by no other', async () => {
    const { bytesId } = (await send()).body;
    for (const as of ['us-registrar', 'secretariat'] as const)
      expect(codeOf(await register(bytesId, as))).toEqual([409, 'bytes-not-held']);
    expect((await register(bytesId, 'ru-negotiator')).status).toBe(201);
  });

  it('come to one source, also when two are registered at once', async () => {
    const { bytesId } = (await send()).body;
    const both = await Promise.all([register(bytesId), register(bytesId)]);
    const codes = both.map(codeOf).toSorted(([one], [other]) => Number(one) - Number(other));
    expect(codes).toEqual([
      [201, undefined],
      [409, 'bytes-of-another-source'],
    ]);
  });

  it('stay with a source whose title is corrected, and no correction gives them another hash', async () => {
    const { id } = await kept();
    const [registered] = await api.server.record.streams.events(`source-${id}`);
    const words = { title: 'The letter', citation: 'A letter of 1 March' };
    const corrected = { target: registered?.id, content: words };
    expect(await done(api, `sources/${id}/correct`, 'ru-registrar', corrected)).toMatchObject({
      title: 'The letter',
      sha256: hashOf(letter),
    });
    expect((await download(id)).body).toBe(letter);
    const forged = { target: registered?.id, content: { ...words, sha256: 'a'.repeat(64) } };
    const answer = await api.act(`/v1/sources/${id}/correct`, forged, 'ru-registrar');
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/content/sha256' }] } });
  });

  it('are held up to what the server allows to one dialogue, and the refusal says how much that is', async () => {
    const large = 'x'.repeat(chunk);
    for (let sent = 0; sent < 11; sent += 1) expect((await send(large)).status).toBe(201);
    const refused = await send(`${large}${large}`);
    expect(codeOf(refused)).toEqual([409, 'bytes-quota-reached']);
    expect((refused.body as unknown as Body)['detail']).toMatch(/at most 3 MiB, those of this one 2\.8 MiB/);
    expect((await send('small')).status).toBe(201);
    const elsewhere = await setScene(api);
    expect((await api.sendBytes(elsewhere.dialogueId, large, 'ru-registrar')).status).toBe(201);
  });

  it('are not taken of a party that has not joined, nor for a dialogue that it does not see', async () => {
    const { dialogueId } = await openTalks(api);
    expect(codeOf(await api.sendBytes(dialogueId, letter, 'ru-registrar'))).toEqual([409, 'not-joined']);
    const others = await openTalks(api, { parties: { RU: 'ALDOR', US: 'BREVIA' } });
    expect(codeOf(await api.sendBytes(others.dialogueId, letter, 'ru-registrar'))).toEqual([
      404,
      'not-found',
    ]);
  });

  it('of a source that is only cited are not there', async () => {
    expect(await download(scene.sources.RU)).toMatchObject({ status: 404 });
  });
});

const erasing = () => {
  it('go once a negotiator of each side has asked, from every file, with their hash', async () => {
    const { id } = await kept();
    const other = await kept();
    await api.settled();
    await askToErase(id, 'ru-negotiator');
    expect(filesHolding(letter)).not.toEqual([]);
    expect((await download(id)).status).toBe(200);
    const erased = await askToErase(id, 'us-negotiator');
    expect(erased).toMatchObject({ held: true, sha256: null, title: null });
    expect(codeOf(await download(id))).toEqual([410, 'bytes-erased']);
    // Another source of the same bytes has its own, and keeps them.
    expect((await download(other.id)).body).toBe(letter);
    await askToErase(other.id, 'ru-negotiator');
    await askToErase(other.id, 'us-negotiator');
    await api.settled();
    expect(filesHolding(letter)).toEqual([]);
  });

  it('that were erased are not brought back by sending the same request again', async () => {
    const { bytesId } = (await send(letter, 'ru-registrar', 'once')).body;
    const { body } = await register(bytesId);
    await askToErase(String(body['id']), 'ru-negotiator');
    await askToErase(String(body['id']), 'us-negotiator');
    expect(codeOf(await send(letter, 'ru-registrar', 'once'))).toEqual([410, 'bytes-erased']);
    expect(codeOf(await register(bytesId))).toEqual([409, 'bytes-not-held']);
    expect(filesHolding(letter)).toEqual([]);
  });

  it('leave their room to others once they are erased', async () => {
    const large = 'x'.repeat(10 * chunk);
    const { bytesId } = (await send(large)).body;
    const { body } = await register(bytesId);
    expect((await send(large)).status).toBe(409);
    await askToErase(String(body['id']), 'ru-negotiator');
    await askToErase(String(body['id']), 'us-negotiator');
    expect((await send(large)).status).toBe(201);
  });

  it('whose erasure was cut short go when the server starts again', async () => {
    const { id } = await kept();
    await askToErase(id, 'ru-negotiator');
    const { store } = api.server.record;
    const { eraseContent } = store;
    let erased = 0;
    store.eraseContent = (...given) => {
      erased += 1;
      return erased === 2
        ? Promise.reject(new Unavailable('The disk is busy.'))
        : eraseContent.apply(store, given);
    };
    const [registered] = await api.server.record.streams.events(`source-${id}`);
    const asked = { target: registered?.id, basis: 'personal-data', reason: { en: 'A private person.' } };
    const answer = await api.act(`/v1/sources/${id}/request-erasure`, asked, 'us-negotiator');
    Reflect.deleteProperty(store, 'eraseContent');
    expect(answer.status).toBe(503);
    expect(filesHolding(letter)).not.toEqual([]);
    await api.stop();
    api = await start();
    expect(codeOf(await download(id))).toEqual([410, 'bytes-erased']);
    expect(filesHolding(letter)).toEqual([]);
  });

  it('that no source was registered for are dropped after a day: nobody could ask to have them erased', async () => {
    const { bytesId } = (await send()).body;
    const registered = await kept();
    const unnamed = `${letter} Unnamed.`;
    const other = (await send(unnamed)).body;
    clock.advance(dayMs - 1);
    await send('Something else.');
    expect(filesHolding(unnamed)).not.toEqual([]);
    clock.advance(1);
    await api.stop();
    api = await start();
    expect(filesHolding(unnamed)).toEqual([]);
    for (const one of [bytesId, other.bytesId])
      expect(codeOf(await register(one))).toEqual([409, 'bytes-not-held']);
    expect((await download(registered.id)).body).toBe(letter);
  });
};

// On a cluster what is held lies with the nodes: test/cluster/erasure.spec.ts looks there.
if (keepsFiles) describe('The bytes of a source, erased,', erasing);
