import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { Child, endAll, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { expectNoTrace, expectSuccess } from './expectations.js';
import { Folders, modeOf } from './folders.js';

const folders = new Folders();
const here = { cwd: folders.top };

beforeAll(async () => {
  await compiledProgram();
});

afterAll(async () => {
  await endAll();
  folders.remove();
});

describe('init', () => {
  const directory = folders.in('made');
  const file = folders.in('made/keys.json');

  it('makes the folder and its first keys, in a file that the terminal names and only its owner can read', async () => {
    const ended = await run(['init', '--data', directory], here);
    expectSuccess(ended);
    expect(ended.stdout).toContain(file);
    expect([modeOf(directory), modeOf(file)]).toEqual(['700', '600']);
    const keys = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    expect(Object.keys(keys)).toEqual(['operator', 'secretariat', 'reader', 'auditor']);
    for (const key of Object.values(keys)) expect(ended.stdout).not.toContain(key);
  });

  it('changes nothing when it is called again', async () => {
    const before = readFileSync(file, 'utf8');
    const ended = await run(['init', '--data', directory], here);
    expectSuccess(ended);
    expect(ended.stdout).toMatch(/is there already.*nothing was changed/);
    expect(readFileSync(file, 'utf8')).toBe(before);
    const list = await run(['keys', 'list', '--data', directory], here);
    const [heading, ...listed] = list.stdout.trim().split('\n');
    expect([heading, listed.length]).toEqual([expect.stringMatching(/^ID .* STATE$/), 4]);
  });
});

describe('a folder without a record', () => {
  const commands = [
    ['serve', '--port', '0'],
    ['doctor'],
    ['replay', 'RUUS-1'],
    ['rebuild'],
    ['keys', 'list'],
    ['keys', 'make', '--name', 'a', '--roles', 'reader'],
    ['migrate', '--from', 'sqlite', '--to', 'esdb://127.0.0.1:1?tls=false'],
  ] as const;

  it.each(commands)(
    'is not made one by %s, which names the folder and the command that makes one',
    async (...args) => {
      const absent = folders.in(`absent-${args.join('-').replace(/\W+/g, '-')}`);
      const ended = await run([...args, '--data', absent], here);
      expect({ code: ended.code, there: existsSync(absent) }).toEqual({ code: 1, there: false });
      expect(ended.stdout + ended.stderr).toContain(
        `There is no record in ${absent}: make one with "entente init --data ${absent}"`,
      );
      expectNoTrace(ended);
    },
  );

  it('stays as empty as it was', async () => {
    const empty = folders.in('empty');
    mkdirSync(empty);
    for (const command of ['serve', 'doctor', 'rebuild']) {
      const ended = await run([command, '--data', empty], here);
      expect({ command, code: ended.code, files: readdirSync(empty) }).toEqual({
        command,
        code: 1,
        files: [],
      });
    }
  });
});

describe('serve after init, without any configuration', () => {
  it('listens on loopback alone, with the keys that init made', async () => {
    const made = await run(['init'], here);
    const [, file = ''] = /are in (\S+), readable by you alone/.exec(made.stdout) ?? [];
    const child = await Child.start(['serve', '--port', '0'], here);
    await child.printed(/\/docs/);
    const [, host, port] = await child.printed(/on http:\/\/([\d.]+):(\d+)\n/);
    expect(host).toBe('127.0.0.1');
    expect(listeningOn(Number(port))).toEqual(['127.0.0.1']);
    expect(modeOf(folders.in(file))).toBe('600');
    const { reader } = JSON.parse(readFileSync(folders.in(file), 'utf8')) as { reader: string };
    expect(child.stdout + child.stderr).not.toContain(reader);
    const address = `http://127.0.0.1:${port}/v1/irritants`;
    expect((await fetch(address)).status).toBe(401);
    expect((await fetch(address, { headers: { Authorization: `Bearer ${reader}` } })).status).toBe(200);
    expect((await child.stop()).code).toBe(0);
  });

  it('makes no keys of its own, and says nothing about them', async () => {
    const child = await Child.start(['serve', '--port', '0'], here);
    await child.printed(/\/docs/);
    expect(child.stdout).not.toContain('keys');
    expect((await child.stop()).code).toBe(0);
  });

  it('in memory needs no folder, and makes its first keys beside itself', async () => {
    expectSuccess(await run(['init', '--data', ':memory:'], here));
    const child = await Child.start(['serve', '--data', ':memory:', '--port', '0'], here);
    await child.printed(/\/docs/);
    expect(child.stdout).toMatch(/first keys .* are in entente-keys\.json, readable by you alone/);
    expect(modeOf(folders.in('entente-keys.json'))).toBe('600');
    expect((await child.stop()).code).toBe(0);
  });
});

/** Every IPv4 address that a socket of this machine listens on at the port, as the system tells it. */
function listeningOn(port: number): readonly string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = '0A';
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(`:${hex}`) === true && state === listening)
      .map(([, local = '']) => addressOf(local.split(':')[0] ?? '')),
  );
}

/** The table has the bytes of an address backwards. */
function addressOf(hex: string): string {
  return (hex.match(/../g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}
