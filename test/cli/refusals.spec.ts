import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Child, endAll, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { expectFailure, expectNoTrace, expectSuccess } from './expectations.js';
import { Folders, writtenByNewerVersion } from './folders.js';

const folders = new Folders();
const here = { cwd: folders.top };
const directory = folders.in('data');

const serveOn = (data: string, ...more: readonly string[]) =>
  run(['serve', '--data', data, '--port', '0', ...more], here);

const initIn = (data: string) => run(['init', '--data', data], here);

beforeAll(async () => {
  await compiledProgram();
  expectSuccess(await run(['init', '--data', directory], here));
});

afterAll(async () => {
  await endAll();
  for (const one of mounted) asRoot('umount', one);
  folders.remove();
});

/** Only root may mount, and not even root may everywhere: then these two tests have no disk to work on. */
const mounted: string[] = [];
function asRoot(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: 'ignore' });
}
function mount(name: string, ...options: readonly string[]): string | undefined {
  const path = folders.in(name);
  mkdirSync(path);
  try {
    asRoot('mount', '-t', 'tmpfs', '-o', options.join(','), 'tmpfs', path);
    mounted.push(path);
    return path;
  } catch {
    return undefined;
  }
}
const smallDisk = mount('small-disk', 'size=256k');
const readOnlyDisk = mount('read-only-disk', 'ro');

describe('a data folder that can not be used is refused in a sentence', () => {
  it('because a server has it', async () => {
    const child = await Child.start(['serve', '--data', directory, '--port', '0'], here);
    await child.printed(/\/docs/);
    expectFailure(await serveOn(directory), 1, /in use by another process/);
    expectFailure(await run(['rebuild', '--data', directory], here), 1, /in use by another process/);
    await child.stop();
  });

  it('because it lies below a regular file', async () => {
    writeFileSync(folders.in('file'), 'words');
    expectFailure(await initIn(folders.in('file/below')), 1, /can't be used: it can't be made/);
  });

  it('because it is a file', async () => {
    writeFileSync(folders.in('file'), 'words');
    for (const command of ['init', 'serve', 'rebuild']) {
      expectFailure(await run([command, '--data', folders.in('file')], here), 1, /can't be used/);
    }
  });

  it('because a newer version wrote it', async () => {
    const newer = folders.in('newer');
    await run(['init', '--data', newer], here);
    writtenByNewerVersion(newer);
    expectFailure(await serveOn(newer), 1, /storage format 99; this version knows formats up to 3/);
    expectFailure(await run(['replay', 'RUUS-1', '--data', newer], here), 1, /storage format 99/);
  });

  it('because its read models can not be opened', async () => {
    const broken = folders.in('broken');
    await run(['init', '--data', broken], here);
    rmSync(`${broken}/views.sqlite`);
    mkdirSync(`${broken}/views.sqlite`);
    expectFailure(await serveOn(broken), 1, /a file of the data folder can't be used/);
  });

  if (process.getuid?.() !== 0) {
    it('because this user may not write it', async () => {
      const closed = folders.in('closed');
      mkdirSync(closed);
      chmodSync(closed, 0o500);
      expectFailure(await initIn(closed), 1, /can't be used.*right to write/);
    });
  }

  if (readOnlyDisk !== undefined) {
    it('because its disk can only be read', async () => {
      expectFailure(await initIn(readOnlyDisk), 1, /can't be used/);
      expectFailure(await initIn(`${readOnlyDisk}/data`), 1, /can't be made/);
    });
  }

  if (smallDisk !== undefined) {
    it('because its disk is full', async () => {
      expectFailure(await initIn(`${smallDisk}/data`), 1, /the disk is full: make space/);
    });
  }
});

describe('an address that can not be had is refused in a sentence', () => {
  it('because the port is in use, and the folder is free again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const ended = await run(['serve', '--data', directory, '--port', String(port)], here);
    expectFailure(ended, 1, new RegExp(`port ${port} on 127.0.0.1 is in use.*--port`));
    expect(existsSync(`${directory}/serving.json`)).toBe(false);
    // A demonstration listens where the environment says, too, as every server does.
    const settings = { ENTENTE_PORT: String(port) };
    const demo = await run(['demo', '--data', folders.in('demo')], { ...here, settings });
    expectFailure(demo, 1, new RegExp(`port ${port} on 127.0.0.1 is in use`));
    other.close();
  });

  it.each([['99999'], ['-1'], ['http'], ['']])('because "%s" is no port', async (port) => {
    expectFailure(await run(['serve', '--data', directory, `--port=${port}`], here), 1, /is no port/);
  });

  it('because the machine has no such address', async () => {
    expectFailure(await serveOn(directory, '--host', '192.0.2.1'), 1, /has no address .*--host/);
  });
});

describe('a wrong call is answered with how to call', () => {
  it.each([
    ['an unknown command', ['negotiate'], /unknown command 'negotiate'/, 'entente --help'],
    ['an unknown option', ['serve', '--colour'], /unknown option '--colour'/, 'entente serve --help'],
    ['a missing argument', ['replay'], /missing required argument 'key'/, 'entente replay --help'],
    [
      'a missing option',
      ['keys', 'make', '--roles', 'reader'],
      /required option '--name <name>'/,
      'entente keys make --help',
    ],
  ])('%s', async (_, args, says, help) => {
    const ended = await run(args, here);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(says);
    expect(ended.stderr).toContain(`(${help} `);
    expectNoTrace(ended);
  });

  it('and --help is no failure', async () => {
    const ended = await run(['--help'], here);
    expectSuccess(ended);
    for (const command of ['init', 'serve', 'demo', 'replay', 'rebuild', 'restore', 'keys', 'doctor']) {
      expect(ended.stdout).toContain(`  ${command} `);
    }
  });
});
