import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backUpDataFolder, restoreDataFolder } from '#libs/event-store-sqlite';
import { JournalUnusable, Removals } from '../../src/platform/record/removals.js';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

const secret = 'Zimzelen-backed-up';
const letterText = `A letter that names ${secret}.`;
const top = mkdtempSync(join(tmpdir(), 'entente-taken-away-'));
const inTop = (name: string) => join(top, name);
const [live, journal, backup] = [inTop('live'), inTop('removals.journal'), inTop('backup.sqlite')];
const viewsThen = inTop('views-then.sqlite');
let scene: Scene;
let revoked: string;
let kept: string;
let eventsBefore: number;

const opens = async (api: Api, key: string) =>
  (await fetch(`${api.server.url}/v1/dialogues`, { headers: { Authorization: `Bearer ${key}` } })).status;

/** Which files of a store, of read models or a copy hold any of it. */
function filesHolding(
  folder: string,
  words = [secret, Buffer.from(letterText).toString('base64')],
): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (one) => /sqlite/.test(one) && words.some((word) => readFileSync(join(folder, one)).includes(word)),
  );
}

async function said(api: Api): Promise<string> {
  await api.settled();
  const paths = ['', '/history', '/replay', '/overview'].map(
    (one) => `/v1/irritants/${scene.irritantId}${one}`,
  );
  const answers = await Promise.all(paths.map((path) => api.get<unknown>(path)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  return JSON.stringify(answers.map(({ body }) => body));
}

/** A source with bytes that are held: they are words of the record like any others, in a stream of their own. */
async function letter(api: Api): Promise<string> {
  const { dialogueId } = scene;
  const { bytesId } = (await api.sendBytes(dialogueId, letterText, 'us-registrar')).body;
  const cited = { lang: 'en', title: `A letter of ${secret}`, citation: 'A letter of 1 March' };
  const source = { dialogueId, kind: 'statement', issuers: ['US'], held: true, bytesId, ...cited };
  return (await made<{ id: string }>(api, 'sources', 'us-registrar', source)).id;
}

async function erase(api: Api, at: string, target: string | undefined): Promise<void> {
  const asked = { target, basis: 'personal-data', reason: { en: 'It names a person.' } };
  for (const as of ['us-negotiator', 'ru-negotiator'] as const)
    await done(api, `${at}/request-erasure`, as, asked);
}

/** A backup while the server runs; then words are erased and a key is revoked. */
beforeAll(async () => {
  const api = await Api.start({ directory: live, journal });
  scene = await setScene(api);
  const sourceId = await letter(api);
  const at = `irritants/${scene.irritantId}`;
  await done(api, `${at}/contest`, 'us-registrar', { statement: { en: `It names ${secret}.` } });
  const issue = async () => {
    const wanted = { name: 'a reader', party: null, roles: ['reader'] as const, days: 30 };
    return api.server.record.credentials.issue(wanted, { as: 'folder' });
  };
  const [one, other] = [await issue(), await issue()];
  [revoked, kept] = [one.key, other.key];
  backUpDataFolder(live, backup);
  await api.settled();
  const views = new DatabaseSync(join(live, 'views.sqlite'));
  views.prepare('VACUUM INTO ?').run(viewsThen);
  views.close();
  const events = await api.server.record.streams.events(`irritant-${scene.irritantId}`);
  eventsBefore = events.length;
  const target = events.find(({ type }) => type === 'IrritantContested')?.id;
  await erase(api, at, target);
  const [registered] = await api.server.record.streams.events(`source-${sourceId}`);
  await erase(api, `sources/${sourceId}`, registered?.id);
  await api.server.record.keys.revoke(one.credential.id);
  await api.stop();
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

describe('What was taken away after a backup', () => {
  it('is noted outside the data folder without a word of it', () => {
    const lines = readFileSync(journal, 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind).sort()).toEqual([
      // A contest, a source, its one chunk of bytes, and the hash of them.
      ...['content-erased', 'content-erased', 'content-erased', 'content-erased'],
      'key-revoked',
    ]);
    expect(lines.join()).not.toContain(secret);
    expect(filesHolding(live)).toEqual([]);
    expect([...filesHolding(top)].sort()).toEqual(['backup.sqlite', 'views-then.sqlite']);
  });

  it('comes back to no file of the record that is restored, and no event is added for it', async () => {
    const folder = inTop('restored');
    expect(restoreDataFolder(backup, folder, Removals.read(journal).erased).erased).toBe(4);
    expect(filesHolding(folder)).toEqual([]);
    const api = await Api.start({ directory: folder, journal });
    expect(await said(api)).not.toContain(secret);
    expect(await api.types('irritants', scene.irritantId)).toHaveLength(eventsBefore);
    expect([await opens(api, revoked), await opens(api, kept)]).toEqual([401, 200]);
    await api.stop();
    expect(filesHolding(folder)).toEqual([]);
  });

  it('goes again where an older folder was put back by hand, its lists and the words that are searched included', async () => {
    const folder = inTop('put-back');
    mkdirSync(folder);
    copyFileSync(backup, join(folder, 'store.sqlite'));
    copyFileSync(viewsThen, join(folder, 'views.sqlite'));
    expect(filesHolding(folder)).toHaveLength(2);
    const api = await Api.start({ directory: folder, journal });
    expect(await said(api)).not.toContain(secret);
    expect([await opens(api, revoked), await opens(api, kept)]).toEqual([401, 200]);
    await api.stop();
    expect(filesHolding(folder)).toEqual([]);
  });

  it('is back without the journal, which is what the journal is for', async () => {
    const folder = inTop('without');
    expect(restoreDataFolder(backup, folder).erased).toBe(0);
    expect(filesHolding(folder)).toEqual(['store.sqlite']);
  });

  it('is noted at the next start where the journal was lost or its last line cut', async () => {
    const lines = readFileSync(journal, 'utf8');
    rmSync(journal);
    for (const left of [undefined, lines.slice(0, -20)]) {
      if (left !== undefined) writeFileSync(journal, left);
      const api = await Api.start({ directory: live, journal });
      await api.stop();
      expect(readFileSync(journal, 'utf8').trim().split('\n').sort()).toEqual(
        lines.trim().split('\n').sort(),
      );
    }
  });

  it('keeps the words of another event that stands in its place', () => {
    const folder = inTop('another');
    const others = [...Removals.read(journal).erased].map((one) => ({ ...one, id: 'another' }));
    expect(restoreDataFolder(backup, folder, others).erased).toBe(0);
  });

  it('is not guessed from a journal that holds something else', () => {
    const file = inTop('foreign');
    writeFileSync(file, '{"kind":"key-revoked","id":"a"}\nwords\n');
    expect(() => Removals.open(file)).toThrow(JournalUnusable);
    expect(() => Removals.open(file)).toThrow(/its line 2 is none of Entente's/);
    expect(readFileSync(file, 'utf8')).toContain('words');
    expect(() => Removals.read(inTop('none'))).toThrow(
      /can't be used: there is none\..*leave ENTENTE_JOURNAL out this once/,
    );
    // One line without an end, as a file of a key may be: it was cut off as half written.
    writeFileSync(file, 'words');
    expect(() => Removals.open(file)).toThrow(/its line 1 is none of Entente's/);
    expect(readFileSync(file, 'utf8')).toBe('words');
    writeFileSync(file, '{"kind":"key-revoked","id":"a"}\n{"kind":"key-rev');
    expect([...Removals.open(file).revoked]).toEqual(['a']);
    expect(readFileSync(file, 'utf8')).toBe('{"kind":"key-revoked","id":"a"}\n');
  });
});
