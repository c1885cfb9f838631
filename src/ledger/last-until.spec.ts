import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryEventStore } from '#libs/event-store';
import {
  formatCheckpoint,
  formatNote,
  nodeCrypto,
  originAfter,
  originsUpTo,
  signatureTypes,
  signText,
  verifierKey,
} from '#libs/ledger';
import { Ids } from '../platform/record/ids.js';
import { Cosignatures } from './cosignatures.js';
import { lastUntil } from './last-until.js';
import { Releases } from './releases.js';

const log = '0198d5d0-0000-7000-8000-000000000001';
const origin = `entente.example.org/${log}`;
const root = Buffer.alloc(32, 7);

/** Somebody who signs with a time: the log itself, or a witness. */
function signer(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const key = verifierKey(nodeCrypto, name, signatureTypes.cosignature, Buffer.from(x, 'base64url'));
  const signed = (text: string, time: number) =>
    signText(text, key, (message) => sign(null, message, privateKey), time);
  return { key, signed };
}

const [own, RU, US] = [signer(origin), signer('ru.example'), signer('us.example')];

/** A store that counts what is read of it. */
class CountingStore extends MemoryEventStore {
  reads = 0;

  override readStream(...asked: Parameters<MemoryEventStore['readStream']>) {
    this.reads += 1;
    return super.readStream(...asked);
  }
}

interface Step {
  /** How many seconds later by the clock of whoever signs; it may be set back. */
  readonly later: number;
  readonly leaves: number;
  readonly by: 'log' | 'RU' | 'US';
  /** How often the log begins anew before that. */
  readonly anew: number;
}

const steps = fc.array(
  fc.record({
    later: fc.integer({ min: -30, max: 90 }),
    leaves: fc.integer({ min: 1, max: 3 }),
    by: fc.constantFrom<Step['by']>('log', 'RU', 'US'),
    anew: fc.constantFrom(0, 0, 0, 0, 0, 1, 2),
  }),
  { minLength: 1, maxLength: 24 },
);

const byFirstName = () => origin;

/** As somebody would tell it who goes through all that was signed, in order. */
function toldBy(signed: readonly { readonly size: number; readonly time: number }[], instant: number) {
  const end = signed.findIndex(({ time }) => time > instant);
  return signed.slice(0, end === -1 ? signed.length : end).at(-1)?.size;
}

it('What was signed by an instant is found as if all that was signed were read, and stays what it was', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (drawn) => {
      const store = new CountingStore();
      let name = origin;
      const releases = new Releases(
        store,
        new Ids(),
        (signedAs, { note }) => (note.startsWith(`${signedAs}\n`) ? 'signed' : { fault: 'Of another name.' }),
        () => name,
      );
      const cosignatures = new Cosignatures(store, new Ids(), [RU.key, US.key], () => name);
      const signed = { log: [], RU: [], US: [] } as Record<Step['by'], { size: number; time: number }[]>;
      const instants = drawn.map((_, index) => 1_000 + index * 40);
      const sizeBy = async (by: Step['by'], instant: number) => {
        if (by === 'log') {
          const { release, found, next } = await releases.by(log, instant);
          expect(found).toBe(release && 'signed');
          return { size: release?.size, isFinal: next !== undefined };
        }
        const { checkpoint, next } = await cosignatures.by(log, { RU, US }[by].key, instant);
        return { size: checkpoint?.size, isFinal: next !== undefined };
      };
      const finals = new Map<string, number | undefined>();
      let [size, time] = [0, 1_000];
      for (const { later, leaves, by, anew } of drawn) {
        time += later;
        // What was signed may be gone when a log begins anew.
        size = anew === 0 ? size + leaves : leaves;
        for (let times = 0; times < anew; times += 1) name = originAfter(name);
        const text = formatCheckpoint({ origin: name, size, root });
        const note = formatNote({ text, signatures: [signer(name).signed(text, time)] });
        if (by === 'log')
          await releases.add(
            log,
            { size, root: root.toString('base64'), note: Buffer.from(note).toString() },
            await releases.last(log),
          );
        else await cosignatures.keep(log, Buffer.from(note).toString(), [{ RU, US }[by].signed(text, time)]);
        signed[by].push({ size, time });
        for (const one of ['log', 'RU', 'US'] as const)
          for (const instant of instants) {
            const before = store.reads;
            const found = await sizeBy(one, instant);
            expect([one, instant, found.size]).toEqual([one, instant, toldBy(signed[one], instant)]);
            expect(store.reads - before).toBeLessThanOrEqual(
              1 + originsUpTo(name).length + Math.ceil(Math.log2(drawn.length + 1)),
            );
            const named = `${one} ${instant}`;
            if (finals.has(named)) expect([named, found.size]).toEqual([named, finals.get(named)]);
            else if (found.isFinal) finals.set(named, found.size);
          }
      }
    }),
    { numRuns: 12 },
  );
});

it('A million checkpoints are looked through in twenty-one reads', async () => {
  for (const [length, most] of [
    [10, 5],
    [10_000, 15],
    [1_000_000, 21],
  ] as const) {
    let reads = 0;
    const at = (revision: number) => ({ revision: BigInt(revision) });
    const store = {
      async *readStream(_stream: string, { from }: { readonly from?: bigint } = {}) {
        reads += 1;
        yield at(from === undefined ? length - 1 : Number(from));
      },
    } as unknown as MemoryEventStore;
    const { found, after } = await lastUntil(store, 'any', 7, ({ revision }) => Number(revision));
    expect([found?.revision, after?.revision]).toEqual([7n, 8n]);
    expect(reads).toBeLessThanOrEqual(most);
  }
});

it('A witness that is no longer asked, and asked again, has still countersigned what it had', async () => {
  const store = new MemoryEventStore();
  const keep = async (asked: readonly (typeof RU)[], one: typeof RU, size: number, time: number) => {
    const text = formatCheckpoint({ origin, size, root });
    const note = Buffer.from(formatNote({ text, signatures: [own.signed(text, time)] })).toString();
    const cosignatures = new Cosignatures(
      store,
      new Ids(),
      asked.map(({ key }) => key),
      byFirstName,
    );
    await cosignatures.keep(log, note, [one.signed(text, time)]);
  };
  await keep([RU, US], RU, 3, 100);
  for (let more = 1; more <= 5; more += 1) await keep([US], US, 3 + more, 100 + more);
  const both = new Cosignatures(store, new Ids(), [RU.key, US.key], byFirstName);
  expect((await both.by(log, RU.key, 103)).checkpoint?.size).toBe(3);
  expect(await both.by(log, RU.key, 99)).toEqual({ next: 100 });
  expect((await both.by(log, US.key, 103)).checkpoint?.size).toBe(6);
});
