import { describe, expect, it } from '@jest/globals';
import { verifyBundle } from './bundle.js';
import { base64, utf8, joined } from './bytes.js';
import { LedgerFault } from './faults.js';
import type { FaultCode } from './faults.js';
import { paths } from './files.js';
import { formatVerifierKey, signatureTypes } from './keys.js';
import { formatLeaf } from './leaf-form.js';
import type { Leaf } from './leaf.js';
import { verifyMirror } from './mirror.js';
import { nodeCrypto } from './node.js';
import { formatPayload } from './payload.js';
import type { Payload } from './payload.js';
import { parsePartyKeys } from './party-keys.js';
import { parsePolicy } from './policy-file.js';
import { filesOf, filledLog, signedBy, TestLog, testSigner } from './testing.js';
import { formatEntries, parseEntries, tileWidth } from './tiles.js';

const origin = 'record.example/dialogue-1';
const signer = testSigner(origin, 1);
const ru = testSigner('witness.ru.example', 3, signatureTypes.cosignature);
const policy = parsePolicy(
  nodeCrypto,
  utf8(`log ${formatVerifierKey(signer.key)}\nwitness RU ${formatVerifierKey(ru.key)}\nquorum RU\n`),
);
const size = 300;
const log = filledLog(origin, size);
const sign = (one: TestLog, count = one.tree.size, time = one.now) =>
  signedBy(one.checkpoint(count), [signer, ru], time);
const signed = sign(log);

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

type Change = (files: Map<string, Uint8Array>) => void;
const bundlePath = 'tile/entries/000';

/** Changes the list of entries of the first bundle, and of its payloads. */
function entriesChanged(change: (entries: Uint8Array[], payloads: Payload[]) => void): Change {
  return (files) => {
    const tile = { level: 'entries', index: 0, width: tileWidth } as const;
    const entries = [...parseEntries(files.get(bundlePath)!, tile)];
    const payloads = log.payloads.slice(0, tileWidth);
    change(entries, payloads);
    files.set(bundlePath, formatEntries(entries));
    files.set('payloads/000', joined(...payloads.map(formatPayload)));
  };
}

const entry = (seq: number) => log.entries[seq] as Uint8Array;
const leaf = (seq: number) => log.leaves[seq] as Leaf;
const payload = (seq: number) => log.payloads[seq] as Payload;
const changedLeaf = (seq: number, change: Partial<Leaf>) => formatLeaf({ ...leaf(seq), ...change });

/** Each plants one fault in the untampered mirror and names what is found, and where. */
const planted: readonly (readonly [string, FaultCode, number | undefined, Change])[] = [
  [
    'a byte of a leaf',
    'leaf-wrong',
    7,
    entriesChanged((all) => (all[7] = changedLeaf(7, { id: 'event-8' }))),
  ],
  ['a leaf that is no JSON', 'malformed', 7, entriesChanged((all) => (all[7] = utf8('{')))],
  [
    'a leaf in another form',
    'not-canonical',
    7,
    entriesChanged((all) => (all[7] = utf8(JSON.stringify(leaf(7), null, 1)))),
  ],
  [
    'a member more',
    'malformed',
    7,
    entriesChanged((all) => (all[7] = changedLeaf(7, { more: 'x' } as object))),
  ],
  [
    'two leaves swapped',
    'index-wrong',
    7,
    entriesChanged((all) => ([all[7], all[10]] = [entry(10), entry(7)])),
  ],
  ['a leaf dropped', 'index-wrong', 7, entriesChanged((all) => void all.splice(7, 1, ...[entry(8)]))],
  ['a leaf inserted', 'index-wrong', 8, entriesChanged((all) => void all.splice(8, 1, entry(7)))],
  [
    'a leaf duplicated in its place',
    'chain-broken',
    8,
    entriesChanged((all) => (all[8] = changedLeaf(7, { seq: 8 }))),
  ],
  [
    'another origin',
    'origin-wrong',
    7,
    entriesChanged((all) => (all[7] = changedLeaf(7, { log: 'other.example' }))),
  ],
  ['a gap in a stream', 'chain-broken', 7, entriesChanged((all) => (all[7] = changedLeaf(7, { rev: 3 })))],
  [
    'another leaf before it',
    'chain-broken',
    7,
    entriesChanged((all) => (all[7] = changedLeaf(7, { prev: leaf(6).prev! }))),
  ],
  [
    'a byte of data',
    'payload-wrong',
    9,
    entriesChanged(
      (_, all) => (all[9] = { ...payload(9), data: { ...payload(9).data, data: { number: 10 } } }),
    ),
  ],
  [
    'a cited source swapped',
    'payload-wrong',
    9,
    entriesChanged(
      (_, all) => (all[9] = { ...payload(9), data: { ...payload(9).data, sources: [{ sourceId: 'x' }] } }),
    ),
  ],
  [
    'a byte of content',
    'content-wrong',
    9,
    entriesChanged((_, all) => (all[9] = { ...payload(9), content: { text: { en: 'words.' } } })),
  ],
  ['another salt', 'content-wrong', 9, entriesChanged((_, all) => (all[9] = { ...payload(9), salt: 'x' }))],
  [
    'words without their salt',
    'content-wrong',
    9,
    entriesChanged((_, all) => (all[9] = { ...payload(9), salt: null })),
  ],
  [
    'words gone without an erasure',
    'erased-without-event',
    9,
    entriesChanged((_, all) => (all[9] = { ...payload(9), content: null, salt: null })),
  ],
  [
    'data gone without a reason',
    'payload-missing',
    9,
    entriesChanged((_, all) => (all[9] = { ...payload(9), data: null })),
  ],
  [
    'payloads swapped',
    'index-wrong',
    9,
    entriesChanged((_, all) => ([all[9], all[10]] = [payload(10), payload(9)])),
  ],
  ['a payload dropped', 'payload-missing', 0, entriesChanged((_, all) => void all.splice(9, 1))],
  [
    'a bundle of entries that ends early',
    'tile-wrong',
    255,
    (files) => void files.set(bundlePath, files.get(bundlePath)!.subarray(0, -1)),
  ],
  [
    'a bundle of entries that is missing',
    'file-missing',
    256,
    (files) => void files.delete('tile/entries/001.p/44'),
  ],
  ['a hash in a tile', 'tile-wrong', undefined, (files) => void (files.get('tile/0/000')![40]! ^= 1)],
  ['a tile that is missing', 'file-missing', undefined, (files) => void files.delete('tile/1/000.p/1')],
  [
    'an inner node as a leaf',
    'malformed',
    7,
    entriesChanged((all) => (all[7] = joined(log.tree.node(0, 6), log.tree.node(0, 7)))),
  ],
  ['no checkpoint', 'file-missing', undefined, (files) => void files.delete('checkpoint')],
  [
    'a checkpoint of another size',
    'signature-wrong',
    undefined,
    (files) => void files.set('checkpoint', replaced(signed, '\n300\n', '\n299\n')),
  ],
  [
    'a checkpoint of another root',
    'signature-wrong',
    undefined,
    (files) =>
      void files.set('checkpoint', replaced(signed, base64(log.tree.root()), base64(log.tree.root(299)))),
  ],
  [
    'a checkpoint of another log',
    'origin-wrong',
    undefined,
    (files) => void files.set('checkpoint', replaced(signed, origin, 'other.example/log')),
  ],
  [
    'a checkpoint by another key of the same name',
    'signature-missing',
    undefined,
    (files) => void files.set('checkpoint', signedBy(log.checkpoint(), [testSigner(origin, 2), ru], 1)),
  ],
  [
    'a checkpoint that its witness did not cosign',
    'quorum-missing',
    undefined,
    (files) => void files.set('checkpoint', signedBy(log.checkpoint(), [signer])),
  ],
  [
    'a cosignature from another checkpoint',
    'signature-wrong',
    undefined,
    (files) => void files.set('checkpoint', transplanted()),
  ],
  [
    'carriage returns',
    'malformed',
    undefined,
    (files) => void files.set('checkpoint', replaced(signed, '\n', '\r\n')),
  ],
  [
    'another dash',
    'malformed',
    undefined,
    (files) => void files.set('checkpoint', replaced(signed, '—', '–')),
  ],
  [
    'a leading zero',
    'malformed',
    undefined,
    (files) => void files.set('checkpoint', signedBy(log.checkpoint().replace('\n300', '\n0300'), [signer])),
  ],
  [
    'loose base64',
    'malformed',
    undefined,
    (files) => void files.set('checkpoint', replaced(signed, '=\n', '\n')),
  ],
  ['a path that leads out', 'path-refused', undefined, (files) => void files.set('../checkpoint', signed)],
  [
    'a file of no known kind',
    'path-refused',
    undefined,
    (files) => void files.set('policy', utf8('quorum none\n')),
  ],
  [
    'a file that is too great',
    'too-large',
    undefined,
    (files) => void files.set('tile/0/000', new Uint8Array(8193)),
  ],
];

function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return utf8(new TextDecoder().decode(bytes).replaceAll(from, to));
}

function transplanted(): Uint8Array {
  const [, lines = ''] = new TextDecoder().decode(sign(log, 299)).split('\n\n');
  const [text = '', own = ''] = new TextDecoder().decode(signedBy(log.checkpoint(), [signer])).split('\n\n');
  return utf8(`${text}\n\n${own}${lines.split('\n')[1]}\n`);
}

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

describe('the bundle of one stream', () => {
  const stream = 'irritant-1';
  const bundle = () => log.bundle(stream, signed, log.checkpoint());
  const bundleFault = (files: Map<string, Uint8Array>) =>
    fault(() => verifyBundle(nodeCrypto, filesOf(files), { policy }));

  it('verifies as it is', async () => {
    const summary = await verifyBundle(nodeCrypto, filesOf(bundle()), { policy });
    expect(summary).toMatchObject({ stream, entries: 100, withheld: 0, erased: 0 });
  });

  const seqs =
    (change: (all: number[]) => void): Change =>
    (files) => {
      const manifest = JSON.parse(new TextDecoder().decode(files.get(paths.manifest))) as { seqs: number[] };
      change(manifest.seqs);
      files.set(paths.manifest, utf8(JSON.stringify(manifest)));
    };
  const copy =
    (from: string, to: string): Change =>
    (files) =>
      void files.set(to, files.get(from)!);

  it.each<[string, FaultCode, number | undefined, Change]>([
    ['a leaf left out of the middle', 'chain-broken', 7, seqs((all) => void all.splice(1, 1))],
    ['the first leaf left out', 'chain-broken', 4, seqs((all) => void all.shift())],
    ['leaves in another order', 'malformed', undefined, seqs((all) => void all.reverse())],
    ['a leaf of another stream', 'file-missing', undefined, seqs((all) => void all.splice(1, 0, 2))],
    ['a leaf in the place of another', 'index-wrong', 7, copy('leaves/4.json', 'leaves/7.json')],
    ['a proof in the place of another', 'index-wrong', 7, copy('proofs/4.tlog-proof', 'proofs/7.tlog-proof')],
    ['a payload in the place of another', 'index-wrong', 7, copy('payload/4.json', 'payload/7.json')],
    [
      'a proof to another checkpoint',
      'proof-wrong',
      7,
      (files) =>
        void files.set(
          'proofs/7.tlog-proof',
          replaced(files.get('proofs/7.tlog-proof')!, '— witness', '— wilness'),
        ),
    ],
    [
      'a byte of a leaf',
      'proof-wrong',
      7,
      (files) => void files.set('leaves/7.json', changedLeaf(7, { id: 'x' })),
    ],
    [
      'a byte of words',
      'content-wrong',
      7,
      (files) => void files.set('payload/7.json', replaced(files.get('payload/7.json')!, 'Words', 'words')),
    ],
    [
      'words gone without an erasure',
      'erased-without-event',
      7,
      (files) =>
        void files.set('payload/7.json', formatPayload({ ...payload(7), content: null, salt: null })),
    ],
    [
      'a report that says something else',
      'report-wrong',
      undefined,
      (files) => void files.set(paths.report, replaced(files.get(paths.report)!, 'Words', 'words')),
    ],
    ['no report', 'file-missing', undefined, (files) => void files.delete(paths.report)],
    [
      'another renderer',
      'malformed',
      undefined,
      (files) =>
        void files.set(paths.manifest, replaced(files.get(paths.manifest)!, '"renderer":1', '"renderer":2')),
    ],
    [
      'a policy of its own',
      'path-refused',
      undefined,
      (files) => void files.set('policy', utf8('quorum none\n')),
    ],
    [
      'a checkpoint by another key',
      'signature-missing',
      undefined,
      (files) => void files.set('checkpoint', signedBy(log.checkpoint(), [testSigner(origin, 2), ru], 1)),
    ],
  ])('with %s planted is found to have %s (leaf %s)', async (_, code, seq, change) => {
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
