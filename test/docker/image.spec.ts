import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '#config';
import { environmentOf } from '../faults/environment.js';
import { compiledProgram } from '../faults/program.js';
import { servedRoutes } from '../../src/cli/served-routes.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const run = promisify(execFile);

/** One instruction a line, comments left out and continued lines joined. */
const instructions = text('docker/Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '');
const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));

function argumentsOf(name: string): readonly string[] {
  return last.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
}

const environment = Object.fromEntries(
  argumentsOf('ENV').flatMap((line) => line.split(/\s+/).map((pair) => pair.split('=') as [string, string])),
);
const [, probe = ''] = /CMD (\[.*\])$/.exec(argumentsOf('HEALTHCHECK')[0] ?? '') ?? [];

/** Runs the probe of the image against a server that answers with a status of our choice. */
async function probeCode(
  status: number,
): Promise<{ readonly code: number; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(String(request.url));
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  const { port } = await new Promise<AddressInfo>((resolve) =>
    server.once('listening', () => resolve(server.address() as AddressInfo)),
  );
  const [, ...args] = JSON.parse(probe) as string[];
  const env = environmentOf({ ENTENTE_PORT: String(port) });
  const code = await run(process.execPath, args, { env }).then(
    () => 0,
    (error: { code: number }) => error.code,
  );
  server.close();
  return { code, asked };
}

describe('The image', () => {
  const copied = instructions
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(' ').slice(1, -1));

  it('copies only what there is, and what the builder is given', () => {
    const lines = text('.dockerignore').split('\n');
    expect(lines).toContain('*');
    const given = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect([...new Set(copied)].sort()).toEqual([...given].sort());
  });

  it('takes everything that the build reads', () => {
    const { extends: base, include } = JSON.parse(text('config/tsconfig.build.json')) as {
      extends: string;
      include: string[];
    };
    const read = [base, ...include].map((path) => path.replace('../', ''));
    expect(read.filter((path) => !copied.includes(path))).toEqual([]);
  });

  it('runs as nobody in particular, on a folder of its own, and ends on the signal that the server knows', () => {
    expect(argumentsOf('USER')).toEqual([expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/)]);
    const [user] = argumentsOf('USER').map((one) => one.split(':')[0]);
    expect(argumentsOf('VOLUME').join(' ').split(' ')).toEqual([environment['ENTENTE_DATA'], '/ledger']);
    for (const name of ['ENTENTE_LEDGER_KEY', 'ENTENTE_LEDGER_GUARD'])
      expect(environment[name]).toMatch(/^\/ledger\//);
    expect(argumentsOf('RUN').join()).toContain(`install -d -o ${user} -g ${user} -m 0700 /data`);
    const [signal = ''] = argumentsOf('STOPSIGNAL');
    expect(text('src/cli/running.ts')).toContain(`process.on('${signal}'`);
  });

  it('sets what the server knows, so that it can be reached from outside the container', () => {
    const ours = Object.fromEntries(
      Object.entries(environment).filter(([name]) => name.startsWith('ENTENTE_')),
    );
    const { host, port, directory } = readEnvironment(ours);
    expect({ host, directory }).toEqual({ host: '0.0.0.0', directory: '/data' });
    expect(argumentsOf('EXPOSE')).toEqual([String(port)]);
  });

  it('starts what the build makes', () => {
    const { bin } = JSON.parse(text('package.json')) as { bin: { entente: string } };
    expect(argumentsOf('ENTRYPOINT')).toEqual([JSON.stringify(['node', bin.entente]).replace(',', ', ')]);
    expect(argumentsOf('RUN').join()).toContain(`ln -s /app/${bin.entente} /usr/local/bin/entente`);
  });

  it('is asked for its health at an address that the server has, and believes the answer', async () => {
    const well = await probeCode(200);
    expect(well).toEqual({ code: 0, asked: [expect.stringMatching(/^\/\w+$/)] });
    expect(servedRoutes().map(({ method, path }) => `${method} ${path}`)).toContain(`get ${well.asked[0]}`);
    expect((await probeCode(503)).code).toBe(1);
  });

  it('has all the packages that the program loads, though neither the optional ones nor those of development', async () => {
    const install = instructions.filter((line) => line.includes('npm ci')).at(-1);
    expect(install).toMatch(/npm ci --omit=dev --omit=optional$/);
    const { packages } = JSON.parse(text('package-lock.json')) as {
      packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
    };
    const left = Object.entries(packages)
      .filter(([, one]) => one.dev === true || one.optional === true || one.devOptional === true)
      .map(([path]) => path);
    const guard = `
      import { registerHooks } from 'node:module';
      const left = new Set(${JSON.stringify(left)});
      registerHooks({ resolve: (name, context, next) => {
        const found = next(name, context);
        const [, path] = /\\/(node_modules\\/(?!\\.cache)(?:.*node_modules\\/)?(?:@[^/]+\\/)?[^/]+)\\//.exec(found.url) ?? [];
        if (left.has(path)) throw new Error('Not in the image: ' + path);
        return found;
      } });`;
    const directory = mkdtempSync(join(tmpdir(), 'entente-image-'));
    const started = run(
      process.execPath,
      [
        '--import',
        `data:text/javascript,${encodeURIComponent(guard)}`,
        await compiledProgram(),
        'init',
        '--data',
        directory,
      ],
      { env: environmentOf({}) },
    );
    await expect(started).resolves.toMatchObject({ stderr: '' });
    rmSync(directory, { recursive: true });
  });
});
