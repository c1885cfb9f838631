import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeCrypto, parseCheckpoint, parseNote, parseVerifierKey, verifyNote } from '#libs/ledger';
import { announce } from '../../src/cli/remote.js';
import { replayed } from '../../src/cli/replay.command.js';
import type { Replayed } from '../../src/cli/replay.command.js';
import { renderTimeline } from '../../src/cli/timeline.js';
import { withSettings } from '../cluster/runs.js';
import { done } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { ManualClock } from '../support/manual-clock.js';
import { browse, cookieOf, shortcomings } from '../pages/reading.js';
import { Served } from '../support/mirrored.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { honestly, ScriptedWitness } from '../support/scripted-witness.js';
import { LedgerPlace } from '../support/signed-log.js';
import { asking, originOf, registerFirst, registrationOf, send, signedWith } from '../support/signing.js';
import { until } from '../support/settling.js';

/** The witness signs a minute and a half after the log, by its own clock. */
const laterMs = 90_000;
const day = '2026-03-02';
const clock = new ManualClock(`${day}T10:00:00.000Z`);
const place = new LedgerPlace();
const directory = mkdtempSync(join(tmpdir(), 'entente-graded-'));
const usually = honestly();
const witness = new ScriptedWitness('witness.example', (asked) =>
  usually({ ...asked, signed: (text) => asked.signed(text, Math.floor((clock.now() + laterMs) / 1_000)) }),
);

interface Checkpoint {
  readonly size: number;
  readonly root: string;
  readonly at: string;
  readonly note: string;
}
interface Graded extends Body {
  readonly knownSeq: number;
  readonly final: boolean;
  readonly stage: string;
  readonly code: string;
  readonly detail: string;
  readonly grade: string;
  readonly checkpoint: Checkpoint;
}

let api: Api;
let scene: Scene;
/** How many leaves the log had at 10:00, and from 10:10, 10:20 and 10:30 on. */
const sizes: number[] = [];

const at = (time: string) => `${day}T${time}Z`;
const asked = (grade: string, time: string) =>
  `knownAt=${encodeURIComponent(at(time))}&grade=${encodeURIComponent(grade)}`;
const read = async (grade: string, time: string, below = '') =>
  (await api.get<Graded>(`/v1/irritants/${scene.irritantId}${below}?${asked(grade, time)}`)).body;

async function countersigned(): Promise<void> {
  const served = new Served(api, scene.dialogueId);
  const { record } = api.server.record.projections;
  const size = record.seqAt(scene.dialogueId, record.headOrdinal) + 1;
  await until(async () => {
    const note = await served.read('checkpoint');
    if (note === undefined) return false;
    const { text, signatures } = parseNote(note);
    return parseCheckpoint(text).size === size && signatures.some(({ name }) => name === witness.name);
  });
  sizes.push(size);
}

beforeAll(async () => {
  await witness.start();
  api = await Api.start({ ...place.settings, directory, ledgerWitnesses: witness.setting }, clock);
  scene = await setScene(api);
  const key = await registerFirst(api, scene.dialogueId, 'RU', 91);
  await countersigned();
  clock.advance(600_000);
  await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
  await countersigned();
  clock.advance(600_000);
  const path = `dialogues/${scene.dialogueId}/register-key`;
  const registration = registrationOf(originOf(api, scene.dialogueId), witness.own, {
    purpose: 'witness',
    name: witness.name,
  });
  const sent = await asking(api, path, registration, 'ru-negotiator');
  const now = Math.floor(clock.now() / 1_000);
  await send(api, await signedWith(api, key, sent, { now }));
  await countersigned();
  clock.advance(600_000);
  await done(api, `irritants/${scene.irritantId}/state-position`, 'us-negotiator', {
    stance: 'contests',
    text: { en: 'It is not so.' },
  });
  await countersigned();
});
afterAll(async () => {
  await witness.stop();
  place.remove();
  rmSync(directory, { recursive: true });
});

describe('What the record held at an instant is told', () => {
  it('by what was stored, by what the log had signed, or by what a witness had countersigned', async () => {
    const table: readonly (readonly [string, string, number])[] = [
      ['recorded', '10:10:00', 1],
      ['logged', '10:09:59.999', 0],
      ['logged', '10:10:00', 1],
      ['logged', '10:29:59', 2],
      ['witnessed:witness.example', '10:11:29', 0],
      ['witnessed:witness.example', '10:11:30', 1],
      ['witnessed:witness.example', '10:31:00', 2],
    ];
    clock.advance(120_000);
    for (const [grade, time, reached] of table) {
      const { knownSeq, grade: named, checkpoint, stage } = await read(grade, time);
      expect([grade, time, named, knownSeq]).toEqual([grade, time, grade, sizes[reached]! - 1]);
      expect(checkpoint?.size).toBe(grade === 'recorded' ? undefined : sizes[reached]);
      expect(stage).toBe(reached === 0 ? 'raised' : 'under-consultation');
    }
  });

  it('with the checkpoint that it rests on, which anybody can verify', async () => {
    const served = new Served(api, scene.dialogueId);
    const keys = (await served.text('keys')).trim().split('\n');
    const verifiers = [...keys.map((one) => parseVerifierKey(nodeCrypto, one)), witness.key];
    for (const grade of ['logged', 'witnessed:witness.example']) {
      const { size, root, note, at: signed } = (await read(grade, '10:15:00')).checkpoint;
      const parsed = parseNote(Buffer.from(note));
      const checkpoint = parseCheckpoint(parsed.text);
      expect([checkpoint.size, Buffer.from(checkpoint.root).toString('base64')]).toEqual([size, root]);
      const name = grade === 'logged' ? originOf(api, scene.dialogueId) : witness.name;
      const times = verifyNote(nodeCrypto, parsed, verifiers)
        .filter(({ key }) => key.name === name)
        .flatMap(({ time }) => time ?? []);
      expect(times.map((time) => new Date(time * 1_000).toISOString())).toEqual([signed]);
      expect(signed <= at('10:15:00')).toBe(true);
    }
  });

  it('by a party’s own witness from when the party had registered it, and not before', async () => {
    const { status, body } = await api.get<Graded>(
      `/v1/irritants/${scene.irritantId}?${asked('witnessed:RU', '10:15:00')}`,
    );
    expect([status, body.code]).toEqual([404, 'witness-unknown']);
    expect(body.detail).toContain('RU had registered no witness of its own by then');
    expect(body.detail).toContain('witness.example');
    expect((await read('witnessed:RU', '10:21:00')).checkpoint.size).toBe(sizes[1]);
    expect((await read('witnessed:RU', '10:22:00')).checkpoint.size).toBe(sizes[2]);
  });
});

describe('The same moment is taken', () => {
  const moment = asked('logged', '10:09:59');

  it('by every read that takes knownAt', async () => {
    const paths = [
      `irritants/${scene.irritantId}/overview?`,
      `irritants/${scene.irritantId}/history?`,
      `irritants?dialogue=${scene.dialogueId}&`,
      `dialogues/${scene.dialogueId}/statistics?`,
      `dialogues/${scene.dialogueId}/agenda?`,
      `search?q=properties&dialogue=${scene.dialogueId}&`,
    ];
    for (const path of paths) {
      const { status, body } = await api.get<Graded>(`/v1/${path}${moment}`);
      expect([path, status, body.grade, body.final]).toEqual([path, 200, 'logged', true]);
      expect(body.checkpoint.size).toBe(sizes[0]);
      expect([body.knownSeq ?? body['asOfSeq']]).toEqual([sizes[0]! - 1]);
    }
    const frames = await api.ask<string>('GET', `/v1/irritants/${scene.irritantId}/replay?${moment}`);
    expect(JSON.stringify(frames.body)).not.toContain('IrritantAcknowledged');
  });

  it('by a comparison of two', async () => {
    const between = `from=${at('10:05:00')}&to=${at('10:15:00')}&grade=logged`;
    const { body } = await api.get<{
      readonly fromSeq: number;
      readonly toSeq: number;
      readonly grade: string;
      readonly checkpoints: Readonly<Record<'before' | 'after', Checkpoint>>;
      readonly events: readonly { readonly type: string }[];
    }>(`/v1/irritants/${scene.irritantId}/diff?${between}`);
    expect([body.fromSeq, body.toSeq, body.grade]).toEqual([sizes[0]! - 1, sizes[1]! - 1, 'logged']);
    expect([body.checkpoints.before.size, body.checkpoints.after.size]).toEqual([sizes[0], sizes[1]]);
    expect(body.events.map(({ type }) => type)).toEqual(['IrritantAcknowledged']);
  });

  it('by the next page, as the place that it came to', async () => {
    const { headers } = await api.get(
      `/v1/irritants/${scene.irritantId}/history?limit=1&${asked('logged', '10:15:00')}`,
    );
    const [, next = ''] = /<(.*)>/.exec(headers.get('link') ?? '') ?? [];
    expect(next).toContain(`knownAt=s${sizes[1]! - 1}`);
    expect(next).not.toContain('grade');
    const { body } = await api.get<{ items: readonly { event: { envelope: { type: string } } }[] }>(next);
    expect(body.items.map(({ event }) => event.envelope.type)).toEqual(['IrritantAcknowledged']);
  });
});

describe('A reader of the pages', () => {
  const cookie = () => cookieOf(api, 'reader');

  it('chooses by what a moment is told, and reads what the page rests on', async () => {
    const path = `/irritants/${scene.key}`;
    const form = (await browse(api.server.url, path, { cookie: cookie() })).text;
    for (const one of ['logged', 'witnessed:RU']) expect(form).toContain(`<option value="${one}">`);
    expect(form).toContain('what RU’s own witness had countersigned by then');
    const asOf = await browse(api.server.url, `${path}?${asked('witnessed:RU', '10:22:00')}`, {
      cookie: cookie(),
    });
    expect([asOf.status, ...shortcomings(asOf.text)]).toEqual([200]);
    expect(asOf.text).toContain(`<option value="witnessed:RU" selected>`);
    expect(asOf.text.replace(/\s+/g, ' ')).toMatch(
      /the end of what RU’s own witness had countersigned by [^:]*10:22[^:]*: a checkpoint of \d+ entries/,
    );
    const { root } = (await read('witnessed:RU', '10:22:00')).checkpoint;
    expect(asOf.text).toContain(root);
  });

  it('has the same in a briefing book', async () => {
    const path = `/dialogues/${scene.dialogueId}/brief?for=RU&format=md&${asked('logged', '10:15:00')}`;
    const { status, text } = await browse(api.server.url, path, { cookie: cookieOf(api, 'ru-registrar') });
    expect(status).toBe(200);
    expect(text).toContain('the end of what the log had signed by');
  });
});

describe('What can’t be told is refused by name', () => {
  const refused = async (query: string, path = `irritants/${scene.irritantId}`) => {
    const { status, body } = await api.get<Graded>(`/v1/${path}?${query}`);
    return [status, body.code, JSON.stringify(body)] as const;
  };

  it('where nothing was signed by then, or the instant has not come', async () => {
    for (const grade of ['logged', 'witnessed:witness.example']) {
      const [status, code, says] = await refused(asked(grade, '09:59:59'));
      expect([status, code]).toEqual([404, 'not-yet']);
      expect(says).toContain(grade === 'logged' ? at('10:00:00.000') : at('10:01:30.000'));
      expect((await refused(asked(grade, '23:00:00'))).slice(0, 2)).toEqual([404, 'not-yet']);
    }
  });

  it('where the grade has no instant, or no log of its own', async () => {
    const noInstant = [
      'grade=logged',
      'grade=recorded',
      'grade=logged&knownAt=r1',
      'grade=logged&knownAt=s3',
    ];
    for (const query of noInstant) expect((await refused(query))[0]).toBe(400);
    for (const grade of ['signed', 'witnessed', 'witnessed:', 'logged '])
      expect((await refused(asked(grade, '10:15:00'))).slice(0, 2)).toEqual([400, 'parameter-invalid']);
    const [status, , says] = await refused(asked('logged', '10:15:00'), 'irritants');
    expect(status).toBe(400);
    expect(says).toContain('name it with dialogue=');
    expect((await refused(asked('recorded', '10:15:00'), 'irritants'))[0]).toBe(200);
  });

  it('where nobody knows the witness', async () => {
    const [status, code, says] = await refused(asked('witnessed:nobody.example', '10:15:00'));
    expect([status, code]).toEqual([404, 'witness-unknown']);
    expect(says).toContain('witness.example');
  });

  it('where there is nothing at all', async () => {
    const nothing = 'irritants/0198d5d0-0000-7000-8000-000000000001';
    expect((await refused(asked('logged', '10:15:00'), nothing)).slice(0, 2)).toEqual([404, 'not-found']);
  });
});

it('A final answer by a grade stays what it is, whatever is signed and countersigned later', async () => {
  const times = ['10:02:00', '10:05:00', '10:15:00', '10:21:30', '10:29:00'];
  const grades = ['recorded', 'logged', 'witnessed:witness.example'];
  const all = async () => {
    const found = [];
    for (const grade of grades) for (const time of times) found.push(await read(grade, time, '/overview'));
    return found;
  };
  const before = await all();
  expect(before.filter(({ final }) => final).length).toBeGreaterThan(10);
  for (let more = 0; more < 3; more += 1) {
    clock.advance(60_000);
    await done(api, `irritants/${scene.irritantId}/state-position`, 'ru-negotiator', {
      stance: 'seeks-action',
      text: { en: `Said once more, ${more}.` },
    });
    await countersigned();
  }
  expect(await all()).toEqual(before);
});

it('A signature says a whole second: within it the log had signed what was entered after the instant', async () => {
  const second = Math.ceil(clock.now() / 1_000) * 1_000;
  clock.advance(second + 700 - clock.now());
  await done(api, `irritants/${scene.irritantId}/state-position`, 'ru-negotiator', {
    stance: 'seeks-action',
    text: { en: 'Within a second.' },
  });
  await countersigned();
  const seqs = ['recorded', 'logged'].map(async (grade) => {
    const query = new URLSearchParams({ knownAt: new Date(second + 500).toISOString(), grade });
    return (await api.get<Graded>(`/v1/irritants/${scene.irritantId}?${query.toString()}`)).body.knownSeq;
  });
  expect(await Promise.all(seqs)).toEqual([sizes.at(-1)! - 2, sizes.at(-1)! - 1]);
  clock.advance(300);
});

describe('A replay in the terminal by a grade', () => {
  const grades = ['recorded', 'logged', 'witnessed:witness.example', 'witnessed:RU'];
  const times = ['10:15:00', '10:31:00'];
  const settings = () => ({
    ENTENTE_LEDGER_HOST: place.settings.ledgerHost,
    ENTENTE_LEDGER_KEY: place.settings.ledgerKey,
    ENTENTE_LEDGER_GUARD: place.settings.ledgerGuard,
    ENTENTE_LEDGER_WITNESSES: witness.setting,
  });
  const replay = (knownAt: string | undefined, grade: string) =>
    replayed(scene.irritantId, { data: directory, grade, ...(knownAt === undefined ? {} : { knownAt }) });
  const all = async () => {
    const found = [];
    for (const grade of grades)
      for (const time of times)
        found.push(await replay(at(time), grade).catch(({ message }: Error) => message));
    return found;
  };
  const told = async () => [
    ...(await all()),
    ...(await Promise.all(
      [
        replay(undefined, 'logged'),
        replay('r1', 'logged'),
        replay(at('10:15:00'), 'signed'),
        replay(at('09:59:59'), 'logged'),
      ].map((one) => one.catch(({ message }: Error) => message)),
    )),
  ];

  it('is that of the server, by the checkpoint that it rests on, whether or not one has the folder', async () => {
    clock.advance(120_000);
    await announce(directory, api.server.url);
    const there = await withSettings({ ENTENTE_KEY: api.keys['reader']! }, told);
    await api.stop();
    const here = await withSettings(settings(), told);
    expect(here.map((one) => (typeof one === 'string' ? one : one.frames.length))).toEqual([
      ...[2, 3, 2, 3, 2, 2],
      expect.stringContaining('RU had registered no witness of its own by then'),
      2,
      expect.stringContaining('grade tells by what an instant is found'),
      expect.stringContaining('With a grade it takes an instant'),
      expect.stringContaining('grade must be `recorded`, `logged`, or'),
      expect.stringContaining('The log had signed no checkpoint of this dialogue by then'),
    ]);
    for (const [index, one] of here.entries())
      if (typeof one !== 'string') expect(there[index]).toMatchObject({ ...one });
      else expect(there[index]).toContain(one.replace(/^[A-Z_]+: /, ''));
    const logged = here[2] as Replayed;
    const shown = renderTimeline({ ...logged, colours: false, width: 200, knownAt: at('10:15:00') });
    expect(shown).toMatch(
      /Not the present state: as the record stood at .*the end of what the log had signed by/,
    );
  });
});
