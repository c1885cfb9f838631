import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { programVersion, versionOf } from './program-version.js';

describe('The version', () => {
  const node = process.versions.node;

  it('is that of the package, without a commit where no build of an image has said one', () => {
    expect(versionOf()).toEqual({ version: programVersion, node });
  });

  it('names the commit of an image, and nothing that is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'entente-version-'));
    const file = join(folder, 'commit');
    const said = (text: string) => {
      writeFileSync(file, text);
      return versionOf(pathToFileURL(file));
    };
    const commit = '9f1b3cd2c0a4e6b8d7f5a3b1c9e0d2f4a6b8c0d1';
    expect(said(`${commit}\n`)).toEqual({ version: programVersion, commit, node });
    for (const text of ['', 'unknown', commit.slice(1), `${commit} dirty`])
      expect(said(text)).toEqual({ version: programVersion, node });
    rmSync(folder, { recursive: true });
  });
});
