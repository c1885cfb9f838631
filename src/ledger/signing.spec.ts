import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Guard } from './guard.js';
import { LogKeys } from './log-keys.js';
import { ledgerFiles, makeLedgerFiles, rotateKey, signingFrom } from './signing.js';
import type { LedgerFiles, LedgerSettings } from './signing.js';

let top: string;
let settings: LedgerSettings;
let files: LedgerFiles;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'entente-signing-'));
  const directory = join(top, 'data');
  mkdirSync(directory);
  settings = { directory, ledgerKey: undefined, ledgerGuard: undefined };
  files = ledgerFiles(settings)!;
});
afterEach(() => rmSync(top, { recursive: true }));

const root = (character: string) => `${character.repeat(43)}=`;

describe('The key of the log', () => {
  it('is made on a fresh machine, where neither the folder nor the one above it is there yet', () => {
    const fresh = { ...settings, directory: join(top, 'new', 'demo') };
    const made = ledgerFiles(fresh)!;
    expect(makeLedgerFiles(fresh, made)).toBe(true);
    expect(statSync(made.key).mode & 0o777).toBe(0o600);
    expect(existsSync(made.guard)).toBe(true);
  });

  it('is made beside the data folder, for its owner alone, and never over another one', () => {
    expect(makeLedgerFiles(settings, files)).toBe(true);
    expect(files).toEqual({ key: `${top}/data.ledger-key.pem`, guard: `${top}/data.ledger-guard` });
    for (const file of [files.key, files.guard]) expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(files.key, 'utf8');
    expect(makeLedgerFiles(settings, files)).toBe(false);
    expect(readFileSync(files.key, 'utf8')).toBe(before);
    expect(signingFrom(settings)).toHaveProperty('keys');
  });

  it('is not looked for where nobody made one: nothing is signed, and what to do is said', () => {
    expect(signingFrom(settings)).toEqual({ unsigned: expect.stringContaining('entente ledger key create') });
    expect(signingFrom({ ...settings, directory: undefined })).toHaveProperty('unsigned');
  });

  it.each([
    [
      'is not there, though it is named',
      () => ({ ledgerKey: join(top, 'none.pem') }),
      /There is no .*none\.pem/,
    ],
    ['lies in the data folder', () => ({ ledgerKey: join(top, 'data', 'key.pem') }), /must lie elsewhere/],
    [
      'has its guard in the data folder',
      () => ({ ledgerGuard: join(top, 'data', 'guard') }),
      /must lie elsewhere/,
    ],
  ])('is refused where it %s', (_, more, says) => {
    makeLedgerFiles(settings, files);
    expect(() => signingFrom({ ...settings, ...more() })).toThrow(says);
  });

  it('is refused where others may read it, and where it is no key', () => {
    makeLedgerFiles(settings, files);
    chmodSync(files.key, 0o640);
    expect(() => LogKeys.read(files.key)).toThrow(/chmod 600/);
    chmodSync(files.key, 0o600);
    writeFileSync(files.key, 'no key');
    expect(() => LogKeys.read(files.key)).toThrow(/holds 0 private keys/);
  });

  it('is changed by a time in which both sign, the new one first', () => {
    makeLedgerFiles(settings, files);
    const [old] = LogKeys.read(files.key).named('localhost/one');
    rotateKey(files.key, false);
    const both = LogKeys.read(files.key).named('localhost/one');
    expect(both[1]?.note).toEqual(old?.note);
    expect(() => rotateKey(files.key, false)).toThrow(/--end/);
    rotateKey(files.key, true);
    const after = LogKeys.read(files.key).named('localhost/one');
    expect(after.map(({ note }) => note)).toEqual([both[0]?.note]);
    expect(() => rotateKey(files.key, true)).toThrow(/no old one/);
    expect(statSync(files.key).mode & 0o777).toBe(0o600);
  });
});

describe('The guard file', () => {
  it('that is gone keeps the log from being signed until somebody accepts the loss', () => {
    makeLedgerFiles(settings, files);
    rmSync(files.guard);
    expect(signingFrom(settings)).toEqual({ unsigned: expect.stringContaining('--accept-ledger-loss') });
    expect(existsSync(files.guard)).toBe(false);
    expect(signingFrom({ ...settings, acceptLedgerLoss: true })).toHaveProperty('keys');
    expect(existsSync(files.guard)).toBe(true);
  });

  it('knows the last of each log, also after a line that was not written to its end', async () => {
    Guard.make(files.guard);
    const guard = Guard.read(files.guard);
    guard.keep([{ origin: 'localhost/one', size: 3, root: root('A') }]);
    await guard.keepAsync([{ origin: 'localhost/one', size: 5, root: root('B') }]);
    expect(guard.headOf('localhost/one')).toEqual({ size: 5, root: root('B') });
    writeFileSync(files.guard, 'localhost/one 7 AA', { flag: 'a' });
    const again = Guard.read(files.guard);
    expect(again.headOf('localhost/one')).toEqual({ size: 5, root: root('B') });
    again.keep([{ origin: 'localhost/two', size: 1, root: root('C') }]);
    expect(Guard.read(files.guard).headOf('localhost/two')).toEqual({ size: 1, root: root('C') });
  });

  it.each(['keep', 'keepAsync'] as const)(
    'has each line by itself, where a full disk took a part of one and has room again: %s',
    async (how) => {
      Guard.make(files.guard);
      const guard = Guard.read(files.guard);
      const keep = (size: number) =>
        Promise.resolve().then(() => guard[how]([{ origin: 'localhost/one', size, root: root('A') }]));
      await keep(3);
      renameSync(files.guard, `${files.guard}-aside`);
      symlinkSync('/dev/full', files.guard);
      await expect(keep(5)).rejects.toThrow(/ENOSPC/);
      renameSync(`${files.guard}-aside`, files.guard);
      writeFileSync(files.guard, 'localhost/one 5 AA', { flag: 'a' });
      await keep(7);
      expect(Guard.read(files.guard).headOf('localhost/one')?.size).toBe(7);
    },
  );

  it('is whole again with the next line where somebody took it away from a server that runs', async () => {
    Guard.make(files.guard);
    const guard = Guard.read(files.guard);
    guard.keep([{ origin: 'localhost/one', size: 3, root: root('A') }]);
    rmSync(files.guard);
    await guard.keepAsync([{ origin: 'localhost/two', size: 1, root: root('B') }]);
    expect([...Guard.read(files.guard).origins()]).toEqual(['localhost/one', 'localhost/two']);
  });

  it('stays short, however often something is signed', () => {
    Guard.make(files.guard);
    const guard = Guard.read(files.guard);
    for (let size = 1; size <= 1_100; size += 1)
      guard.keep([{ origin: 'localhost/one', size, root: root('A') }]);
    Guard.read(files.guard);
    expect(readFileSync(files.guard, 'utf8').split('\n')).toHaveLength(3);
    expect(Guard.read(files.guard).headOf('localhost/one')?.size).toBe(1_100);
  });

  it('that somebody wrote into is refused', () => {
    Guard.make(files.guard);
    writeFileSync(files.guard, 'localhost/one 7\n', { flag: 'a' });
    expect(() => Guard.read(files.guard)).toThrow(/no log wrote/);
    writeFileSync(files.guard, 'something else\n');
    expect(() => Guard.read(files.guard)).toThrow(/no guard file/);
  });
});
