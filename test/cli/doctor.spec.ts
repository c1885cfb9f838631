import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endAll, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { serve } from '../faults/served.js';
import { expectFailure, expectNoTrace, expectSuccess } from './expectations.js';
import { programVersion } from '../../src/platform/http/program-version.js';
import { SystemClock } from '../../src/platform/record/clock.js';
import { audience, failings, IdentityProvider, noKeys, silence } from '../support/identity-provider.js';
import { Folders, writtenByNewerVersion } from './folders.js';

const folders = new Folders();
const directory = folders.in('data');

const doctor = (data = directory, settings = {}) =>
  run(['doctor', '--data', data], { cwd: folders.top, settings });

beforeAll(async () => {
  await compiledProgram();
  await run(['init', '--data', directory], { cwd: folders.top });
});

afterAll(async () => {
  await endAll();
  folders.remove();
});

describe('--version', () => {
  it('says which program this is, and makes nothing', async () => {
    const ended = await run(['--version'], { cwd: folders.top });
    expectSuccess(ended);
    expect(ended.stdout).toBe(`entente ${programVersion} (Node ${process.versions.node})\n`);
  });
});

describe('doctor', () => {
  it('finds a folder well, and says what it looked at', async () => {
    const ended = await doctor();
    expectSuccess(ended);
    for (const about of [
      'runtime',
      'configuration',
      'access tokens',
      'store',
      'ledger',
      'witnesses',
      'projections',
      'keys',
      'disk',
    ]) {
      expect(ended.stdout).toMatch(new RegExp(`^✓ ${about} `, 'm'));
    }
    expect(ended.stdout).toMatch(/All is well\.\n$/);
  });

  it('names every bad setting at once, and the value of none', async () => {
    const settings = { ENTENTE_PORT: 'sekret', ENTENTE_KEY: 'sekret', ENTENTE_PROT: 'sekret' };
    const ended = await doctor(directory, settings);
    expect(ended.code).toBe(1);
    for (const name of Object.keys(settings)) expect(ended.stdout).toContain(name);
    expect(ended.stdout + ended.stderr).not.toContain('sekret');
    expect(ended.stdout).toMatch(/^✗ configuration /m);
    expectNoTrace(ended);
  });

  it('and so does every other command', async () => {
    const settings = { ENTENTE_PORT: 'sekret', ENTENTE_PROT: 'sekret' };
    const ended = await run(['serve'], { cwd: folders.top, settings });
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^entente: .*not valid/);
    for (const name of Object.keys(settings)) expect(ended.stderr).toContain(name);
    expect(ended.stderr).not.toContain('sekret');
    expectNoTrace(ended);
  });

  it('asks the server that has the folder, and says that it is ready', async () => {
    const { child, client } = await serve(directory);
    const ended = await doctor();
    expectSuccess(ended);
    expect(ended.stdout).toContain(`${client.url} (process ${child.pid}) is ready`);
    // A server that signs nothing is well, and says so; one with an alarm is ready, and ill all the same.
    const unsigned = 'checked; unsigned: There is no key of the log';
    let detail = unsigned;
    const alarmed = createServer((_, response) =>
      response.end(JSON.stringify({ status: 'ready', checks: [{ name: 'ledger', ok: true, detail }] })),
    ).listen(0, '127.0.0.1');
    await once(alarmed, 'listening');
    const url = `http://127.0.0.1:${(alarmed.address() as AddressInfo).port}`;
    writeFileSync(`${directory}/serving.json`, JSON.stringify({ url, pid: child.pid }));
    expect(await doctor()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`· ledger         ${unsigned}`),
    });
    detail = 'ALARM: dialogue d, leaf 3: The leaf is not the one that was logged; signing';
    const ill = await doctor();
    const noBackup = await run(['doctor', directory], { cwd: folders.top });
    expect(noBackup.code).toBe(1);
    expect(noBackup.stdout).toMatch(/✗ backup .*is the record that a server works on/);
    alarmed.close();
    expect(ill.code).toBe(1);
    expect(ill.stdout).toContain(`✗ ledger         ${detail}. See /docs/operating#ledger-key`);
    expect(ill.stdout).toMatch(/1 thing\(s\) to mend, named above\.\n$/);
    await child.stop();
  });

  it('looks at a backup as it lies there, on any machine, and says what is whole and what is not', async () => {
    const kept = folders.in('kept.sqlite');
    await run(['backup', kept, '--data', directory], { cwd: folders.top });
    const look = (...args: readonly string[]) =>
      run(['doctor', ...args], {
        cwd: folders.top,
        settings: { EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false', ENTENTE_DATA: folders.in('nothing') },
      });
    const well = await look(kept);
    expectSuccess(well);
    expect(well.stdout).toMatch(
      /✓ backup +\d+ event\(s\) of the record and \d+ beside it, the last .* \(epoch /,
    );
    for (const about of ['projections', 'keys']) expect(well.stdout).toMatch(new RegExp(`^✓ ${about} `, 'm'));
    chmodSync(kept, 0o644);
    expect((await look(kept)).stdout).toMatch(/^· backup .*chmod 600/m);

    mkdirSync(folders.in('broken-off'));
    writeFileSync(folders.in('broken-off/store.sqlite.draft'), '');
    const cases = [
      [folders.in('none'), /✗ backup +there is no /],
      [folders.in('broken-off'), /✗ backup .*was broken off/],
      [folders.in('broken-off/store.sqlite.draft'), /✗ backup .*is empty/],
    ] as const;
    for (const [path, says] of cases) {
      const ill = await look(path);
      expect({ code: ill.code, stdout: ill.stdout }).toEqual({
        code: 1,
        stdout: expect.stringMatching(says),
      });
      expectNoTrace(ill);
    }
    expectFailure(await look(kept, '--data', directory), 1, /a backup or .* a data folder/);
    expect(readdirSync(folders.in('broken-off'))).toEqual(['store.sqlite.draft']);
  });

  it('finds ill what a start would refuse of the files beside the folder, all of it at once', async () => {
    const settings = {
      ENTENTE_LEDGER_KEY: folders.in('no-key.pem'),
      ENTENTE_LEDGER_WITNESSES: folders.in('no-witnesses'),
      ENTENTE_JOURNAL: folders.in('nowhere/journal'),
    };
    const ended = await doctor(directory, settings);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/^✗ ledger +There is no .*no-key\.pem, where ENTENTE_LEDGER_KEY says/m);
    expect(ended.stdout).toMatch(/^✗ witnesses .*no-witnesses, which ENTENTE_LEDGER_WITNESSES names, can't/m);
    expect(ended.stdout).toMatch(/^✗ journal .*nowhere/m);
    expect(ended.stdout).toContain('3 thing(s) to mend');
    expectNoTrace(ended);
    expect(existsSync(folders.in('nowhere'))).toBe(false);
    const lost = await doctor(directory, { ENTENTE_LEDGER_GUARD: folders.in('no-guard') });
    expect(lost).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('✗ ledger         There is no guard'),
    });
    const later = await doctor(directory, { ENTENTE_JOURNAL: folders.in('journal') });
    expect(later).toMatchObject({ code: 0, stdout: expect.stringContaining('the next start makes it') });
    expect(existsSync(folders.in('journal'))).toBe(false);
  });

  it('finds a folder ill that a newer version wrote', async () => {
    const newer = folders.in('newer');
    await run(['init', '--data', newer], { cwd: folders.top });
    writtenByNewerVersion(newer);
    const ended = await doctor(newer);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 1, stderr: '' });
    expect(ended.stdout).toMatch(/^✗ store .*storage format 99.*Install the newer version/m);
    expect(ended.stdout).toMatch(/1 thing\(s\) to mend/);
    expectNoTrace(ended);
  });

  it('finds a file ill that should be a folder', async () => {
    writeFileSync(folders.in('file'), 'words');
    const ended = await doctor(folders.in('file'));
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 1, stderr: '' });
    expect(ended.stdout).toMatch(/^✗ store /m);
    expectNoTrace(ended);
  });

  describe('of a server that takes access tokens', () => {
    let provider: IdentityProvider;
    beforeAll(async () => {
      provider = await IdentityProvider.start(new SystemClock());
    });
    afterAll(() => provider.stop());
    const settings = () => ({ ENTENTE_OIDC_ISSUER: provider.issuer, ENTENTE_OIDC_AUDIENCE: audience });

    it('says whose they are, and that its keys can be fetched', async () => {
      const ended = await doctor(directory, settings());
      expectSuccess(ended);
      expect(ended.stdout).toContain(
        `✓ access tokens  taken from ${provider.issuer}, which publishes 1 key(s), and may name no party: see ENTENTE_OIDC_PARTIES`,
      );
    });

    it.each([
      ['they are not there', failings['answers 503'], /answers with 503/],
      ['nobody answers', silence, /does not answer in time/],
      ['there are none', noKeys, /publishes no key/],
    ])('is ill where %s', async (_, failing, says) => {
      provider.failing = failing;
      const ended = await doctor(directory, { ...settings(), ENTENTE_OIDC_JWKS_URL: provider.jwksUrl });
      expect(ended.code).toBe(1);
      expect(ended.stdout).toMatch(/^✗ access tokens /m);
      expect(ended.stdout).toMatch(says);
      expectNoTrace(ended);
    });

    it('names what half a configuration lacks', async () => {
      const ended = await doctor(directory, { ENTENTE_OIDC_ISSUER: provider.issuer });
      expect(ended.code).toBe(1);
      expect(ended.stdout).toMatch(/^✗ configuration .*not valid:\n.*ENTENTE_OIDC_AUDIENCE is missing/m);
    });
  });
});
