import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { program } from '../../src/cli/program.js';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { Api } from '../support/api.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const readme = text('README.md');

let api: Api;
beforeAll(async () => {
  api = await Api.start();
  await loadRecord(istanbulRecord, { url: api.server.url, key: api.keys['secretariat'] ?? '' });
});
afterAll(() => api.stop());

describe('The README', () => {
  const lines = readme.split('\n').filter((line) => line.startsWith('curl '));

  it('has examples of the interface', () => {
    expect(lines.length).toBeGreaterThanOrEqual(5);
  });

  it.each(lines)('has an example that works on the demonstration: %s', async (line) => {
    const [, path = ''] = /http:\/\/127\.0\.0\.1:4350([^'\s]*)/.exec(line) ?? [];
    expect(line).toContain('-H @data/demo/reader.header');
    const answer = await api.get(path, 'reader');
    expect(answer.status).toBe(200);
  });

  it('names every command of the command line, and no other', () => {
    const commands = program().commands.map((one) => one.name());
    const table = [...readme.matchAll(/^\| `entente (\w+)/gm)].map(([, name]) => name);
    expect(new Set(table)).toEqual(new Set(commands));
  });

  it('names pages that the server serves', async () => {
    const pages = [...readme.matchAll(/`(\/(?:docs|problems|openapi)[a-z./]*)`/g)].map(
      ([, page]) => page ?? '',
    );
    expect(pages.length).toBeGreaterThanOrEqual(4);
    for (const page of pages) {
      expect({ page, status: (await api.ask('GET', page, { as: 'nobody' })).status }).toEqual({
        page,
        status: 200,
      });
    }
  });
});

describe('The documents', () => {
  it.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'])(
    '%s name scripts and files that exist',
    (file) => {
      const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
      for (const [, script = ''] of text(file).matchAll(/npm run (?:--silent )?([a-z0-9:]+)/g)) {
        expect(Object.keys(scripts)).toContain(script);
      }
      for (const [, path = ''] of text(file).matchAll(/`((?:src|libs|test|config|docker)\/[\w./-]+)`/g)) {
        expect({ path, exists: existsSync(join(root, path)) }).toEqual({ path, exists: true });
      }
    },
  );
});
