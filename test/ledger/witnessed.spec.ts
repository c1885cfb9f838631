import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeCrypto, parseCheckpoint, parseNote, verifyNote } from '#libs/ledger';
import type { VerifierKey } from '#libs/ledger';
import { parseKnownLogs, Witness } from '../../src/checking/witness.js';
import { witnessKey } from '../../src/checking/witness-key.js';
import { serveWitness } from '../../src/checking/witness-server.js';
import type { WitnessServer } from '../../src/checking/witness-server.js';
import { WitnessMemory } from '../../src/checking/witness-state.js';
import { Guard } from '../../src/ledger/guard.js';
import { ledgerFiles, makeLedgerFiles } from '../../src/ledger/signing.js';
import { browse, cookieOf, shortcomings } from '../pages/reading.js';
import { actSigned, originOf, registerFirst, registrationOf } from '../support/signing.js';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import { Served } from '../support/mirrored.js';
import { honestly, ScriptedWitness, sizeSaid } from '../support/scripted-witness.js';
import type { Script } from '../support/scripted-witness.js';
import { openTalks, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { until } from '../support/settling.js';

const outside = mkdtempSync(join(tmpdir(), 'entente-witnessed-'));
const host = 'entente.example.org';
const honest = witnessKey(join(outside, 'witness'), 'witness.ru.example');
/** The logs that the honest witness was told of, by somebody who has their keys another way. */
const known = new Map<string, readonly VerifierKey[]>();
const other = new ScriptedWitness('strange.example');
let honestServer: WitnessServer;

beforeAll(async () => {
  const memory = new WitnessMemory(join(outside, 'witness', 'seen'));
  honestServer = await serveWitness(new Witness(honest, known, memory, () => Date.now()), {
    host: '127.0.0.1',
    port: 0,
    onAnswer: () => undefined,
    onFatal: (error) => {
      throw error;
    },
  });
  await other.start();
});
afterAll(async () => {
  await Promise.all([honestServer.close(), other.stop()]);
  rmSync(outside, { recursive: true });
});

async function makeKnown(served: Served, dialogueId: string): Promise<void> {
  await until(async () => (await served.read('keys')) !== undefined);
  const [key = ''] = (await served.text('keys')).split('\n');
  for (const [origin, keys] of parseKnownLogs(Buffer.from(`${host}/${dialogueId} ${key}\n`)))
    known.set(origin, keys);
}

/** The newest checkpoint, and whether that witness has countersigned it. */
async function newestOf(served: Served) {
  const bytes = await served.read('checkpoint');
  if (bytes === undefined) return undefined;
  const note = parseNote(bytes);
  const { size } = parseCheckpoint(note.text);
  return { note, size, isBy: (key: VerifierKey) => note.signatures.some(({ name }) => name === key.name) };
}

async function sizeOf(api: Api, dialogueId: string): Promise<number> {
  await api.settled();
  const { record } = api.server.record.projections;
  return record.seqAt(dialogueId, record.headOrdinal) + 1;
}

async function words(api: Api, name: string): Promise<string> {
  interface Ready {
    readonly checks: readonly { readonly name: string; readonly detail: string }[];
  }
  const { body } = await api.ask<Ready>('GET', '/readyz', { as: 'nobody' });
  return body.checks.find((one) => one.name === name)?.detail ?? '';
}

/** Something that can be recorded however often. */
const oneSource = (api: Api, dialogueId: string) =>
  made(api, 'sources', 'secretariat', {
    dialogueId,
    kind: 'press',
    issuers: [],
    lang: 'en',
    held: false,
    title: 'One more',
    citation: 'One more',
  });

/** What a witness does that is no witness; each of another dialogue, so that none holds the others up. */
const strangely: readonly (readonly [string, Script])[] = [
  ['refuses', () => ({ status: 403 })],
  ['does not know the log', () => ({ status: 404 })],
  ['leads elsewhere', () => ({ status: 302, location: honestServer.url })],
  ['answers with noise', () => ({ status: 200, body: Buffer.from([0xff, 0x00, 0x0d, 0xe2, 0x80, 0x94]) })],
  ['answers with nothing', () => ({ status: 200 })],
  ['answers with far too much', () => ({ status: 200, body: '— x AAAA\n'.repeat(200_000) })],
  [
    'signs another text',
    ({ signed }) => ({ status: 200, body: signed(`elsewhere\n1\n${Buffer.alloc(32).toString('base64')}\n`) }),
  ],
  [
    'signs another root of the same size',
    ({ signed, parsed: { origin, size } }) => ({
      status: 200,
      body: signed(`${origin}\n${size}\n${Buffer.alloc(32).toString('base64')}\n`),
    }),
  ],
  [
    'signs in the name of the other witness',
    ({ signed, checkpoint }) => ({
      status: 200,
      body: signed(parseNote(checkpoint).text).replace('strange.example', 'witness.ru.example'),
    }),
  ],
  ['names an absurd size', () => sizeSaid('9007199254740991')],
  ['names a size that is none', () => sizeSaid('-1')],
  ['names another size each time', ({ oldSize }) => sizeSaid(oldSize === 0 ? 1 : 0)],
  ['calls the log forked from nothing on', () => ({ status: 422 })],
  ['breaks down', () => ({ status: 500, body: 'a'.repeat(100_000) })],
  ['says nothing', () => undefined],
];

describe('The log of a dialogue with two witnesses, of which one is honest', () => {
  const settings = {
    directory: undefined,
    ledgerKey: join(outside, 'key.pem'),
    ledgerGuard: join(outside, 'guard'),
  };
  const scripts = new Map<string, Script>();
  const elsewhere = new Map<string, string>();
  const usually = honestly();
  let api: Api;
  let scene: Scene;
  let served: Served;

  beforeAll(async () => {
    makeLedgerFiles(settings, ledgerFiles(settings)!);
    other.script = (asked) => (scripts.get(asked.parsed.origin) ?? usually)(asked);
    const ledgerWitnesses = `${honest.line}@${honestServer.url} ${other.setting}`;
    api = await Api.start({ ...settings, ledgerHost: host, ledgerWitnesses });
    scene = await setScene(api);
    served = new Served(api, scene.dialogueId);
    await makeKnown(served, scene.dialogueId);
  });
  afterAll(() => api.stop());

  it('says of each entry by whom it is countersigned', async () => {
    await until(async () => {
      const newest = await newestOf(served);
      const isWhole = newest?.size === (await sizeOf(api, scene.dialogueId));
      return isWhole && newest.isBy(honest.key) && newest.isBy(other.key);
    });
    const size = await sizeOf(api, scene.dialogueId);
    const history = `/v1/irritants/${scene.irritantId}/history`;
    interface Page {
      readonly items: readonly { readonly proof?: object }[];
    }
    for (const { proof } of (await api.get<Page>(history)).body.items)
      expect(proof).toMatchObject({
        logged: true,
        countersigned: [
          { name: 'witness.ru.example', size },
          { name: 'strange.example', size },
        ],
      });
    const acts = await api.get<Page>(`/v1/dialogues/${scene.dialogueId}/history?limit=1`);
    const [, next = ''] = /<(.*)>/.exec(acts.headers.get('link') ?? '') ?? [];
    expect((await api.get<Page>(next)).body.items[0]).toHaveProperty('proof');
    // What never changes says nothing that goes on changing.
    const pinned = await api.get<Page>(`${history}?knownAt=s${size - 1}`);
    for (const one of pinned.body.items) expect(one).not.toHaveProperty('proof');
  });

  it('tells an auditor how far it is trusted, by whom, and how to check it', async () => {
    // The other one is not asked of what comes now, so it falls behind.
    scripts.set(`${host}/${scene.dialogueId}`, () => ({ status: 403 }));
    await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
    await until(async () => (await newestOf(served))?.size === (await sizeOf(api, scene.dialogueId)));
    await until(async () => (await newestOf(served))?.isBy(honest.key) === true);
    await until(async () => (await words(api, 'witnesses')).includes('strange.example refuses dialogue'));
    interface Trust {
      readonly witnesses: readonly {
        readonly name: string;
        readonly behind: number;
        readonly why?: string;
      }[];
    }
    const path = `/v1/dialogues/${scene.dialogueId}/ledger/trust`;
    const { body } = await api.get<Trust>(path, 'auditor');
    expect(body).toMatchObject({ origin: `${host}/${scene.dialogueId}`, alarms: [] });
    expect(body.witnesses).toMatchObject([
      { name: 'witness.ru.example', behind: 0 },
      { name: 'strange.example', behind: 1, why: 'answers 403: it knows none of the keys of the log' },
    ]);
    expect((await api.ask('GET', path, { as: 'nobody' })).status).toBe(401);
    const cookie = cookieOf(api, 'auditor');
    const { status, text } = await browse(api.server.url, `/dialogues/${scene.dialogueId}/trust`, { cookie });
    expect([status, ...shortcomings(text)]).toEqual([200]);
    expect(text).toContain('witness witness.ru.example and witness strange.example');
    expect(text).toContain('1 entry that it has not countersigned');
    expect(text).toContain(`${api.server.url}/v1/dialogues/${scene.dialogueId}`);
    const page = await browse(api.server.url, `/irritants/${scene.key}`, { cookie });
    expect(shortcomings(page.text)).toEqual([]);
    expect(page.text).toContain('stored, logged, countersigned by witness witness.ru.example');
    expect(page.text).toContain(`/dialogues/${scene.dialogueId}/trust`);
  });

  it('names the party where that has registered the witness as its own', async () => {
    const own = await setScene(api);
    const at = `dialogues/${own.dialogueId}`;
    const key = await registerFirst(api, own.dialogueId, 'RU', 90);
    const witness = { purpose: 'witness', name: other.name };
    const registration = registrationOf(originOf(api, own.dialogueId), other.own, witness);
    expect((await actSigned(api, key, `${at}/register-key`, registration, 'ru-negotiator')).status).toBe(200);
    const cookie = cookieOf(api, 'reader');
    const page = async (path: string) => (await browse(api.server.url, path, { cookie })).text;
    const says = 'stored, logged, countersigned by RU';
    await until(async () => (await page(`/irritants/${own.key}`)).includes(says));
    expect(await page(`/${at}/trust`)).toMatch(/beside the operator\s+<bdi[^>]*>RU<\/bdi> vouches/);
  });

  it('goes on where a witness calls forked what it has countersigned itself', async () => {
    const { dialogueId } = await openTalks(api);
    const there = new Served(api, dialogueId);
    const sizes: number[] = [];
    scripts.set(`${host}/${dialogueId}`, (asked) => {
      if (sizes.push(asked.oldSize) > 1) return { status: 422 };
      return { status: 200, body: asked.signed(parseNote(asked.checkpoint).text) };
    });
    await makeKnown(there, dialogueId);
    await until(() => sizes.length === 1);
    await oneSource(api, dialogueId);
    interface Trust {
      readonly witnesses: readonly { readonly why?: string }[];
    }
    const why = async () => {
      const { body } = await api.get<Trust>(`/v1/dialogues/${dialogueId}/ledger/trust`, 'auditor');
      return body.witnesses[1]?.why ?? '';
    };
    await until(async () => (await why()).includes('which its own countersignature refutes'));
    expect(sizes.at(-1)).toBeGreaterThan(0);
    await oneSource(api, dialogueId);
    await until(async () => (await newestOf(there))?.size === (await sizeOf(api, dialogueId)));
    expect(await words(api, 'ledger')).not.toContain('ALARM');
  });

  describe('goes on, and shows no signature that is none, where the other', () => {
    beforeAll(async () => {
      for (const [what, script] of strangely) {
        const { dialogueId } = await openTalks(api);
        elsewhere.set(what, dialogueId);
        scripts.set(`${host}/${dialogueId}`, script);
        await makeKnown(new Served(api, dialogueId), dialogueId);
      }
    });

    it.each(strangely)('%s', async (what) => {
      const dialogueId = elsewhere.get(what)!;
      const there = new Served(api, dialogueId);
      const isAsked = () => other.asked.some(({ parsed }) => parsed.origin === `${host}/${dialogueId}`);
      await until(isAsked);
      await oneSource(api, dialogueId);
      const size = await sizeOf(api, dialogueId);
      let newest = await newestOf(there);
      await until(async () => {
        newest = await newestOf(there);
        return newest !== undefined && newest.size >= size && newest.isBy(honest.key);
      });
      if (newest === undefined) throw new Error('There is no checkpoint.');
      expect(newest.note.signatures.filter(({ name }) => name === 'witness.ru.example')).toHaveLength(1);
      expect(verifyNote(nodeCrypto, newest.note, [honest.key])).toHaveLength(1);
      expect(newest.isBy(other.key)).toBe(false);
      expect(await words(api, 'ledger')).not.toContain('ALARM');
    });
  });
});

describe('Before it signs again, a server asks the witness of what was signed last', () => {
  const folder = join(outside, 'data');
  const settings = { directory: folder, ledgerKey: undefined, ledgerGuard: undefined };
  const files = ledgerFiles(settings)!;
  const isKept = (name: string) => join(outside, name);
  let dialogueId = '';
  let witnessed = 0;

  function putAside(name: string): void {
    cpSync(folder, isKept(name), { recursive: true });
    cpSync(files.guard, isKept(`${name}-guard`));
  }
  /** The guard file as well: so the store and it agree, and neither knows of what came later. */
  function putBack(name: string): void {
    rmSync(folder, { recursive: true });
    cpSync(isKept(name), folder, { recursive: true });
    cpSync(isKept(`${name}-guard`), files.guard);
  }

  async function running<T>(isWitnessed: boolean, use: (api: Api, served: Served) => Promise<T>): Promise<T> {
    const ledgerWitnesses = isWitnessed ? `${honest.line}@${honestServer.url}` : undefined;
    const api = await Api.start({ ...settings, ledgerHost: host, ledgerWitnesses });
    try {
      return await use(api, new Served(api, dialogueId));
    } finally {
      await api.stop();
    }
  }

  async function oneMore(api: Api, served: Served): Promise<void> {
    await oneSource(api, dialogueId);
    await until(async () => (await newestOf(served))?.size === (await sizeOf(api, dialogueId)));
  }

  beforeAll(async () => {
    mkdirSync(folder);
    makeLedgerFiles(settings, files);
    await running(false, async (api) => {
      ({ dialogueId } = await openTalks(api));
      await oneMore(api, new Served(api, dialogueId));
      await makeKnown(new Served(api, dialogueId), dialogueId);
    });
    putAside('yesterday');
    await running(true, async (api, served) => {
      await oneMore(api, served);
      await until(async () => (await newestOf(served))?.isBy(honest.key) === true);
      witnessed = (await newestOf(served))!.size;
    });
  });

  it('and goes on where that knew the log, though its guard file knows nothing of it; without a witness it does not', async () => {
    putAside('today');
    const forget = () => {
      rmSync(files.guard);
      Guard.make(files.guard);
    };
    forget();
    await running(false, async (api) => {
      await oneSource(api, dialogueId);
      await until(async () => (await words(api, 'ledger')).includes('ALARM'));
      expect(await words(api, 'ledger')).toContain('until another server or a witness vouches for it');
    });
    putBack('today');
    forget();
    await running(true, async (api, served) => {
      await oneMore(api, served);
      await until(async () => (await newestOf(served))?.isBy(honest.key) === true);
      witnessed = (await newestOf(served))!.size;
      expect(await words(api, 'ledger')).not.toContain('ALARM');
    });
  });

  it('and signs nothing where the witness has countersigned more: a folder and a guard file of yesterday', async () => {
    putBack('yesterday');
    await running(true, async (api, served) => {
      const before = (await newestOf(served))!.size;
      await until(async () => (await words(api, 'ledger')).includes('ALARM'));
      const says = await words(api, 'ledger');
      expect(says).toContain(
        `has countersigned ${witnessed} leaves, and the newest checkpoint here is of ${before}`,
      );
      expect(says).toContain('If it is the witness that is wrong, take it out of ENTENTE_LEDGER_WITNESSES');
      await oneSource(api, dialogueId);
      // Another log is signed meanwhile, and this one is not.
      const talks = await openTalks(api);
      await until(async () => (await newestOf(new Served(api, talks.dialogueId))) !== undefined);
      expect((await newestOf(served))!.size).toBe(before);
    });
  });

  it('and signs nothing more where the witness has countersigned another history', async () => {
    putBack('yesterday');
    await running(false, async (api, served) => {
      for (let more = 0; more < 3; more += 1) await oneMore(api, served);
      expect((await newestOf(served))!.size).toBeGreaterThan(witnessed);
    });
    await running(true, async (api, served) => {
      await until(async () => (await words(api, 'ledger')).includes('ALARM'));
      expect(await words(api, 'ledger')).toContain(
        `has countersigned another history of ${witnessed} leaves`,
      );
      expect((await newestOf(served))!.isBy(honest.key)).toBe(false);
    });
  });
});
