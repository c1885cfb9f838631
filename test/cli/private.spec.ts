import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { writeAnew } from '../../src/cli/key-file.js';
import { endAll, Child, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { expectSuccess } from './expectations.js';
import { Folders, modeOf } from './folders.js';

const folders = new Folders();
const here = { cwd: folders.top };
const umaskBefore = process.umask();

beforeAll(async () => {
  await compiledProgram();
  // A child has the umask of whoever starts it.
  process.umask(0o022);
});

afterAll(async () => {
  process.umask(umaskBefore);
  await endAll();
  folders.remove();
});

/** Every file of the folder with its rights, but for those that only the owner has. */
function openToOthers(directory: string): readonly string[] {
  const names = readdirSync(directory).map((name) => [name, modeOf(join(directory, name))] as const);
  expect(names.length).toBeGreaterThan(2);
  return names.filter(([, mode]) => mode !== '600').map(([name, mode]) => `${name} ${mode}`);
}

describe('With a umask that lets everybody read, the data folder and all that lies in it are for its owner alone', () => {
  it('after init, and a second init', async () => {
    const directory = folders.in('init');
    for (let times = 0; times < 2; times += 1) {
      expectSuccess(await run(['init', '--data', directory], here));
      expect([modeOf(directory), openToOthers(directory)]).toEqual(['700', []]);
    }
  });

  it.each([
    ['serve', /\/docs/],
    ['demo', /\/docs/],
  ])('while %s runs, and after it', async (command, says) => {
    const directory = folders.in(command);
    if (command === 'serve') expectSuccess(await run(['init', '--data', directory], here));
    const child = await Child.start([command, '--data', directory, '--port', '0'], here);
    await child.printed(says);
    expect([modeOf(directory), openToOthers(directory)]).toEqual(['700', []]);
    expect(readdirSync(directory)).toEqual(
      expect.arrayContaining(['store.sqlite-wal', 'views.sqlite', 'views.sqlite-wal', 'lock.sqlite']),
    );
    expect((await child.stop()).code).toBe(0);
    expect(openToOthers(directory)).toEqual([]);
  });

  it('where an earlier version had left them open', async () => {
    const directory = folders.in('open');
    expectSuccess(await run(['init', '--data', directory], here));
    chmodSync(directory, 0o755);
    for (const name of readdirSync(directory).filter((one) => one.includes('sqlite')))
      chmodSync(join(directory, name), 0o644);
    expectSuccess(await run(['keys', 'list', '--data', directory], here));
    expect([modeOf(directory), openToOthers(directory)]).toEqual(['700', []]);
  });

  it('where the folder was made beforehand', async () => {
    const directory = folders.in('made');
    mkdirSync(directory, { mode: 0o755 });
    expectSuccess(await run(['init', '--data', directory], here));
    expect([modeOf(directory), openToOthers(directory)]).toEqual(['700', []]);
  });

  it('but a folder that holds other things, too, keeps its rights, and our files have theirs', async () => {
    const directory = folders.in('shared');
    mkdirSync(directory, { mode: 0o755 });
    writeFileSync(join(directory, 'recipes'), '', { mode: 0o644 });
    expectSuccess(await run(['init', '--data', directory], here));
    expect([modeOf(directory), openToOthers(directory)]).toEqual(['755', ['recipes 644']]);
  });
});

describe('The file of the keys', () => {
  it('leads nobody to the keys who knew beforehand how its draft would be called', async () => {
    const directory = folders.in('hostile');
    mkdirSync(directory);
    const elsewhere = folders.in('elsewhere');
    for (const name of ['keys.json.draft', 'serving.json.draft', 'keys.json'])
      symlinkSync(elsewhere, join(directory, name));
    expectSuccess(await run(['init', '--data', directory], here));
    expect(existsSync(elsewhere)).toBe(false);
    expect(readFileSync(join(directory, 'keys.json'), 'utf8')).toContain('operator');
    expect(modeOf(join(directory, 'keys.json'))).toBe('600');
  });

  it('leaves no draft behind, also where it can not be put in its place', async () => {
    const directory = folders.in('blocked');
    mkdirSync(join(directory, 'keys.json'), { recursive: true });
    expect((await run(['init', '--data', directory], here)).code).toBe(1);
    expect(readdirSync(directory).filter((name) => name.endsWith('.draft'))).toEqual([]);
  });

  it('is never written into what somebody else has made, and says so', () => {
    const file = folders.in('taken.draft');
    writeFileSync(file, 'theirs');
    expect(() => writeAnew(file, 'ours')).toThrow(/is there already.*did not make it.*remove it/);
    expect(readFileSync(file, 'utf8')).toBe('theirs');
  });
});
