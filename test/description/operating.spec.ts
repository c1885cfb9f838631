import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { parseYaml } from '@redocly/openapi-core';
import { EnvironmentInvalid, readEnvironment, tracingNames } from '#config';
import { program } from '../../src/cli/program.js';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import { blocksOfGuide, guidePage } from '../../src/description/guides.js';
import { described } from '../../src/described.js';
import { slices } from '../../src/slices.js';
import { Folders, modeOf } from '../cli/folders.js';
import { endAll } from '../faults/child.js';
import { environmentOf } from '../faults/environment.js';
import { compiledProgram } from '../faults/program.js';
import { caughtUp, serve } from '../faults/served.js';
import type { Served } from '../faults/served.js';
import { snapshotOf } from '../faults/snapshot.js';
import { Api } from '../support/api.js';
import { examplesOf, plain } from './guide.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = guidePage('operating', slices, described);
const examples = examplesOf(page);

function example(label: string): string {
  const text = examples.get(label);
  if (text === undefined) throw new Error(`The page has no example "${label}".`);
  return text;
}

/** The first cells of the rows of one table, as a reader sees them. */
function rowsOf(caption: string): readonly string[] {
  const [, table = ''] =
    page
      .split('<table>')
      .map((part) => /<caption>\s*([^]*?)\s*<\/caption>([^]*?)<\/table>/.exec(part)?.slice(1) ?? [])
      .find(([title]) => plain(title ?? '') === caption) ?? [];
  return [...table.matchAll(/<th scope="row">([^]*?)<\/th>/g)].map(([, cell = '']) => plain(cell));
}

const folders = new Folders();
const bin = folders.in('bin');

/** The commands that the examples call: our program as it stands, this Node, and sqlite3 as far as they need it. */
async function makeCommands(): Promise<void> {
  mkdirSync(bin);
  const node = JSON.stringify(process.execPath);
  const query =
    'for (const row of new DatabaseSync(file).prepare(sql).all()) console.log(...Object.values(row));';
  const sqlite = `const { DatabaseSync } = require("node:sqlite"); const [, file, sql] = process.argv; ${query}`;
  const commands = {
    entente: `exec ${node} ${JSON.stringify(await compiledProgram())} "$@"`,
    node: `exec ${node} "$@"`,
    sqlite3: `exec ${node} -e '${sqlite}' "$@"`,
  };
  for (const [name, line] of Object.entries(commands)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(bin, name), 0o755);
  }
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The examples that were run here. */
const ran = new Set<string>();

/** What is run elsewhere, or on no machine that has neither containers nor a cluster. */
const notRunHere: Readonly<Record<string, string>> = {
  'Make a data folder and serve it': 'test/cli/first-start, test/faults',
  'Append what is missing from a mirror': 'test/ledger',
  'Let a log begin anew, of which something signed is gone for good': 'test/ledger',
  'Copy the record': 'test/cluster/migration, by the command itself',
  'The same in a container, from the folder docker': 'needs a container; test/docker reads the files',
  'The same in a container': 'needs a container',
  'Upgrade the container': 'needs a container',
  'Make the user': 'needs a node of EventStoreDB',
  'Let a node read its certificates': 'needs a node of EventStoreDB',
  'Scavenge a node of EventStoreDB': 'needs a node of EventStoreDB',
};

/** An example, run by a shell that ends at the first command that fails. */
async function shell(label: string, variables: Record<string, string>): Promise<Run> {
  ran.add(label);
  const inherited = environmentOf({});
  const env = { ...inherited, PATH: `${bin}:${inherited['PATH']}`, ...variables };
  try {
    const { stdout, stderr } = await promisify(execFile)('sh', ['-ec', example(label)], { cwd: root, env });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Run;
    return { code, stdout, stderr };
  }
}

beforeAll(makeCommands);
afterAll(async () => {
  await endAll();
  folders.remove();
});

describe('The guide for operators', () => {
  const lines = [...examples.values()]
    .flatMap((text) => text.split('\n'))
    .map((line) => line.replace(/^docker compose (?:run --rm|exec) entente /, 'entente '))
    .filter((line) => line.startsWith('entente '));

  it('calls the command line in many places', () => {
    expect(lines.length).toBeGreaterThan(10);
  });

  it.each([...new Set(lines)])('calls a command that there is, with options that it has: %s', (line) => {
    const [, ...words] = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
      ([, single, double, bare]) => single ?? double ?? bare ?? '',
    );
    let command: Command = program();
    for (let next: Command | undefined = command; next !== undefined;) {
      command = next;
      next = command.commands.find((one) => one.name() === words[0]);
      if (next !== undefined) words.shift();
    }
    expect({ line, leadsTo: command.name() }).not.toEqual({ line, leadsTo: 'entente' });
    const { operands, unknown } = command.parseOptions(words);
    expect(unknown).toEqual([]);
    const wanted = command.registeredArguments.filter((one) => one.required).length;
    expect(operands.length).toBeGreaterThanOrEqual(wanted);
    expect(operands.length).toBeLessThanOrEqual(command.registeredArguments.length);
    const given = command.opts<Record<string, unknown>>();
    const missing = command.options.filter(
      (one) => one.mandatory && given[one.attributeName()] === undefined,
    );
    expect(missing).toEqual([]);
  });

  it('names the settings that there are', () => {
    const example = readFileSync(join(root, 'config/environment.example'), 'utf8');
    const known = [...example.matchAll(/^(?:# )?((?:ENTENTE|EVENTSTORE)_[A-Z_]+)=/gm)].map(
      ([, name]) => name,
    );
    const named = rowsOf('The settings, all of them variables of the environment');
    expect(named).toEqual(expect.arrayContaining(known));
    const strangers = named.filter((name) => {
      try {
        readEnvironment({ [name]: ' ' });
        return false;
      } catch (error) {
        return !(error instanceof EnvironmentInvalid) || /is not a setting/.test(error.message);
      }
    });
    expect(strangers).toEqual([]);
  });

  it('names the settings of OpenTelemetry that are obeyed, and no other', () => {
    const named = rowsOf('The settings of OpenTelemetry that are obeyed').flatMap((cell) => cell.split(' '));
    expect(named.sort()).toEqual([...tracingNames].sort());
    const given = example('Send spans to a collector on this machine, of one trace in ten').split('\n');
    const pairs = given.map((line) => line.split('=') as [string, string]);
    expect(readEnvironment(Object.fromEntries(pairs)).tracing).toMatchObject({ ratio: 0.1 });
  });

  it('quotes what the program says', () => {
    const sources = ['libs', 'config', 'src/platform', 'src/cli'].flatMap((tree) =>
      readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
        .map((name) => readFileSync(join(root, tree, name), 'utf8')),
    );
    const quoted = rowsOf('What you may meet, in the words in which you meet it');
    expect(quoted.length).toBeGreaterThan(5);
    expect(quoted.filter((words) => !sources.some((text) => text.includes(words)))).toEqual([]);
  });

  it('gives Prometheus a configuration that can be read, with a key and the usual port', () => {
    expect(parseYaml(example('What to write into the configuration of Prometheus'))).toMatchObject({
      scrape_configs: [
        {
          authorization: { credentials_file: expect.any(String) },
          static_configs: [{ targets: [`127.0.0.1:${readEnvironment({}).port}`] }],
        },
      ],
    });
  });

  it('sets $maxCount with a program that gets as far as the network', async () => {
    const url = 'esdb://127.0.0.1:1?tls=false';
    const run = await shell('Set $maxCount on lease-policies', { EVENTSTORE_URL: url });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/UNAVAILABLE.*127\.0\.0\.1:1/);
  });

  it('gives the user the right to read $all with a program that gets as far as the network', async () => {
    const variables = { EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false', ADMIN: 'secret' };
    const run = await shell('Let the user read $all', variables);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/UNAVAILABLE.*127\.0\.0\.1:1/);
  });

  it('calls nothing under /admin of a node that its own compose file takes away', () => {
    const compose = readFileSync(join(root, 'docker/compose.eventstoredb.yaml'), 'utf8');
    const called = [...examples.values()].filter((text) => /\/admin\/(scavenge|reloadconfig)/.test(text));
    expect(called).toHaveLength(2);
    expect(compose).not.toMatch(/DISABLE_ADMIN_UI|disable-admin-ui/);
  });

  describe('on a server that runs', () => {
    let api: Api;
    beforeAll(async () => {
      api = await Api.start();
    });
    afterAll(() => api.stop());

    it('names every check of /readyz, and no other', async () => {
      const { checks } = (await api.get<{ checks: { name: string }[] }>('/readyz')).body;
      const named = new Set(checks.map(({ name }) => name.replace(/^projection .*/, 'projection …')));
      expect([...named].sort()).toEqual([...rowsOf('The checks of /readyz')].sort());
    });

    it('names every metric, and no other', async () => {
      const { body } = await api.get<string>('/metrics', 'operator');
      const names = [...body.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name);
      expect(names.sort()).toEqual([...rowsOf('The metrics')].sort());
    });
  });
});

describe('A backup taken as the guide says', () => {
  const directory = folders.in('data');
  const backup = (name: string) => {
    mkdirSync(folders.in(name));
    return { ENTENTE_DATA: directory, BACKUP: folders.in(name) };
  };
  const early = folders.in('early');
  let served: Served;
  let shown: ReadonlyMap<string, readonly string[]>;
  let filesWhileServing: readonly string[];
  let events: number;

  const countOf = (file: string): number => {
    const database = new DatabaseSync(file);
    try {
      return Number(database.prepare('SELECT count(*) AS n FROM events').get()?.['n']);
    } catch {
      return 0;
    } finally {
      database.close();
    }
  };

  beforeAll(async () => {
    served = await serve(directory);
    const before = await shell('Back up the store while the server runs', backup('early'));
    if (before.code !== 0) throw new Error(JSON.stringify(before));
    await loadRecord(istanbulRecord, { url: served.client.url, key: served.secretariat });
    await caughtUp(served, directory);
    shown = await snapshotOf(served.client);
    filesWhileServing = readdirSync(directory);
    events = countOf(join(directory, 'store.sqlite'));
  });

  /** Restores as the guide says, serves what was restored, and reads everything there is. */
  async function shownAfterRestoring(name: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const restored = folders.in(`${name}-restored`);
    const run = await shell('Restore the store, and check it', {
      BACKUP: folders.in(name),
      RESTORED: restored,
    });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/All is well\.\n$/);
    // The first keys were not copied: they are in the hands of those who use them.
    copyFileSync(join(directory, 'keys.json'), join(restored, 'keys.json'));
    const again = await serve(restored);
    await caughtUp(again, restored);
    const found = await snapshotOf(again.client);
    again.client.close();
    await again.child.stop();
    return found;
  }

  it('starts from a folder in which the guide names every file', () => {
    const named = rowsOf('What lies in the data folder');
    expect(filesWhileServing.filter((file) => !named.includes(file))).toEqual([]);
    expect(named.filter((file) => !filesWhileServing.includes(file))).toEqual([]);
  });

  it('has the same lists, entries and histories, once it was checked: Back up the store while the server runs', async () => {
    const run = await shell('Back up the store while the server runs', backup('online'));
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/holds the record: \d+ event\(s\) in its store[^]*It was checked/);
    const looked = await shell('Look at a backup as it lies there', { BACKUP: folders.in('online') });
    expect(looked).toMatchObject({ code: 0, stderr: '' });
    expect(looked.stdout).toMatch(/✓ backup [^]*All is well\.\n$/);
    expect(readdirSync(folders.in('online'))).toEqual(['store.sqlite']);
    expect(modeOf(join(folders.in('online'), 'store.sqlite'))).toBe('600');
    expect(countOf(join(folders.in('online'), 'store.sqlite'))).toBe(events);
    expect(await shownAfterRestoring('online')).toEqual(shown);
  });

  it('says of the running server what it says here: Ask for the state of the server', async () => {
    const { url } = served.client;
    const run = await shell('Ask for the state of the server', { ENTENTE: url });
    expect(JSON.parse(run.stdout)).toMatchObject({ status: 'ready' });
  });

  it('has keys made, changed and revoked while it runs, as the guide says', async () => {
    const { operator = '' } = JSON.parse(readFileSync(join(directory, 'keys.json'), 'utf8')) as Record<
      string,
      string
    >;
    const { url } = served.client;
    const variables = { ENTENTE_DATA: directory, ENTENTE: url, ENTENTE_KEY: operator };
    interface Listed {
      readonly items: readonly { id: string; name: string; principalId: string; revokedAt: string | null }[];
    }
    const named = async (name: string) => {
      const response = await fetch(`${url}/v1/keys`, { headers: { Authorization: `Bearer ${operator}` } });
      return ((await response.json()) as Listed).items.filter((one) => one.name === name);
    };
    const [reader] = await named('reader');
    expect(await shell('Make, list and revoke keys', { ...variables, ID: reader!.id })).toMatchObject({
      code: 0,
    });
    expect((await named('reader'))[0]?.revokedAt).toEqual(expect.any(String));
    const [made] = await named('Registrar of the RU side');
    const change = 'See whose principal it is, make another key for it, and revoke the old one';
    const changed = await shell(change, { ...variables, PRINCIPAL: made!.principalId, ID: made!.id });
    expect(changed).toMatchObject({ code: 0, stdout: expect.stringContaining(made!.principalId) });
    const both = await named('Registrar of the RU side');
    expect(both.map(({ principalId, revokedAt }) => [principalId, revokedAt === null])).toEqual([
      [made!.principalId, false],
      [made!.principalId, true],
    ]);
  });

  it('lets who acts for no party see a dialogue, and no longer, as the guide says', async () => {
    const { operator = '', secretariat = '' } = JSON.parse(
      readFileSync(join(directory, 'keys.json'), 'utf8'),
    ) as Readonly<Record<string, string>>;
    const { url } = served.client;
    const asked = { headers: { Authorization: `Bearer ${secretariat}` } };
    const listed = await (await fetch(`${url}/v1/dialogues`, asked)).json();
    const dialogue = (listed as { items: readonly { id: string }[] }).items[0]?.id;
    const made = await fetch(`${url}/v1/keys`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${operator}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Guest', roles: ['reader'], dialogues: [dialogue], days: 1 }),
    });
    const told = (await made.json()) as { principalId: string; key: string };
    expect(told).toMatchObject({ dialogues: [dialogue] });
    const { principalId, key } = told;
    const variables = { ENTENTE_DATA: directory, ENTENTE: url, ENTENTE_KEY: operator };
    const label = 'List the grants, let a principal see a dialogue, and no longer';
    const run = await shell(label, { ...variables, PRINCIPAL: principalId, DIALOGUE: String(dialogue) });
    expect(run).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Guest') });
    const seen = await fetch(`${url}/v1/dialogues/${dialogue}`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    expect(seen.status).toBe(404);
  });

  it('makes a key of the logs outside the folder, and tells its public half, as the guide says', async () => {
    const file = folders.in('own.pem');
    const variables = {
      ENTENTE_DATA: directory,
      ENTENTE_LEDGER_KEY: file,
      DIALOGUE: '01960b3a-0000-7000-8000-000000001100',
    };
    const run = await shell('Make the key where ENTENTE_LEDGER_KEY says, and tell the public one', variables);
    expect(run).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^log localhost\/01960b3a\S+\+\w+\+\S+$/m),
    });
    expect(modeOf(file)).toBe('600');
  });

  it('would lack acts if it were the bare file, as the guide warns', () => {
    const file = folders.in('bare.sqlite');
    copyFileSync(join(directory, 'store.sqlite'), file);
    expect(countOf(file)).toBeLessThan(events);
  });

  it('has the same once the server has ended: Back up the store while nothing runs', async () => {
    served.client.close();
    await served.child.stop();
    expect(await shell('Back up the store while nothing runs', backup('offline'))).toMatchObject({ code: 0 });
    expect(await shownAfterRestoring('offline')).toEqual(shown);
  });

  it('halts read models that are further than it, and a rebuild mends them', async () => {
    const mixed = folders.in('mixed');
    mkdirSync(mixed);
    copyFileSync(join(early, 'store.sqlite'), join(mixed, 'store.sqlite'));
    for (const file of readdirSync(directory).filter((name) => name.startsWith('views.sqlite')))
      copyFileSync(join(directory, file), join(mixed, file));
    const variables = { ENTENTE_DATA: mixed };
    const doctor = 'Check from the ground up, configuration included';
    const ill = await shell(doctor, variables);
    expect(ill.code).toBe(1);
    expect(ill.stdout).toContain('further than the store: it was put back to an earlier state');
    expect((await shell('Build every read model anew', variables)).code).toBe(0);
    expect(await shell(doctor, variables)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('The examples of the guide', () => {
  it('are run here, but for those of which is said why not', () => {
    // What is no command is read by the program in `guides.spec.ts`.
    const commands = blocksOfGuide('operating').flatMap((block) =>
      block.type === 'code' && block.lang?.startsWith('sh ') === true ? [block.lang.slice('sh '.length)] : [],
    );
    expect(commands.filter((label) => !ran.has(label)).toSorted()).toEqual(
      Object.keys(notRunHere).toSorted(),
    );
  });
});
