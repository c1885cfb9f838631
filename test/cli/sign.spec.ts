import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCheckpoint } from '#libs/ledger';
import { signedBy, testSigner } from '#libs/ledger/testing';
import { readActKey } from '../../src/cli/act-key.js';
import { dryRunFrom, seenIn } from '../../src/cli/act-signing.js';
import { CliFailure } from '../../src/cli/cli-failure.js';
import { Api } from '../support/api.js';
import { join, openTalks } from '../support/scene.js';
import { keyNote, originOf } from '../support/signing.js';
import { endAll, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { faultsIn, logged } from '../signing/oracle.js';
import { expectFailure, expectSuccess } from './expectations.js';
import { Folders, modeOf } from './folders.js';

const folders = new Folders();
const key = folders.in('ru.pem');
let api: Api;
let dialogueId: string;
let origin: string;

beforeAll(async () => {
  await compiledProgram();
  api = await Api.start();
  ({ dialogueId } = await openTalks(api));
  await join(api, dialogueId, 'RU');
  origin = originOf(api, dialogueId);
});

afterAll(async () => {
  await endAll();
  await api.stop();
  folders.remove();
});

const sign = (...args: readonly string[]) =>
  run(['sign', ...args], { cwd: folders.top, settings: { ENTENTE_KEY: api.keys['ru-negotiator'] ?? '' } });
const address = (command: string) => `${api.server.url}/v1/dialogues/${dialogueId}/${command}`;
const tag = async () => (await api.get(`/v1/dialogues/${dialogueId}`)).headers.get('etag') ?? '';
const kept = (name: string, text: string) => (writeFileSync(folders.in(name), text), folders.in(name));

describe('entente sign', () => {
  it('makes a key in a file for its owner alone, and never over another file', async () => {
    const made = await sign('key', key);
    expectSuccess(made);
    expect(JSON.parse(made.stdout)).toMatchObject({
      jwk: { kty: 'OKP' },
      thumbprint: /^[\w-]{43}$/.exec(JSON.parse(made.stdout).thumbprint)?.[0],
    });
    expect(modeOf(key)).toBe('600');
    const before = readFileSync(key, 'utf8');
    const again = await sign('key', key);
    expectFailure(again, 1, /is there already.*name another file/);
    expect(again.stderr).not.toContain('remove');
    expect(readFileSync(key, 'utf8')).toBe(before);
  });

  it('prints what registers the key, which the server takes', async () => {
    const printed = await sign('possession', '--key', key, '--origin', origin);
    expectSuccess(printed);
    const registration = JSON.parse(printed.stdout) as { jwk: { x: string } };
    const publicKey = Buffer.from(registration.jwk.x, 'base64url');
    const { id: sourceId } = await keyNote(api, dialogueId, 'RU', { publicKey, sign: () => publicKey });
    const body = { ...registration, sources: [{ sourceId }] };
    expect(await api.act(`/v1/dialogues/${dialogueId}/register-key`, body, 'ru-negotiator')).toMatchObject({
      status: 200,
    });
  });

  it('asks, shows, signs and sends, with the last checkpoint that was checked', async () => {
    await api.settled();
    const size = (await logged(api, dialogueId)).length;
    const root = api.server.record.recorder.deciding.logs.rootAt(dialogueId, size) as Uint8Array;
    const text = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
    expect(parseCheckpoint(text)).toMatchObject({ size });
    writeFileSync(folders.in('checkpoint'), signedBy(text, [testSigner(origin, 3)]));
    const body = kept('body.json', '{"name":{"en":"As we call ourselves"}}');
    const sent = await sign(
      ...['send', address('name-party'), '--key', key, '--checkpoint', folders.in('checkpoint')],
      ...['--body', body, '--if-match', await tag()],
    );
    expect(sent).toMatchObject({ code: 0 });
    expect(sent.stderr).toContain('"As we call ourselves"');
    expect(JSON.parse(sent.stdout)).toMatchObject({ names: [{ party: 'RU' }] });
    const signature = (await logged(api, dialogueId)).at(-1)?.meta['signature'];
    expect(signature).toMatchObject({ seen: `${size};root=:${Buffer.from(root).toString('base64')}:` });
  });

  it('signs what a server has answered before, from a file', async () => {
    const headers = { 'If-Match': await tag(), 'Idempotency-Key': 'by-hand' };
    const asked = { as: 'ru-negotiator', body: { reason: { en: 'Pending.' } }, headers } as const;
    const dry = await api.ask(
      'POST',
      `${address('suspend').slice(api.server.url.length)}?dryRun=true`,
      asked,
    );
    const printed = await sign('act', kept('dry.json', JSON.stringify(dry.body)), '--key', key);
    expect(printed).toMatchObject({ code: 0 });
    const lines = printed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/: (.*)/).slice(0, 2));
    const answer = await api.ask('POST', `/v1/dialogues/${dialogueId}/suspend`, {
      ...asked,
      headers: { ...headers, ...(Object.fromEntries(lines) as Record<string, string>) },
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(await faultsIn(api, dialogueId)).toEqual([]);
    const lied = JSON.stringify({
      dryRun: { ...(dry.body['dryRun'] as object), content: { reason: { en: 'For ever.' } } },
    });
    expectFailure(
      await sign('act', kept('lied.json', lied), '--key', key),
      1,
      /is not that of the words beside it/,
    );
  });

  it('says in a sentence what is wrong', async () => {
    const stale = ['send', address('resume'), '--key', key, '--if-match', '"0"'];
    expectFailure(await sign(...stale), 1, /answers 412/);
    expectFailure(await sign(...stale.slice(0, -2)), 1, /answers 428.* that is --if-match, with the/);
    chmodSync(key, 0o644);
    expectFailure(await sign('act', '-', '--key', key), 1, /Others may read or write/);
  });

  it.each<[string, () => unknown, RegExp]>([
    ['an answer that is no JSON', () => dryRunFrom('{', 'it'), /it is not JSON/],
    ['an answer to something else', () => dryRunFrom('{}', 'it'), /it lacks "dryRun"/],
    ['what is recorded already', () => dryRunFrom('{"dryRun":{"records":false}}', 'it'), /recorded already/],
    ['a key that is not there', () => readActKey(folders.in('none.pem')), /There is no key file/],
    ['a file without a key', () => readActKey(priv('no key')), /holds no private key/],
    ['a key of another kind', () => readActKey(priv(rsa())), /of another kind/],
    ['a checkpoint that is none', () => seenIn(kept('no', 'x\n'), origin), /is no checkpoint/],
    ['one of another log', () => seenIn(folders.in('checkpoint'), 'other.example/log'), /and the act is for/],
  ])('refuses %s', (_, read, says) => {
    expect(read).toThrow(says);
    expect(read).toThrow(CliFailure);
  });
});

function priv(text: string): string {
  const file = kept('key.pem', text);
  chmodSync(file, 0o600);
  return file;
}

const rsa = () =>
  generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
    format: 'pem',
    type: 'pkcs8',
  }) as string;
