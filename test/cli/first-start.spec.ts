import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Child, endAll, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { expectSuccess } from './expectations.js';
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
    expect(list.stdout.trim().split('\n').length).toBe(4);
  });
});

describe('serve without any configuration', () => {
  it('listens on loopback alone, and writes its first keys to a file that the terminal names', async () => {
    const child = await Child.start(['serve', '--port', '0'], here);
    await child.printed(/\/docs/);
    const [, host, port] = await child.printed(/on http:\/\/([\d.]+):(\d+)\n/);
    expect(host).toBe('127.0.0.1');
    expect(listeningOn(Number(port))).toEqual(['127.0.0.1']);

    const [, file = ''] = await child.printed(/are in (\S+), readable by you alone/);
    expect(modeOf(folders.in(file))).toBe('600');
    const { reader } = JSON.parse(readFileSync(folders.in(file), 'utf8')) as { reader: string };
    expect(child.stdout + child.stderr).not.toContain(reader);
    const address = `http://127.0.0.1:${port}/v1/irritants`;
    expect((await fetch(address)).status).toBe(401);
    expect((await fetch(address, { headers: { Authorization: `Bearer ${reader}` } })).status).toBe(200);
    expect((await child.stop()).code).toBe(0);
  });

  it('makes no keys on its second start, and says no more about them', async () => {
    const child = await Child.start(['serve', '--port', '0'], here);
    await child.printed(/\/docs/);
    expect(child.stdout).not.toContain('keys');
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
