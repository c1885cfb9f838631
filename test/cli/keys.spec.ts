import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { slowness } from '../support/pace.js';
import { endAll, run } from '../faults/child.js';
import { compiledProgram } from '../faults/program.js';
import { serve } from '../faults/served.js';
import type { Served } from '../faults/served.js';
import { expectFailure, expectSuccess } from './expectations.js';
import { Folders } from './folders.js';

const folders = new Folders();
const directory = folders.in('data');
const inFolder = ['--data', directory];
const keyForm = /^entente_[0-9a-f]{32}_[A-Za-z0-9_-]{43}\n$/;
const withinMs = 1_000;
let served: Served | undefined;

beforeAll(async () => {
  await compiledProgram();
  expectSuccess(await run(['init', ...inFolder], { cwd: folders.top }));
});

afterAll(async () => {
  await endAll();
  folders.remove();
});

async function keys(...args: readonly string[]) {
  const ended = await run(['keys', ...args, ...inFolder], { cwd: folders.top });
  return args[0] === 'make' && ended.code === 0
    ? { ...ended, stderr: '', told: ended.stderr }
    : { ...ended, told: '' };
}

async function idOf(name: string): Promise<string> {
  const line = (await keys('list')).stdout.split('\n').find((one) => one.includes(` ${name} `)) ?? '';
  return line.split(' ')[0] ?? '';
}

/** The rules of the three commands, which hold whether or not a server has the folder. */
function rulesOfKeys(name: string): void {
  let key: string;
  let id: string;

  it('make prints the key once and alone, so that it can be piped, and tells the rest apart', async () => {
    const made = await keys('make', '--name', name, '--roles', 'registrar,reader', '--party', 'RU');
    expectSuccess(made);
    expect(made.stdout).toMatch(keyForm);
    expect(made.told).toMatch(new RegExp(`for ${name}, valid until .* shown this once`));
    key = made.stdout.trim();
  });

  it('list names it with its party, roles and end, and never its secret', async () => {
    const listed = await keys('list');
    expectSuccess(listed);
    expect(listed.stdout).toMatch(new RegExp(` ${name} +RU +registrar,reader +until \\d{4}-`));
    expect(listed.stdout).toMatch(/^ID +NAME +FOR +ROLES +STATE\n/);
    expect(listed.stdout).not.toContain(key.slice(-43));
    id = await idOf(name);
  });

  it('revoke ends it', async () => {
    if (served !== undefined) expect(await statusWith(key)).toBe(200);
    expectSuccess(await keys('revoke', id));
    expect((await keys('list')).stdout).toMatch(new RegExp(` ${name} .* revoked \\d{4}-`));
  });

  it('revoke knows no key that was never made', async () => {
    expectFailure(await keys('revoke', '01960b3a-0000-7000-8000-000000000001'), 1, /There is no key/);
  });
}

async function statusWith(key: string): Promise<number> {
  const response = await fetch(`${served?.client.url}/v1/irritants`, {
    headers: { Authorization: `Bearer ${key}` },
  });
  await response.text();
  return response.status;
}

describe('keys on a free folder', () => {
  rulesOfKeys('on-the-folder');

  it.each([
    [['--roles', 'minister'], /"minister" is no role; the roles are registrar,/],
    [['--roles', 'registrar'], /acts for a party: name it in --party/],
    [['--roles', 'secretariat', '--party', 'RU'], /records for neither side: leave --party out/],
    [['--roles', 'reader', '--days', '0'], /--days takes a whole number/],
  ])('make %s is refused in a sentence', async (options, says) => {
    expectFailure(await keys('make', '--name', 'x', ...options), 1, says);
  });
});

describe('a party that has a negotiator', () => {
  it('gets no other key from the folder alone, and keeps its last negotiator, until it agrees', async () => {
    const of = ['--party', 'FR', '--roles', 'negotiator'];
    expectSuccess(await keys('make', '--name', 'first-of-fr', ...of));
    const { told } = await keys('make', '--name', 'second-of-fr', ...of);
    expect(told).toMatch(/opens nothing until a negotiator of FR approves it/);
    const { stdout } = await keys('revoke', await idOf('first-of-fr'));
    expect(stdout).toMatch(/last negotiator of FR: it is revoked once a negotiator of FR approves/);
    const listed = (await keys('list')).stdout;
    expect(listed).toMatch(/ first-of-fr .* until \d{4}-\S+, revocation waits for approval until \d{4}-/);
    expect(listed).toMatch(/ second-of-fr .* waits for approval until \d{4}-\d\d-\d\d\n/);
  });
});

describe('keys of a folder that a server holds', () => {
  beforeAll(async () => {
    served = await serve(directory);
  });

  rulesOfKeys('through-the-server');

  it('grants are listed, and withdrawn, for those who act for no party', async () => {
    const none = '01960b3a-0000-7000-8000-000000000001';
    const opened = await served!.client.ask('POST', '/v1/dialogues', {
      body: { parties: ['RU', 'US'], keyPrefix: 'GUESTS', name: { en: 'Talks' } },
      headers: { 'Idempotency-Key': 'talks-for-a-guest' },
    });
    const { id: dialogue } = JSON.parse('text' in opened ? opened.text : '{}') as { readonly id: string };
    const guest = ['make', '--name', 'guest', '--roles', 'reader', '--dialogues'];
    expectFailure(await keys(...guest, `${dialogue},${none}`), 1, new RegExp(`There is no dialogue ${none}`));
    expectSuccess(await keys(...guest, dialogue));
    const grants = (...args: readonly string[]) =>
      run(['grants', ...args, ...inFolder], { cwd: folders.top });
    const listed = await grants('list');
    expectSuccess(listed);
    const [principalId = ''] =
      listed.stdout
        .split('\n')
        .find((one) => one.includes(' guest '))
        ?.split(' ') ?? [];
    expect(listed.stdout).toMatch(new RegExp(`guest +reader +${dialogue}\n`));
    expect((await grants('withdraw', principalId, dialogue)).stdout).toMatch(/ guest +reader +none\n$/);
    expectFailure(await grants('give', principalId, none), 1, /answers 404: .*There is no entry/);
  });

  it('a key that was good until now is refused within a second of its end', async () => {
    const made = await keys('make', '--name', 'short-lived', '--roles', 'reader');
    const key = made.stdout.trim();
    expect(await statusWith(key)).toBe(200);
    const before = slowness();
    const asked = performance.now();
    const revoking = keys('revoke', await idOf('short-lived')).then(() => performance.now());
    let refusedAt = Number.POSITIVE_INFINITY;
    while (refusedAt === Number.POSITIVE_INFINITY) {
      if ((await statusWith(key)) === 401) refusedAt = performance.now();
    }
    expect(refusedAt).toBeGreaterThan(asked);
    const revokedAt = await revoking;
    expect(refusedAt - revokedAt).toBeLessThan(withinMs * Math.max(before, slowness()));
  });

  it('needs the key of an operator, and says so', async () => {
    const { stdout } = await keys('make', '--name', 'nobody', '--roles', 'reader');
    const ended = await run(['keys', 'list', ...inFolder], {
      cwd: folders.top,
      settings: { ENTENTE_KEY: stdout.trim() },
    });
    expectFailure(ended, 1, /answers 403: .*role/);
  });
});
