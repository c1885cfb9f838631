import { describe, expect, it } from '@jest/globals';
import { utf8 } from './bytes.js';
import { paths } from './files.js';
import { verifyMirror } from './mirror.js';
import { nodeCrypto } from './node.js';
import { parsePartyKeys } from './party-keys.js';
import { filesOf, filledLog, signedBy, TestLog } from './testing.js';
import {
  origin,
  signer,
  ru,
  policy,
  size,
  log,
  sign,
  signed,
  leaf,
  payload,
  mirrorFault,
  entriesChanged,
} from './testing-mirror.js';
import { planted } from './testing-faults.js';

describe('a mirror', () => {
  it('verifies as it is, told how far it is', async () => {
    const told: number[] = [];
    const onProgress = (leaves: number) => told.push(leaves);
    const summary = await verifyMirror(nodeCrypto, filesOf(log.mirror(signed)), { policy, onProgress });
    expect(summary).toMatchObject({ size, withheld: 0, erased: 0, root: log.tree.root() });
    expect(told).toEqual([256, 300]);
    expect(summary.trusted.witnesses.map(({ name }) => name)).toEqual(['RU']);
  });

  it.each(planted)('with %s planted is found to have %s (leaf %s)', async (_, code, seq, change) => {
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
});
