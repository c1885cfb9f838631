import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryEventStore } from '#libs/event-store';
import { nodeCrypto, parseCheckpoint, parseNote, verifyNote } from '#libs/ledger';
import { DerivedLogs } from '../../test/support/derived-logs.js';
import { heldIn } from '../platform/record/beside.js';
import { SystemClock } from '../platform/record/clock.js';
import { Ids } from '../platform/record/ids.js';
import { Guard } from './guard.js';
import { LogKeys, newKey, writePrivateFile } from './log-keys.js';
import { foundOf } from './release-check.js';
import { Releases } from './releases.js';
import { Signer } from './signer.js';
import { WitnessesService } from './witnesses.service.js';

const log = '0198d5d0-0000-7000-8000-000000000001';
let top: string;
let keys: LogKeys;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'entente-signer-'));
  writePrivateFile(join(top, 'key.pem'), newKey());
  keys = LogKeys.read(join(top, 'key.pem'));
});
afterEach(() => rmSync(top, { recursive: true }));

let guards = 0;

function newGuard(): string {
  const guard = join(top, `guard-${(guards += 1)}`);
  Guard.make(guard);
  return guard;
}

/** A server with read models and a guard file of its own, on a store that it shares. */
async function server(store: MemoryEventStore, guard = newGuard(), isLossAccepted = false) {
  const derived = await DerivedLogs.under('entente.example.org');
  const parts = {
    logs: derived.logs,
    keys,
    releases: new Releases(
      store,
      new Ids(),
      (origin, release) => foundOf(origin, keys, release),
      (one) => derived.logs.originOf(one),
    ),
    witnesses: new WitnessesService([]),
    clock: new SystemClock(),
    say: () => Promise.resolve(),
  };
  const grow = (count: number, words = '') => {
    for (let at = 0; at < count; at += 1)
      derived.apply(derived.happened(log, 'irritant-a', { correlationId: words }));
  };
  const { tables } = derived;
  return { grow, tables, signer: new Signer({ ...parts, guard: Guard.read(guard), isLossAccepted }) };
}

/** A store with a checkpoint of three leaves, and the server that has signed it. */
async function signedBefore() {
  const store = new MemoryEventStore();
  const signing = await server(store);
  signing.grow(3);
  await signing.signer.release(log);
  return { store, signing };
}

async function released(
  store: MemoryEventStore,
): Promise<readonly { size: number; root: string; note: string }[]> {
  const events = await Array.fromAsync(heldIn(store, `ledger-${log}`));
  return events.map(({ data }) => data as unknown as { size: number; root: string; note: string });
}

it('Two servers on one store never show two roots of one size, whoever is first and however often they change', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ leaves: fc.integer({ min: 0, max: 3 }), first: fc.integer({ min: 0, max: 1 }) }), {
        minLength: 20,
        maxLength: 30,
      }),
      async (turns) => {
        const store = new MemoryEventStore();
        const both = [await server(store), await server(store)];
        // Both were there when the log began.
        for (const { signer } of both) await signer.follow(log);
        for (const { leaves, first } of turns) {
          for (const one of both) one.grow(leaves);
          await Promise.all([both[first]!.signer.release(log), both[1 - first]!.signer.release(log)]);
        }
        const shown = await released(store);
        const sizes = shown.map(({ size }) => size);
        expect(sizes).toEqual([...new Set(sizes)].toSorted((one, other) => one - other));
        for (const { size, root, note } of shown) {
          const parsed = parseNote(Buffer.from(note));
          const named = keys
            .named(`entente.example.org/${log}`)
            .flatMap((one) => [one.note, one.cosignature]);
          expect(verifyNote(nodeCrypto, parsed, named)).toHaveLength(2);
          const checkpoint = parseCheckpoint(parsed.text);
          expect([checkpoint.size, Buffer.from(checkpoint.root).toString('base64')]).toEqual([size, root]);
        }
      },
    ),
    { numRuns: 10 },
  );
});

it('Whoever begins with another root than was signed is told to derive the leaves anew before anything else', async () => {
  const { store } = await signedBefore();
  const { grow, signer } = await server(store);
  grow(3, 'other words');
  await signer.release(log);
  expect(signer.judge.refused.get(log)).toMatch(/another root.* First stop .*"entente rebuild".*begin-anew/);
});

it('Where the tree does not give the root that was signed any more, nothing is signed of it and that is told', async () => {
  const store = new MemoryEventStore();
  const { grow, tables, signer } = await server(store);
  grow(300);
  await signer.release(log);
  tables.prepare('UPDATE {tiles} SET hashes = zeroblob(32) WHERE level = 1').run();
  grow(1);
  expect(await signer.release(log)).toBe(true);
  expect((await released(store)).map(({ size }) => size)).toEqual([300]);
  expect(signer.judge.refused.get(log)).toContain('entente rebuild');
});

it('A server whose leaves are others signs nothing, also at a size that nobody has signed yet', async () => {
  const store = new MemoryEventStore();
  const [honest, changed] = [await server(store), await server(store)];
  honest.grow(3);
  changed.grow(3, 'changed');
  await honest.signer.release(log);
  await changed.signer.release(log);
  changed.grow(2);
  await changed.signer.release(log);
  expect((await released(store)).map(({ size }) => size)).toEqual([3]);
  expect(changed.signer.judge.refused.get(log)).toMatch(
    /^The store knows a signed checkpoint of 3 leaves with another root/,
  );
});

it('A server that crashed between guard file and store goes on, for its leaves are the same', async () => {
  const store = new MemoryEventStore();
  const crashed = await server(store);
  crashed.grow(3);
  const append = store.append.bind(store);
  store.append = () => Promise.reject(new Error('The process ends here.'));
  await expect(crashed.signer.release(log)).rejects.toThrow('ends here');
  store.append = append;
  crashed.grow(1);
  await crashed.signer.release(log);
  expect((await released(store)).map(({ size }) => size)).toEqual([4]);
});

it('A log that is gone with all that the store knew of it is named by the guard file, and others are signed on', async () => {
  const gone = '0198d5d0-0000-7000-8000-000000000002';
  const kept = join(top, 'kept-guard');
  Guard.make(kept);
  Guard.read(kept).keep([
    { origin: `entente.example.org/${gone}`, size: 4, root: Buffer.alloc(32).toString('base64') },
  ]);
  const store = new MemoryEventStore();
  const { grow, signer } = await server(store, kept);
  grow(2);
  signer.judge.lookForLost();
  expect(signer.judge.refused.get(gone)).toMatch(
    /^The guard file knows a signed checkpoint of 4 leaves, and the record gives 0\./,
  );
  await signer.release(log);
  expect((await released(store)).map(({ size }) => size)).toEqual([2]);
});

it('Where the guard file knows logs of another host nothing is signed of anything', async () => {
  const kept = join(top, 'kept-guard');
  Guard.make(kept);
  Guard.read(kept).keep([
    { origin: `before.example/${log}`, size: 4, root: Buffer.alloc(32).toString('base64') },
  ]);
  const store = new MemoryEventStore();
  const { grow, signer } = await server(store, kept);
  grow(2);
  signer.judge.lookForLost();
  expect(signer.judge.elsewhere).toMatch(/before\.example.*put that guard file aside/);
  await signer.release(log);
  expect(await released(store)).toEqual([]);
});

it('Nothing is promised of a log before its leaves are judged, nor where they are others than were signed', async () => {
  const store = new MemoryEventStore();
  const [honest, changed, behind] = [await server(store), await server(store), await server(store)];
  expect(await honest.signer.vouchesFor(log)).toBe(true);
  honest.grow(3);
  await honest.signer.release(log);
  changed.grow(3, 'changed');
  expect(await changed.signer.vouchesFor(log)).toBe(false);
  expect(changed.signer.judge.refused.has(log)).toBe(true);
  behind.grow(2);
  expect(await behind.signer.vouchesFor(log)).toBe(false);
  expect(behind.signer.judge.refused.has(log)).toBe(false);
  expect(await honest.signer.vouchesFor(log)).toBe(true);
});

describe('A guard file that knows nothing of a log that was signed', () => {
  it('is as good as lost: nothing is signed or promised until somebody accepts it, once', async () => {
    const { store } = await signedBefore();
    const emptied = newGuard();
    const after = await server(store, emptied);
    after.grow(4);
    expect(await after.signer.vouchesFor(log)).toBe(false);
    await after.signer.release(log);
    expect(after.signer.judge.refused.get(log)).toMatch(/knows nothing of this log.*--accept-ledger-loss/);
    expect((await released(store)).map(({ size }) => size)).toEqual([3]);
    const accepting = await server(store, emptied, true);
    accepting.grow(3);
    await accepting.signer.release(log);
    expect(accepting.signer.judge.refused.size).toBe(0);
    const next = await server(store, emptied);
    next.grow(4);
    await next.signer.release(log);
    expect((await released(store)).map(({ size }) => size)).toEqual([3, 4]);
  });

  it('is filled once another server signs more of the log while this one looks on, and not by the store alone', async () => {
    const { store, signing: present } = await signedBefore();
    const own = newGuard();
    const away = await server(store, own);
    away.grow(3);
    expect(await away.signer.follow(log)).toBe(false);
    expect(away.signer.judge.refused.get(log)).toMatch(/until another server or a witness vouches/);
    // Looking again brings no word; nor does a server that can't sign it either.
    const alsoAway = await server(store);
    alsoAway.grow(4);
    await alsoAway.signer.release(log);
    expect(await away.signer.follow(log)).toBe(false);
    expect(Guard.read(own).headOf(`entente.example.org/${log}`)).toBeUndefined();
    for (const one of [present, away]) one.grow(1);
    await present.signer.release(log);
    expect(await away.signer.follow(log)).toBe(true);
    expect(Guard.read(own).headOf(`entente.example.org/${log}`)?.size).toBe(4);
    away.grow(1);
    await away.signer.release(log);
    expect((await released(store)).map(({ size }) => size)).toEqual([3, 4, 5]);
  });

  it('is not filled from a store whose leaves are others, whoever signs more', async () => {
    const { store, signing: present } = await signedBefore();
    const own = newGuard();
    const away = await server(store, own);
    away.grow(5, 'other words');
    expect(await away.signer.follow(log)).toBe(true);
    present.grow(1);
    await present.signer.release(log);
    await away.signer.follow(log);
    expect(away.signer.judge.refused.get(log)).toMatch(/another root/);
    expect(Guard.read(own).headOf(`entente.example.org/${log}`)).toBeUndefined();
  });

  it('of yesterday is none: a smaller head that the leaves agree with is gone on from', async () => {
    const store = new MemoryEventStore();
    const yesterday = newGuard();
    const first = await server(store, yesterday);
    first.grow(2);
    await first.signer.release(log);
    const copy = newGuard();
    cpSync(yesterday, copy);
    first.grow(1);
    await first.signer.release(log);
    const after = await server(store, copy);
    after.grow(4);
    await after.signer.release(log);
    expect((await released(store)).map(({ size }) => size)).toEqual([2, 3, 4]);
  });

  it('is filled by what another server signs, so that this one can take its place', async () => {
    const store = new MemoryEventStore();
    const own = newGuard();
    const [first, second] = [await server(store), await server(store, own)];
    expect(await second.signer.follow(log)).toBe(false);
    for (const one of [first, second]) one.grow(3);
    await first.signer.release(log);
    expect(await second.signer.follow(log)).toBe(true);
    expect(Guard.read(own).headOf(`entente.example.org/${log}`)?.size).toBe(3);
  });
});

it('A key that was changed signs the last checkpoint anew, so that it can be verified', async () => {
  const store = new MemoryEventStore();
  const guard = newGuard();
  const before = await server(store, guard);
  before.grow(3);
  await before.signer.release(log);
  writePrivateFile(join(top, 'next.pem'), newKey());
  keys = LogKeys.read(join(top, 'next.pem'));
  const after = await server(store, guard);
  after.grow(3);
  await after.signer.release(log);
  const shown = await released(store);
  expect(shown.map(({ size }) => size)).toEqual([3, 3]);
  expect(shown[0]!.root).toBe(shown[1]!.root);
  await after.signer.release(log);
  expect(await released(store)).toHaveLength(2);
});
