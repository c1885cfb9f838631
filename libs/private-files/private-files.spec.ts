import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createPrivately, makePrivate, NotPrivate, tightenFolder } from './index.js';

let folder: string;
const umaskBefore = process.umask();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'private-files-'));
});
afterEach(() => {
  process.umask(umaskBefore);
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const umasks = [0o000, 0o002, 0o022, 0o027, 0o077];
const companions = ['', '-wal', '-shm', '-journal'];

describe('A file that is made', () => {
  it.each(umasks)('is for its owner alone, whatever the umask is (%o)', (umask) => {
    process.umask(umask);
    const file = join(folder, 'new');
    makePrivate(file);
    expect(modeOf(file)).toBe('600');
    expect(statSync(file).size).toBe(0);
  });

  const standing: Record<string, (path: string, elsewhere: string) => void> = {
    'a file': (path) => writeFileSync(path, 'words'),
    'an empty file that all may write': (path) => writeFileSync(path, '', { mode: 0o666 }),
    'a link to a file': (path, elsewhere) => (
      writeFileSync(elsewhere, 'words'),
      symlinkSync(elsewhere, path)
    ),
    'a link to a file that is not there yet': (path, elsewhere) => symlinkSync(elsewhere, path),
    'a link to itself': (path) => symlinkSync(path, path),
    'a link to a folder': (path) => symlinkSync(folder, path),
    'a folder': (path) => mkdirSync(path),
    'a link to a device': (path) => symlinkSync('/dev/null', path),
  };

  it.each(Object.entries(standing))('is refused where there is %s, which stays as it is', (_, put) => {
    const [path, elsewhere] = [join(folder, 'taken'), join(folder, 'elsewhere')];
    put(path, elsewhere);
    const before = lstatSync(path);
    const wordsBefore = existsSync(elsewhere) ? readFileSync(elsewhere, 'utf8') : undefined;
    expect(() => createPrivately(path)).toThrow(/EEXIST/);
    expect(lstatSync(path)).toMatchObject({ ino: before.ino, mode: before.mode, mtimeMs: before.mtimeMs });
    expect(existsSync(elsewhere) ? readFileSync(elsewhere, 'utf8') : undefined).toBe(wordsBefore);
  });
});

describe('A file that is there', () => {
  it.each([0o644, 0o664, 0o666, 0o640, 0o604, 0o755, 0o400, 0o444, 0o600])(
    'loses the rights of others with all that SQLite puts beside it, and keeps its words (%o)',
    (mode) => {
      const file = join(folder, 'store.sqlite');
      for (const companion of companions) {
        writeFileSync(`${file}${companion}`, 'words');
        chmodSync(`${file}${companion}`, mode);
      }
      makePrivate(file);
      for (const companion of companions) {
        expect(modeOf(`${file}${companion}`)).toBe((mode & 0o700).toString(8));
        expect(readFileSync(`${file}${companion}`, 'utf8')).toBe('words');
      }
    },
  );

  const { seteuid } = process;
  if (process.getuid?.() === 0 && seteuid !== undefined) {
    it('is refused where it is somebody else’s and open to others', () => {
      const file = join(folder, 'store.sqlite');
      writeFileSync(file, 'words');
      chmodSync(file, 0o666);
      chmodSync(folder, 0o777);
      seteuid(65_534);
      try {
        expect(() => makePrivate(file)).toThrow(NotPrivate);
        expect(() => makePrivate(file)).toThrow(/belongs to somebody else.*Give this user the folder/);
      } finally {
        seteuid(0);
      }
    });
  }
});

describe('A folder', () => {
  const isOurs = (name: string) => name.startsWith('ours');

  it.each([0o755, 0o775, 0o777, 0o711, 0o750])(
    'with nothing but ours in it is closed to others (%o)',
    (mode) => {
      writeFileSync(join(folder, 'ours.1'), '');
      chmodSync(folder, mode);
      tightenFolder(folder, isOurs);
      expect(modeOf(folder)).toBe('700');
    },
  );

  it('keeps its rights where it serves other ends, too', () => {
    writeFileSync(join(folder, 'ours'), '');
    writeFileSync(join(folder, 'recipes'), '');
    chmodSync(folder, 0o755);
    tightenFolder(folder, isOurs);
    expect(modeOf(folder)).toBe('755');
  });

  it('keeps its rights where it is open to all by design', () => {
    chmodSync(folder, 0o1777);
    tightenFolder(folder, isOurs);
    expect(modeOf(folder)).toBe('777');
  });
});
