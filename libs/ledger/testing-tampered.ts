import { base64, joined, utf8 } from './bytes.js';
import type { FaultCode } from './faults.js';
import { paths } from './files.js';
import { formatVerifierKey, signatureTypes } from './keys.js';
import { formatLeaf } from './leaf-form.js';
import type { Leaf } from './leaf.js';
import { nodeCrypto } from './node.js';
import { formatPayload } from './payload.js';
import type { Payload } from './payload.js';
import { parsePolicy } from './policy-file.js';
import { filledLog, signedBy, testSigner } from './testing-log.js';
import type { TestLog } from './testing-log.js';
import { formatEntries, parseEntries, tileWidth } from './tiles.js';

export const origin = 'record.example/dialogue-1';
export const signer = testSigner(origin, 1);
export const ru = testSigner('witness.ru.example', 3, signatureTypes.cosignature);
export const policy = parsePolicy(
  nodeCrypto,
  utf8(`log ${formatVerifierKey(signer.key)}\nwitness RU ${formatVerifierKey(ru.key)}\nquorum RU\n`),
);
export const size = 300;
export const log = filledLog(origin, size);
export const sign = (one: TestLog, count = one.tree.size, time = one.now) =>
  signedBy(one.checkpoint(count), [signer, ru], time);
export const signed = sign(log);

export type Change = (files: Map<string, Uint8Array>) => void;
const bundlePath = 'tile/entries/000';

/** Changes the list of entries of the first bundle, and of its payloads. */
export function entriesChanged(change: (entries: Uint8Array[], payloads: Payload[]) => void): Change {
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
export const leaf = (seq: number) => log.leaves[seq] as Leaf;
export const payload = (seq: number) => log.payloads[seq] as Payload;
const changedLeaf = (seq: number, change: Partial<Leaf>) => formatLeaf({ ...leaf(seq), ...change });

/** Each plants one fault in the untampered mirror and names what is found, and where. */
export const tamperedMirrors: readonly (readonly [string, FaultCode, number | undefined, Change])[] = [
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
    'a cosignature at a time that no date can say',
    'too-large',
    undefined,
    (files) => void files.set('checkpoint', sign(log, size, 253_402_300_800)),
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

/** The same for the bundle of one stream. */
export const tamperedBundles: typeof tamperedMirrors = [
  ['a leaf left out of the middle', 'chain-broken', 7, seqs((all) => void all.splice(1, 1))],
  ['the first leaf left out', 'chain-broken', 4, seqs((all) => void all.shift())],
  [
    'a renderer that is no number',
    'malformed',
    undefined,
    (files) =>
      void files.set(
        paths.manifest,
        replaced(files.get(paths.manifest)!, '"renderer":1', '"renderer":{"toString":1}'),
      ),
  ],
  ['no leaves at all', 'malformed', undefined, seqs((all) => void all.splice(0))],
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
    (files) => void files.set('payload/7.json', formatPayload({ ...payload(7), content: null, salt: null })),
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
];
