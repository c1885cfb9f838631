import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatVerifierKey, paths } from '#libs/ledger';
import { filledLog } from '#libs/ledger/testing';
import { origin, Place, signed, signer } from '../checking/given.js';
import type { Files } from '../checking/given.js';

/** Where Debian puts golang-golang-x-mod-dev. */
const sources = '/usr/share/gocode';
const isHere =
  existsSync(`${sources}/src/golang.org/x/mod/sumdb/note`) && spawnSync('go', ['version']).status === 0;
if (!isHere) throw new Error('This needs Debian’s golang-go and golang-golang-x-mod-dev: install both.');

const place = new Place();
afterAll(() => place.remove());

const log = filledLog(origin, 600);
const check = (files: Files) => {
  const args = [formatVerifierKey(signer.key), place.folder('files', files)];
  return spawnSync(place.in('check'), args, { encoding: 'utf8' }).stdout;
};

describe('Tools that nobody here wrote (Go’s sumdb)', () => {
  beforeAll(() => {
    const program = fileURLToPath(new URL('check.go', import.meta.url));
    const env = { PATH: '/usr/bin:/bin', HOME: place.top, GO111MODULE: 'off', GOPATH: sources, GOFLAGS: '' };
    execFileSync('go', ['build', '-o', place.in('check'), program], { env, cwd: place.top });
  });

  it('verify checkpoints, tiles, inclusion and consistency of a log', () => {
    const files = log.mirror(signed(log));
    for (const size of [1, 255, 256, 599]) files.set(paths.earlier(size), signed(log, size));
    expect(check(files)).toBe('right: 600 leaves, 4 earlier checkpoints\n');
  });

  it('verify the proofs of a bundle', () => {
    expect(check(log.bundle('irritant-1', signed(log), log.checkpoint()))).toBe('right: 200 proofs\n');
  });

  it('find what was tampered with', () => {
    for (const path of ['checkpoint', 'tile/0/001', 'tile/entries/001', 'tile/1/000.p/2']) {
      const files = log.mirror(signed(log));
      const bytes = files.get(path)!.slice();
      bytes[path === 'checkpoint' ? 30 : 600]! ^= 1;
      bytes[33]! ^= 1;
      files.set(path, bytes);
      expect([path, check(files)]).toEqual([path, expect.stringMatching(/^wrong: /)]);
    }
    const forked = log.mirror(signed(log));
    const other = filledLog(origin, 8);
    other.tell({ stream: 'irritant-2' });
    forked.set(paths.earlier(9), signed(other));
    expect(check(forked)).toMatch(/^wrong: .*checkpoints\/9/);
  });
});
