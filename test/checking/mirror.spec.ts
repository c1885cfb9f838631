import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  formatPayload,
  formatVerifierKey,
  LedgerFault,
  nodeCrypto,
  parsePayloads,
  parsePolicy,
  paths,
  signatureTypes,
  tilePath,
  tilesBetween,
} from '#libs/ledger';
import type { Payload } from '#libs/ledger';
import { filledLog, signedBy, TestLog, testSigner } from '#libs/ledger/testing';
import { Folder } from '../../src/checking/folder.js';
import { mirror, SplitView } from '../../src/checking/mirroring.js';
import { openedSource } from '../../src/checking/source.js';
import { ServedLog } from '../../src/checking/served-log.js';
import { verified } from '../../src/checking/verifying.js';
import { origin, Place, policy, ru, signed, signer } from './given.js';
import { Served } from './served.js';

const place = new Place();
const served = new Served();

beforeAll(() => served.start());
beforeEach(() => {
  served.onAsked = () => undefined;
  served.key = undefined;
  served.asked.length = 0;
});
afterAll(async () => {
  await served.stop();
  place.remove();
});

let made = 0;
const anotherFolder = () => place.in(`mirror-${(made += 1)}`);
const evidence = () => place.in(`evidence-${made}`);
const bring = async (folder: string, key?: string, by = policy) => {
  const log = new ServedLog({ url: new URL(served.url), key, waitsMs: [] });
  const options = { policy: by, where: served.url, evidence: evidence() };
  const { trusted, ...mirrored } = await mirror(log, new Folder(folder), options);
  expect(trusted.checkpoint).toMatchObject({ origin: mirrored.origin, size: mirrored.size });
  return mirrored;
};
const check = (folder: string) => verified(nodeCrypto, () => openedSource(folder, undefined), { policy });
const lengthened = (log: TestLog, count: number) => {
  for (let more = 0; more < count; more++) log.tell({ stream: 'irritant-1', data: { more } });
  return log;
};

const wordsOf = (folder: string, path: string, count: number) =>
  parsePayloads(readFileSync(`${folder}/${path}`), path.includes('001') ? 256 : 0, count).filter(
    ({ content, data }) => content !== null && data !== null,
  ).length;
const withheld = (one: Payload): Payload => ({
  ...one,
  data: null,
  content: null,
  salt: null,
  withheld: 'not for you',
});
const stripped = (one: Payload): Payload => ({ ...one, content: null, salt: null });

describe('A mirror', () => {
  it('holds what the log serves, and nothing else', async () => {
    const log = filledLog(origin, 300);
    served.show(log);
    const folder = anotherFolder();
    expect(await bring(folder)).toEqual({ origin, before: 0, size: 300, withheld: 0 });
    for (const [path, bytes] of served.files)
      expect([path, Buffer.compare(readFileSync(`${folder}/${path}`), bytes)]).toEqual([path, 0]);
    expect((await check(folder)).code).toBe(0);
  });

  it('grows with the log, asks for nothing twice, and keeps what was countersigned', async () => {
    const log = filledLog(origin, 250);
    served.show(log);
    const folder = anotherFolder();
    await bring(folder);
    served.show(lengthened(log, 300));
    served.asked.length = 0;
    expect(await bring(folder)).toEqual({ origin, before: 250, size: 550, withheld: 0 });
    expect(served.asked.filter((path) => path.startsWith('tile/entries/'))).toHaveLength(3);
    expect(existsSync(`${folder}/checkpoints/250`)).toBe(true);
    expect((await check(folder)).code).toBe(0);
    const partial = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.p\/\d+$/.test(path),
    );
    const last = [...tilesBetween(0, 550)].map(tilePath).filter((path) => path.includes('.p/'));
    expect(partial.toSorted()).toEqual([...last, 'payloads/002.p/38'].toSorted());
    served.asked.length = 0;
    expect(await bring(folder)).toEqual({ origin, before: 550, size: 550, withheld: 0 });
    expect(served.asked).toEqual(['checkpoint']);
  });

  it('keeps what was countersigned by hand, whoever does not know of it', async () => {
    const alone = parsePolicy(nodeCrypto, Buffer.from(`log ${formatVerifierKey(signer.key)}\nquorum none\n`));
    const log = filledLog(origin, 5);
    const unwitnessed = () => signedBy(log.checkpoint(), [signer], log.now);
    const folder = anotherFolder();
    served.show(log, unwitnessed());
    await bring(folder, undefined, alone);
    const byHand = Buffer.from(signedBy(log.checkpoint(), [signer, ru], log.now));
    for (const by of [alone, policy]) {
      writeFileSync(`${folder}/checkpoint`, byHand);
      await bring(folder, undefined, by);
      expect(await check(folder)).toMatchObject({ code: 0 });
      // What the log serves in the name of a witness whom the policy does not know takes the place of nothing.
      const line = byHand.toString('utf8').split('\n').at(-2) ?? '';
      const forged = line.replace(/\S+$/, (bytes) => `${bytes.slice(0, 20)}AAAA${bytes.slice(24)}`);
      served.show(log, Buffer.from(`${Buffer.from(unwitnessed()).toString('utf8')}${forged}\n`));
      await bring(folder, undefined, alone);
      expect(await check(folder)).toMatchObject({ code: 0 });
      served.show(log, unwitnessed());
    }
    lengthened(log, 1);
    served.show(log, unwitnessed());
    await bring(folder, undefined, alone);
    expect(Buffer.compare(readFileSync(`${folder}/checkpoints/5`), byHand)).toBe(0);
    // A countersignature that comes back later than the mirror grew: the checkpoint is older than what lies beside it.
    rmSync(`${folder}/checkpoints/5`);
    writeFileSync(`${folder}/checkpoint`, byHand);
    await expect(bring(folder, undefined, alone)).rejects.toThrow('move that to checkpoints/5 in it');
    renameSync(`${folder}/checkpoint`, `${folder}/checkpoints/5`);
    await bring(folder, undefined, alone);
    expect(
      await verified(nodeCrypto, () => openedSource(folder, undefined), { policy: alone }),
    ).toMatchObject({
      code: 0,
    });
  });

  it('keeps when the log itself said that it stood, so that nobody backdates between two runs', async () => {
    const cosigner = testSigner(origin, 1, signatureTypes.cosignature);
    const keys = [signer, cosigner].map(({ key }) => `log ${formatVerifierKey(key)}\n`).join('');
    const alone = parsePolicy(nodeCrypto, Buffer.from(`${keys}quorum none\n`));
    const found = async (secondsAhead: number) => {
      const log = filledLog(origin, 5);
      const folder = anotherFolder();
      served.show(log, signedBy(log.checkpoint(), [signer, cosigner], log.now + secondsAhead));
      await bring(folder, undefined, alone);
      lengthened(log, 1);
      served.show(log, signedBy(log.checkpoint(), [signer, cosigner], log.now));
      await bring(folder, undefined, alone);
      return verified(nodeCrypto, () => openedSource(folder, undefined), { policy: alone });
    };
    const backdated = await found(61);
    expect([backdated.code, backdated.lines[0]]).toEqual([1, expect.stringContaining('Leaf 5 is backdated')]);
    expect(await found(60)).toMatchObject({ code: 0 });
  });

  it('grows over many levels to the tiles that the log itself has', async () => {
    const log = filledLog(origin, 1);
    const folder = anotherFolder();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 400 }), async (more) => {
        served.show(lengthened(log, more));
        await bring(folder);
        expect((await check(folder)).code).toBe(0);
      }),
      { numRuns: 4, seed: 14 },
    );
  });

  it('takes payloads later where they were withheld, and loses words that were erased since', async () => {
    const log = filledLog(origin, 300);
    served.show(log);
    served.key = 'entente_k';
    const refused = anotherFolder();
    await expect(bring(refused)).rejects.toThrow('answers 401');
    served.onAsked = (path) => (path === 'payloads' ? 403 : undefined);
    const folder = anotherFolder();
    expect(await bring(folder, 'entente_k')).toMatchObject({ size: 300, withheld: 300 });
    served.onAsked = () => undefined;
    expect(await bring(folder, 'entente_k')).toMatchObject({ size: 300, withheld: 0 });
    expect((await check(folder)).code).toBe(0);
    log.tell({ stream: 'irritant-1', type: 'ContentErased', data: { target: 'event-4' } });
    log.payloads[4] = { ...log.payloads[4]!, content: null, salt: null };
    served.show(log);
    await bring(folder, 'entente_k');
    expect(parsePayloads(readFileSync(`${folder}/payloads/000`), 0, 256)[4]).toMatchObject({ content: null });
    const { code, lines } = await check(folder);
    expect([code, lines.at(-1)]).toEqual([
      0,
      'The words of 1 entry are erased, as an event of the log says.',
    ]);
  });

  it('loses no words that it has to a server that withholds them or says without an event that they were erased', async () => {
    const log = filledLog(origin, 300);
    const honest = () => served.show(log);
    honest();
    const folder = anotherFolder();
    await bring(folder);
    for (const lie of [withheld, stripped]) {
      lengthened(log, 10);
      served.show(log);
      served.payloads = log.payloads.map((one) => formatPayload(lie(one)));
      const had = log.tree.size - 10;
      expect(await bring(folder)).toMatchObject({ withheld: log.tree.size - 256, firstWithheld: 256 });
      expect(wordsOf(folder, 'payloads/000', 256)).toBe(256);
      expect(wordsOf(folder, `payloads/001.p/${log.tree.size - 256}`, log.tree.size - 256)).toBe(had - 256);
      expect((await check(folder)).lines[0]).toContain('Not complete: 10 entries');
      // What is not there is asked for again, by name, until it is.
      expect(await bring(folder)).toMatchObject({ withheld: log.tree.size - 256 });
      honest();
      expect(await bring(folder)).toMatchObject({ withheld: 0 });
      expect((await check(folder)).code).toBe(0);
    }
    served.onAsked = (path) => (path === 'payloads' ? 403 : undefined);
    lengthened(log, 5);
    served.show(log);
    expect(await bring(folder)).toMatchObject({ withheld: 5, firstWithheld: 320 });
    expect(wordsOf(folder, 'payloads/001.p/69', 69)).toBe(64);
    served.onAsked = () => undefined;
  });

  it('lets go of words once it has read the event that erased them, and does not take them back', async () => {
    const log = filledLog(origin, 320);
    served.show(log);
    const folder = anotherFolder();
    await bring(folder);
    // An erasure that nobody could read yet is none; once it is read it accounts for what is gone.
    log.tell({ stream: 'irritant-1', type: 'ContentErased', data: { target: 'event-7' } });
    log.tell({ stream: 'irritant-1', type: 'EventCorrected', data: { target: 'event-7' } });
    for (const seq of [7, 321]) log.payloads[seq] = { ...log.payloads[seq]!, content: null, salt: null };
    served.show(log);
    served.payloads = log.payloads.map((one, seq) => formatPayload(seq === 320 ? withheld(one) : one));
    expect(await bring(folder)).toMatchObject({ withheld: 2, firstWithheld: 320 });
    expect(wordsOf(folder, 'payloads/000', 256)).toBe(256);
    served.show(log);
    expect(await bring(folder)).toMatchObject({ withheld: 0 });
    expect(wordsOf(folder, 'payloads/000', 256)).toBe(255);
    expect((await check(folder)).lines.at(-1)).toContain('The words of 2 entries are erased');
    // And words that were erased are not taken back.
    lengthened(log, 1);
    served.show(log);
    served.payloads = log.payloads.map((one) =>
      formatPayload(
        one.seq === 321 ? { ...one, content: { text: { en: 'Words.' } }, salt: log.payloads[1]!.salt } : one,
      ),
    );
    expect(await bring(folder)).toMatchObject({ withheld: 0 });
    expect((await check(folder)).lines.at(-1)).toContain('The words of 2 entries are erased');
  });

  it('keeps what was said of words that were erased, and takes words back once their erasure is void', async () => {
    const log = filledLog(origin, 320);
    log.tell({ stream: 'irritant-1', type: 'ActRepudiated', data: { target: 'event-7' } });
    served.show(log);
    const folder = anotherFolder();
    await bring(folder);
    const { id } = log.tell({ stream: 'irritant-1', type: 'ContentErased', data: { target: 'event-7' } });
    served.show(log);
    const erased = new Set([7, 320]);
    served.payloads = log.payloads.map((one) => formatPayload(erased.has(one.seq) ? stripped(one) : one));
    expect(await bring(folder)).toMatchObject({ withheld: 1, firstWithheld: 320 });
    expect((await check(folder)).lines.at(-1)).toContain('The words of 1 entry are erased');
    expect(wordsOf(folder, 'payloads/001.p/66', 66)).toBe(66);
    const act = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };
    log.tell({ stream: 'irritant-1', type: 'AttributionVoid', data: { target: id }, content: {}, act });
    served.show(log);
    expect(await bring(folder)).toMatchObject({ withheld: 0 });
    expect(wordsOf(folder, 'payloads/000', 256)).toBe(256);
    expect(await check(folder)).toMatchObject({ code: 0 });
  });

  it('is whole again whenever it was ended, at whatever request', async () => {
    const log = filledLog(origin, 700);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(12), { maxLength: 4 }),
        fc.integer({ min: 1, max: 699 }),
        async (ends, first) => {
          const folder = anotherFolder();
          served.show(log, signed(log, first));
          served.files = new Map([...filledLog(origin, first).mirror(signed(log, first))]);
          await bring(folder);
          served.show(log);
          for (const end of ends) {
            let left = end;
            served.onAsked = () => (left-- > 0 ? undefined : 500);
            const ended = await bring(folder).then(
              () => undefined,
              (error: unknown) => String(error),
            );
            served.onAsked = () => undefined;
            // What the mirror had is there, whatever lies beside it.
            if (ended !== undefined) expect((await check(folder)).code).toBe(0);
          }
          await bring(folder);
          expect((await check(folder)).lines[0]).toContain('700 entries');
        },
      ),
      { numRuns: 5, seed: 141 },
    );
  });

  it('does not take what a run that was ended had from somebody else', async () => {
    const other = new TestLog(origin);
    for (let seq = 0; seq < 300; seq++) other.tell({ stream: 'irritant-9' });
    served.show(other);
    const folder = anotherFolder();
    served.onAsked = (path) => (path === 'payloads' ? 500 : undefined);
    await expect(bring(folder)).rejects.toThrow('answers 500');
    served.onAsked = () => undefined;
    served.show(filledLog(origin, 300));
    await bring(folder);
    expect((await check(folder)).code).toBe(0);
  });

  it('refuses a log that was rewritten, stays as it is, and keeps what proves it', async () => {
    const log = filledLog(origin, 300);
    served.show(log);
    const folder = anotherFolder();
    await bring(folder);
    for (const size of [200, 300, 512, 400]) {
      const rewritten = filledLog(origin, 9);
      rewritten.tell({ stream: 'irritant-1', data: { number: 'another' } });
      lengthened(rewritten, size - 10);
      served.show(rewritten);
      await expect(bring(folder)).rejects.toThrow(SplitView);
      const kept = readdirSync(evidence()).toSorted();
      expect(kept).toEqual(
        size === 300 ? ['README.txt', 'one', 'other'] : ['README.txt', 'one', 'other', 'proof'],
      );
      expect((await check(folder)).code).toBe(0);
      rmSync(evidence(), { recursive: true });
    }
  });

  it('takes nothing from a log that is older than it, of another name, unsigned or that serves other leaves', async () => {
    const log = filledLog(origin, 300);
    served.show(log);
    const folder = anotherFolder();
    await bring(folder);
    served.show(filledLog(origin, 200));
    await expect(bring(folder)).rejects.toThrow(
      'shows 200 entries, and the mirror holds 300 of the same log',
    );
    const stranger = filledLog('other.example/log', 300);
    served.show(stranger, signed(stranger));
    await expect(bring(folder)).rejects.toThrow('The policy knows no log called other.example/log');
    served.show(lengthened(log, 10));
    served.files.set('tile/0/001.p/54', served.files.get('tile/0/001.p/54')!.slice().fill(1, 1700));
    await expect(bring(folder)).rejects.toThrow(LedgerFault);
    served.show(log);
    served.payloads = served.payloads.map((line, seq) =>
      seq === 305 ? Buffer.from(Buffer.from(line).toString().replace('Words', 'words')) : line,
    );
    await expect(bring(folder)).rejects.toMatchObject({ code: 'content-wrong', at: 305 });
    expect((await check(folder)).lines[0]).toContain('Right: 300');
    served.show(log);
    await bring(folder);
    expect((await check(folder)).lines[0]).toContain('Right: 310');
  });

  it('is put into no folder that holds something else', async () => {
    const folder = anotherFolder();
    place.put(`mirror-${made}/letter.txt`, 'Dear colleague');
    await expect(bring(folder)).rejects.toThrow('holds something else than a mirror');
    await expect(bring(folder)).rejects.toThrow('name an empty folder');
    expect(readdirSync(folder)).toEqual(['letter.txt']);
    writeFileSync(place.in('file'), '');
    await expect(bring(place.in('file'))).rejects.toThrow("can't be used");
  });

  it('goes on once what a file manager has left in it is taken out, and says so', async () => {
    const folder = anotherFolder();
    served.show(filledLog(origin, 3));
    await bring(folder);
    writeFileSync(`${folder}/.DS_Store`, '');
    await expect(bring(folder)).rejects.toThrow(/“\.DS_Store” .*: take that out of it\.$/);
    rmSync(`${folder}/.DS_Store`);
    expect(await bring(folder)).toMatchObject({ before: 3 });
  });

  it('thins out what was countersigned once there is too much of it', async () => {
    const log = filledLog(origin, 3);
    const folder = anotherFolder();
    served.show(log);
    await bring(folder);
    for (let size = 1; size <= 1_100; size++) place.put(`mirror-${made}/${paths.earlier(size)}`, '');
    await bring(folder);
    expect(readdirSync(`${folder}/checkpoints`)).toHaveLength(550);
  });
});
