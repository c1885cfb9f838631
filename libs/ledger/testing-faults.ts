import { base64, utf8, joined } from './bytes.js';
import type { FaultCode } from './faults.js';
import { signedBy, testSigner } from './testing.js';
import {
  origin,
  signer,
  ru,
  log,
  sign,
  signed,
  bundlePath,
  entry,
  leaf,
  payload,
  changedLeaf,
  entriesChanged,
} from './testing-mirror.js';
import type { Change } from './testing-mirror.js';

/** Each plants one fault in the untampered mirror and names what is found, and where. */
export const planted: readonly (readonly [string, FaultCode, number | undefined, Change])[] = [
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

export function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return utf8(new TextDecoder().decode(bytes).replaceAll(from, to));
}

function transplanted(): Uint8Array {
  const [, lines = ''] = new TextDecoder().decode(sign(log, 299)).split('\n\n');
  const [text = '', own = ''] = new TextDecoder().decode(signedBy(log.checkpoint(), [signer])).split('\n\n');
  return utf8(`${text}\n\n${own}${lines.split('\n')[1]}\n`);
}
