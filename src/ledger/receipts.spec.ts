import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { formatVerifierKey, nodeCrypto, parsePolicy, verifyReceipt } from '#libs/ledger';
import { testSigner } from '#libs/ledger/testing';
import { RealTimer } from '../platform/record/timer.js';
import type { LeafAhead } from './derived-leaf.js';
import type { LeafPlace } from './ledger.projection.js';
import { Receipts } from './receipts.js';

const host = 'record.example';
const hash = (seq: number) => Uint8Array.from({ length: 32 }, () => seq);

/** A record that comes as far as it is told to, and a log for each dialogue that counts what it signs. */
class Told {
  readonly places = new Map<string, LeafPlace>();
  readonly signed: string[] = [];
  readonly vouchedFor: string[] = [];
  ordinal = -1;
  isOver = false;
  now = 0;
  vouches = true;
  #moved: (() => void)[] = [];

  readonly ahead = new Map<string, LeafAhead>();

  readonly receipts = new Receipts({
    ahead: { leafOf: (stream, revision) => this.ahead.get(`${stream} ${revision}`) },
    logs: this.#logs(),
    projections: { until: (holds, ms) => this.#until(holds, ms) },
    keys: {
      named: (origin) => {
        const { key, sign } = testSigner(origin, 1);
        const counted = (message: Uint8Array) => {
          this.signed.push(origin);
          return sign(message);
        };
        return [{ note: key, cosignature: key, sign: counted }];
      },
    },
    vouchesFor: (dialogueId) => {
      this.vouchedFor.push(dialogueId);
      return Promise.resolve(this.vouches);
    },
    timer: Object.assign(new RealTimer(), { now: () => this.now }),
  });

  #logs() {
    return {
      isReady: true,
      read: () => ({ tables: this, ordinal: this.ordinal }),
      placeOf: (stream: string, revision: number) => this.places.get(`${stream} ${revision}`),
    };
  }

  async #until(holds: () => boolean, ms: number): Promise<boolean> {
    const end = this.now + ms;
    while (!holds()) {
      if (this.isOver || this.now >= end) return false;
      await new Promise<void>((moved) => this.#moved.push(moved));
    }
    return true;
  }

  move(to: { readonly ordinal?: number; readonly now?: number; readonly isOver?: boolean }): void {
    Object.assign(this, to);
    for (const moved of this.#moved.splice(0)) moved();
  }

  /** The event of that ordinal and its leaf, which says by which name its log goes. */
  happens(log: string, ordinal: number, origin = `${host}/${log}`): void {
    this.places.set(`${log} ${ordinal}`, { ordinal, log, origin, seq: ordinal, leafHash: hash(ordinal) });
  }
}

const policyOf = (log: string) =>
  parsePolicy(
    nodeCrypto,
    Buffer.from(`log ${formatVerifierKey(testSigner(`${host}/${log}`, 1).key)}\nquorum none\n`),
  );

it('acts whose leaves come together get receipts of their own under one signature for each log', async () => {
  const told = new Told();
  const acts = [
    ['a', 0],
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ] as const;
  for (const [log, ordinal] of acts) told.happens(log, ordinal);
  const answers = acts.map(([log, ordinal]) => told.receipts.of(log, ordinal));
  await turnOfTheLoop();
  expect(told.signed).toEqual([]);
  told.move({ ordinal: 3 });
  for (const [index, [log, seq]] of acts.entries())
    expect(verifyReceipt(nodeCrypto, Buffer.from((await answers[index])!), policyOf(log))).toEqual({
      origin: `${host}/${log}`,
      seq,
      leafHash: hash(seq),
    });
  expect(told.signed).toEqual([`${host}/a`, `${host}/b`]);
  told.happens('a', 4);
  const next = told.receipts.of('a', 4);
  told.move({ ordinal: 4 });
  expect((await next)?.length).toBeGreaterThan(0);
  expect(told.signed.length).toBe(3);
});

it('acts whose leaves are known as they are stored wait for no read model, and share a signature', async () => {
  const told = new Told();
  const acts = [0, 1, 2];
  for (const seq of acts) {
    const leaf = { log: `${host}/a` } as LeafAhead['leaf'];
    const place = { leaf, log: 'a', seq, leafHash: hash(seq) };
    told.ahead.set(`a ${seq}`, place as LeafAhead);
  }
  const receipts = await Promise.all(acts.map((seq) => told.receipts.of('a', seq)));
  for (const seq of acts)
    expect(verifyReceipt(nodeCrypto, Buffer.from(receipts[seq]!), policyOf('a'))).toEqual({
      origin: `${host}/a`,
      seq,
      leafHash: hash(seq),
    });
  expect(told.signed).toEqual([`${host}/a`]);
});

it('acts about a log that begins anew between them each get a receipt of the log that their leaf names', async () => {
  const told = new Told();
  told.happens('a', 0);
  told.happens('a', 1, `${host}/a/2`);
  const answers = [told.receipts.of('a', 0), told.receipts.of('a', 1)];
  told.move({ ordinal: 1 });
  for (const [seq, log] of ['a', 'a/2'].entries())
    expect(verifyReceipt(nodeCrypto, Buffer.from((await answers[seq])!), policyOf(log))).toEqual({
      origin: `${host}/${log}`,
      seq,
      leafHash: hash(seq),
    });
  expect(told.signed).toEqual([`${host}/a`, `${host}/a/2`]);
  expect(told.vouchedFor).toEqual(['a', 'a']);
});

it('an act whose leaf is late is answered without one, and the others with theirs', async () => {
  const told = new Told();
  told.happens('a', 0);
  const [late, early] = [told.receipts.of('a', 9), told.receipts.of('a', 0)];
  told.move({ ordinal: 0 });
  expect(await early).toBeDefined();
  const younger = told.receipts.of('a', 8);
  told.move({ now: 1_000 });
  expect([await late, await younger]).toEqual([undefined, undefined]);
});

it('acts that wait when the record is followed no more are answered without one', async () => {
  const told = new Told();
  const [one, other] = [told.receipts.of('a', 0), told.receipts.of('b', 0)];
  told.move({ isOver: true });
  expect([await one, await other]).toEqual([undefined, undefined]);
});

it('a log of which nothing is vouched for promises nothing', async () => {
  const told = new Told();
  told.vouches = false;
  told.happens('a', 0);
  const answer = told.receipts.of('a', 0);
  told.move({ ordinal: 0 });
  expect(await answer).toBeUndefined();
  expect(told.signed).toEqual([]);
});
