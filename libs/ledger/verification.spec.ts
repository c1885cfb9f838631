import { describe, expect, it } from '@jest/globals';
import { verifyBundle } from './bundle.js';
import { utf8 } from './bytes.js';
import { LedgerFault } from './faults.js';
import type { FaultCode } from './faults.js';
import { paths } from './files.js';
import { verifyMirror } from './mirror.js';
import { nodeCrypto } from './node.js';
import { parsePartyKeys } from './party-keys.js';
import { filesOf, filledLog, signedBy, TestLog } from './testing-log.js';
import {
  entriesChanged,
  leaf,
  log,
  origin,
  payload,
  policy,
  sign,
  signed,
  signer,
  ru,
  size,
  tamperedBundles,
  tamperedMirrors,
} from './testing-tampered.js';

/** What is wrong, and at which leaf; undefined where nothing is. */
async function fault(check: () => unknown): Promise<[FaultCode, number | undefined] | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    return [error.code, error.at];
  }
}

const mirrorFault = (files: Map<string, Uint8Array>) =>
  fault(() => verifyMirror(nodeCrypto, filesOf(files), { policy }));

describe('a mirror', () => {
  it('verifies as it is, told how far it is', async () => {
    const told: number[] = [];
    const onProgress = (leaves: number) => told.push(leaves);
    const summary = await verifyMirror(nodeCrypto, filesOf(log.mirror(signed)), { policy, onProgress });
    expect(summary).toMatchObject({ size, withheld: 0, erased: 0, root: log.tree.root() });
    expect(told).toEqual([256, 300]);
    expect(summary.trusted.witnesses.map(({ name }) => name)).toEqual(['RU']);
  });

  it.each(tamperedMirrors)('with %s planted is found to have %s (leaf %s)', async (_, code, seq, change) => {
    const files = log.mirror(signed);
    change(files);
    expect(await mirrorFault(files)).toEqual([code, seq]);
  });

  it('with one bit flipped anywhere in entries, tiles and payloads is found out', async () => {
    const whole = log.mirror(signed);
    for (let flip = 0; flip < 60; flip++) {
      const all = [...whole.keys()].filter((path) => path !== 'checkpoint');
      const path = all[flip % all.length] as string;
      const files = new Map(whole);
      const bytes = files.get(path)!.slice();
      const place = (flip * 7919) % bytes.length;
      bytes[place]! ^= 2 ** (flip % 8);
      files.set(path, bytes);
      expect([path, place, await mirrorFault(files)]).not.toEqual([path, place, undefined]);
    }
  });

  it('without its payloads is not complete, and not wrong', async () => {
    const files = new Map([...log.mirror(signed)].filter(([path]) => !path.startsWith('payloads/')));
    expect(await verifyMirror(nodeCrypto, filesOf(files), { policy })).toMatchObject({ withheld: size });
    const some = log.mirror(signed);
    entriesChanged((_, all) => {
      all[9] = { ...payload(9), content: null, salt: null, withheld: 'for the parties alone' };
      all[10] = { ...payload(10), data: null, content: null, salt: null, withheld: 'for the parties alone' };
    })(some);
    expect(await verifyMirror(nodeCrypto, filesOf(some), { policy })).toMatchObject({ withheld: 2 });
  });

  it('truncated and signed again is found by the checkpoint that was signed before', async () => {
    const shorter = filledLog(origin, 200);
    const files = shorter.mirror(sign(shorter));
    expect(await mirrorFault(files)).toBeUndefined();
    files.set(paths.earlier(300), signed);
    expect(await mirrorFault(files)).toEqual(['size-wrong', undefined]);
  });

  it('rewritten and signed again is found by an earlier checkpoint', async () => {
    const other = new TestLog(origin);
    for (let seq = 0; seq < size; seq++)
      other.tell({ stream: leaf(seq).stream, data: { number: seq === 9 ? 10 : seq } });
    const files = other.mirror(sign(other));
    expect(await mirrorFault(files)).toBeUndefined();
    files.set(paths.earlier(200), sign(log, 200, log.now - 100));
    expect(await mirrorFault(files)).toEqual(['root-wrong', undefined]);
    const honest = log.mirror(signed);
    honest.set(paths.earlier(200), sign(log, 200, log.now - 100));
    expect(await mirrorFault(honest)).toBeUndefined();
  });

  it('is found to be backdated by what its witness had seen', async () => {
    const backdated = filledLog(origin, 100);
    const middle = sign(backdated);
    backdated.tell({ stream: 'dialogue-1', recordedAt: '2025-12-01T00:00:00.000Z' });
    const files = backdated.mirror(sign(backdated));
    files.set(paths.earlier(100), middle);
    expect(await mirrorFault(files)).toEqual(['time-wrong', 100]);
    const late = filledLog(origin, 100);
    late.tell({ stream: 'dialogue-1', recordedAt: '2027-01-01T00:00:00.000Z' });
    expect(await mirrorFault(late.mirror(sign(late)))).toEqual(['time-wrong', 100]);
  });

  it('is found to be backdated by the leaves before, also where nobody witnessed any of them', async () => {
    const logged = (...back: readonly number[]) => {
      const one = filledLog(origin, 4);
      for (const seconds of back)
        one.tell({ stream: 'irritant-1', recordedAt: new Date((one.now - seconds) * 1_000).toISOString() });
      return one.mirror(sign(one));
    };
    expect(await mirrorFault(logged(70))).toEqual(['time-wrong', 4]);
    await expect(verifyMirror(nodeCrypto, filesOf(logged(70)), { policy })).rejects.toThrow(
      /^Leaf 4 is backdated: it says .*, and leaf 3 before it says/,
    );
    // The clocks of two servers may be a minute apart, but times do not creep back.
    expect(await mirrorFault(logged(55, 50, 0))).toBeUndefined();
    expect(await mirrorFault(logged(40, 65))).toEqual(['time-wrong', 5]);
  });

  it('under a checkpoint of more leaves than anybody has ends at the first file that is missing', async () => {
    const text = log.checkpoint().replace('\n300\n', `\n${Number.MAX_SAFE_INTEGER}\n`);
    const files = log.mirror(signedBy(text, [signer, ru], log.now));
    expect(await mirrorFault(files)).toEqual(['file-missing', 256]);
  });

  it('is not found to be backdated by a witness that is known to sign long after', async () => {
    const files = log.mirror(signed);
    files.set(paths.earlier(100), sign(log, 100, log.now + 100));
    expect(await mirrorFault(files)).toEqual(['time-wrong', 100]);
    const partyKeys = parsePartyKeys(utf8('late RU\n'));
    expect(await verifyMirror(nodeCrypto, filesOf(files), { policy, partyKeys })).toMatchObject({ size });
  });

  it('whose erasures are withheld lets words be gone', async () => {
    const erased = filledLog(origin, 6);
    erased.tell({ stream: 'irritant-1', type: 'ContentErased', data: { target: 'event-4' } });
    erased.payloads[4] = { ...erased.payloads[4]!, content: null, salt: null };
    erased.payloads[6] = { ...erased.payloads[6]!, data: null, withheld: 'for the parties alone' };
    const summary = await verifyMirror(nodeCrypto, filesOf(erased.mirror(sign(erased))), { policy });
    expect(summary).toMatchObject({ erased: 1, withheld: 1 });
  });

  it('is wrong where an event without words has got some', async () => {
    const silent = filledLog(origin, 3);
    silent.tell({ stream: 'irritant-1', content: {} });
    expect(await mirrorFault(silent.mirror(sign(silent)))).toBeUndefined();
    for (const withheld of [{}, { withheld: 'it was recorded long ago' }]) {
      silent.payloads[3] = { ...payload(3), data: silent.payloads[3]!.data, ...withheld };
      expect(await mirrorFault(silent.mirror(sign(silent)))).toEqual(['content-wrong', 3]);
    }
  });

  it.each([3, 1_000])(
    'names no event by an id that another one has, in whatever stream: the one at %s would be either',
    async (seq) => {
      const twice = filledLog(origin, seq);
      twice.tell({ stream: 'irritant-2', id: 'event-1' });
      twice.tell({ stream: 'irritant-2', id: 'event-2' });
      expect(await mirrorFault(twice.mirror(sign(twice)))).toEqual(['id-twice', seq]);
      const bundle = twice.bundle('irritant-2', sign(twice), twice.checkpoint());
      expect(await fault(() => verifyBundle(nodeCrypto, filesOf(bundle), { policy }))).toEqual([
        'id-twice',
        seq + 1,
      ]);
    },
  );

  it('may lack words that were erased, and those of what corrected them', async () => {
    const erased = filledLog(origin, 10);
    erased.tell({ stream: 'irritant-1', type: 'EventCorrected', data: { target: 'event-4' } });
    const gone = [4, 10];
    for (const seq of gone) erased.payloads[seq] = { ...erased.payloads[seq]!, content: null, salt: null };
    expect(await mirrorFault(erased.mirror(sign(erased)))).toEqual(['erased-without-event', 4]);
    erased.tell({ stream: 'irritant-1', type: 'ContentErased', data: { target: 'event-4' } });
    expect(await verifyMirror(nodeCrypto, filesOf(erased.mirror(sign(erased))), { policy })).toMatchObject({
      erased: 2,
      withheld: 0,
    });
  });

  it('may lack those of what a correction corrected where the correction is named, as in old records', async () => {
    const erased = filledLog(origin, 10);
    for (const target of ['event-4', 'event-4'])
      erased.tell({ stream: 'irritant-1', type: 'EventCorrected', data: { target } });
    erased.tell({ stream: 'irritant-1', type: 'ContentErased', data: { target: 'event-10' } });
    for (const seq of [4, 10, 11])
      erased.payloads[seq] = { ...erased.payloads[seq]!, content: null, salt: null };
    expect(await mirrorFault(erased.mirror(sign(erased)))).toBeUndefined();
    // Unless nobody may know what was corrected.
    erased.payloads[11] = { ...erased.payloads[11]!, data: null, withheld: 'for the parties alone' };
    erased.payloads[10] = erased.payloads[11];
    erased.payloads[10] = { ...erased.payloads[10], seq: 10 };
    expect(await mirrorFault(erased.mirror(sign(erased)))).toBeUndefined();
  });

  it.each(['ActRepudiated', 'AttributionDisavowed', 'ErasureRequested', 'ContentErased', 'Said'])(
    'keeps the words of whoever spoke of what was erased: %s is no correction',
    async (type) => {
      const erased = filledLog(origin, 10);
      erased.tell({ stream: 'irritant-1', type: 'ContentErased', data: { target: 'event-4' } });
      erased.tell({ stream: 'irritant-1', type, data: { target: 'event-4' } });
      for (const seq of [4, 11])
        erased.payloads[seq] = { ...erased.payloads[seq]!, content: null, salt: null };
      expect(await mirrorFault(erased.mirror(sign(erased)))).toEqual(['erased-without-event', 11]);
    },
  );

  it('may not lack words for an erasure of another stream, one that a party says, or one that the log says to be void', async () => {
    const erased = filledLog(origin, 10);
    erased.payloads[4] = { ...erased.payloads[4]!, content: null, salt: null };
    erased.tell({ stream: 'irritant-2', type: 'ContentErased', data: { target: 'event-4' } });
    const said = { party: 'RU', capacity: 'direct', recordedBy: 'p-ru', recorderParty: 'RU' };
    erased.tell({ stream: 'irritant-1', type: 'ContentErased', data: { target: 'event-4' }, act: said });
    expect(await mirrorFault(erased.mirror(sign(erased)))).toEqual(['erased-without-event', 4]);
    const { id } = erased.tell({ stream: 'irritant-1', type: 'ContentErased', data: { target: 'event-4' } });
    expect(await mirrorFault(erased.mirror(sign(erased)))).toBeUndefined();
    const act = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };
    erased.tell({ stream: 'irritant-1', type: 'AttributionVoid', data: { target: id }, content: {}, act });
    expect(await mirrorFault(erased.mirror(sign(erased)))).toEqual(['erased-without-event', 4]);
    erased.tell({ stream: 'irritant-1', type: 'ContentErased', data: { target: 'event-4' } });
    expect(await mirrorFault(erased.mirror(sign(erased)))).toBeUndefined();
  });
});

describe('the bundle of one stream', () => {
  const stream = 'irritant-1';
  const bundle = () => log.bundle(stream, signed, log.checkpoint());
  const bundleFault = (files: Map<string, Uint8Array>) =>
    fault(() => verifyBundle(nodeCrypto, filesOf(files), { policy }));

  it('verifies as it is', async () => {
    const summary = await verifyBundle(nodeCrypto, filesOf(bundle()), { policy });
    expect(summary).toMatchObject({ stream, entries: 100, withheld: 0, erased: 0 });
  });

  it.each(tamperedBundles)('with %s planted is found to have %s (leaf %s)', async (_, code, seq, change) => {
    const files = bundle();
    change(files);
    expect(await bundleFault(files)).toEqual([code, seq]);
  });

  it('has earlier checkpoints with their proofs', async () => {
    const middle = { size: 200, signed: sign(log, 200, log.now - 100) };
    const made = () => log.bundle(stream, signed, log.checkpoint(), [middle]);
    expect(await bundleFault(made())).toBeUndefined();
    const unproven = made();
    unproven.delete(paths.consistency(200));
    expect(await bundleFault(unproven)).toEqual(['file-missing', undefined]);
    const other = made();
    const forked = new TestLog(origin);
    for (let seq = 0; seq < 200; seq++) forked.tell({ stream });
    other.set(paths.earlier(200), sign(forked, 200, log.now - 100));
    expect(await bundleFault(other)).toEqual(['consistency-wrong', undefined]);
    const misnamed = made();
    misnamed.set(paths.earlier(100), middle.signed);
    expect(await bundleFault(misnamed)).toEqual(['size-wrong', undefined]);
    const backdated = { size: 100, signed: sign(log, 100, log.now + 100) };
    expect(await bundleFault(log.bundle(stream, signed, log.checkpoint(), [backdated]))).toEqual([
      'time-wrong',
      100,
    ]);
  });

  it('names the file of a leaf that is missing', async () => {
    const files = bundle();
    files.delete('leaves/7.json');
    await expect(verifyBundle(nodeCrypto, filesOf(files), { policy })).rejects.toThrow(
      'leaves/7.json is missing.',
    );
  });

  it('shows nothing as something else than it is', () => {
    const hostile = new TestLog(origin);
    hostile.tell({ stream, content: { text: { en: '<script>alert("1")</script> & \u202egnorw\u202c' } } });
    const text = new TextDecoder().decode(
      hostile.bundle(stream, sign(hostile), hostile.checkpoint()).get(paths.report),
    );
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; ⟦U+202E⟧gnorw⟦U+202C⟧');
    expect(text).not.toContain('<script');
  });
});
