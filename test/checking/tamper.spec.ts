import { describe, expect, it } from '@jest/globals';
import { nodeCrypto } from '#libs/ledger';
import { filesOf, tampered } from '#libs/ledger/testing';
import { verified } from '../../src/checking/verifying.js';

/**
 * What people read of each way to tamper that `libs/ledger` plants and finds by code and index. Other ways stand where they
 * are found: archives and links in verify.spec, a log rewritten, put back or forked in mirror.spec and compare.spec, an
 * accepted act that was dropped in compare.spec, signatures of acts in `libs/ledger/signed-acts.spec`, keys under two names
 * in `libs/ledger/policy.spec`.
 */
const wordsOfMirrors: Readonly<Record<string, string>> = {
  'a byte of a leaf': 'at #7 (leaf-wrong): The leaf is not the one that was logged.',
  'a leaf that is no JSON': 'at #7 (malformed): The leaf is not JSON.',
  'a leaf in another form': 'at #7 (not-canonical): The leaf is not in the bytes of RFC 8785.',
  'a member more': 'at #7 (malformed): The leaf has a member “more”.',
  'two leaves swapped': 'at #7 (index-wrong): The leaf says to be 10 and stands at 7.',
  'a leaf dropped': 'at #7 (index-wrong): The leaf says to be 8 and stands at 7.',
  'a leaf inserted': 'at #8 (index-wrong): The leaf says to be 7 and stands at 8.',
  'a leaf duplicated in its place': 'at #8 (chain-broken): irritant-1 goes on with revision 2 and not 3.',
  'another origin':
    'at #7 (origin-wrong): The leaf is of the log other.example and not of record.example/dialogue-1.',
  'a gap in a stream': 'at #7 (chain-broken): irritant-1 goes on with revision 3 and not 2.',
  'another leaf before it': 'at #7 (chain-broken): The leaf names another one as the last of irritant-1.',
  'a byte of data': 'at #9 (payload-wrong): The data is not what was logged.',
  'a cited source swapped': 'at #9 (payload-wrong): The data is not what was logged.',
  'a byte of content': 'at #9 (content-wrong): The words are not those that were logged.',
  'another salt': 'at #9 (content-wrong): The words are not those that were logged.',
  'words without their salt': 'at #9 (content-wrong): Of words and salt only one is there.',
  'words gone without an erasure':
    'at #9 (erased-without-event): The words are gone, and no event says that they were erased.',
  'data gone without a reason': 'at #9 (payload-missing): Its payload is missing.',
  'payloads swapped': 'at #9 (index-wrong): The payload of 10 stands in the place of this one.',
  'a payload dropped': 'at #0 (payload-missing): A file of payloads has 255 lines and not 256.',
  'a bundle of entries that ends early': 'at #255 (tile-wrong): A bundle of entries ends too early.',
  'a bundle of entries that is missing': 'at #256 (file-missing): tile/entries/001.p/44 is missing.',
  'a hash in a tile': '(tile-wrong): tile/0/000 does not hold the hashes of the leaves.',
  'a tile that is missing': '(file-missing): tile/1/000.p/1 is missing.',
  'an inner node as a leaf': 'at #7 (malformed): The leaf is not UTF-8.',
  'no checkpoint': '(file-missing): checkpoint is missing.',
  'a checkpoint of another size':
    '(signature-wrong): The signature of record.example/dialogue-1+11180678 does not verify.',
  'a checkpoint of another root':
    '(signature-wrong): The signature of record.example/dialogue-1+11180678 does not verify.',
  'a checkpoint of another log': '(origin-wrong): The policy knows no log called other.example/log.',
  'a checkpoint by another key of the same name':
    '(signature-missing): No key of the log record.example/dialogue-1 signed the checkpoint. It says to be signed by e5cb72d3, which the policy does not name. Where the operator has changed the key, ask for the new one another way than by the server, and keep the line of the old one: what was signed before takes it.',
  'a checkpoint that its witness did not cosign':
    '(quorum-missing): The checkpoint of size 300 lacks the cosignatures that the policy asks for (RU).',
  'a cosignature from another checkpoint':
    '(signature-wrong): The signature of witness.ru.example+304b5b7c does not verify.',
  'a cosignature at a time that no date can say':
    '(too-large): The time of the cosignature of witness.ru.example is after the year 9999.',
  'carriage returns': '(malformed): The note has a carriage return.',
  'another dash': '(malformed): The note has a signature that begins with “–” and not with the dash U+2014.',
  'a leading zero': '(malformed): The size in the checkpoint is not a decimal number without leading zeros.',
  'loose base64': '(malformed): The signature of record.example/dialogue-1 is not strict base64.',
  'a path that leads out': '(path-refused): “../checkpoint” is no file of a bundle or mirror.',
  'a file of no known kind': '(path-refused): “policy” is no file of a bundle or mirror.',
  'a file that is too great': '(too-large): tile/0/000 has 8193 bytes, and 8192 at the most.',
};

const wordsOfBundles: Readonly<Record<string, string>> = {
  'a leaf left out of the middle': 'at #7 (chain-broken): irritant-1 goes on with revision 2 and not 1.',
  'the first leaf left out': 'at #4 (chain-broken): irritant-1 goes on with revision 1 and not 0.',
  'leaves in another order': '(malformed): The manifest does not name the leaves in their order.',
  'a leaf of another stream': '(file-missing): leaves/2.json is missing.',
  'a leaf in the place of another': 'at #7 (index-wrong): The leaf says to be 4.',
  'a proof in the place of another': 'at #7 (index-wrong): The proof is of leaf 4.',
  'a payload in the place of another': 'at #7 (index-wrong): The payload is of leaf 4.',
  'a proof to another checkpoint': 'at #7 (proof-wrong): The proof leads to another checkpoint.',
  'a byte of a leaf': 'at #7 (proof-wrong): The inclusion proof of leaf 7 in 300 does not lead to the root.',
  'a byte of words': 'at #7 (content-wrong): The words are not those that were logged.',
  'words gone without an erasure':
    'at #7 (erased-without-event): The words are gone, and no event says that they were erased.',
  'a report that says something else': '(report-wrong): The report is not what leaves and payloads say.',
  'no report': '(file-missing): report.html is missing.',
  'a renderer that is no number': '(malformed): The manifest asks for a renderer that is no number.',
  'no leaves at all': '(malformed): The manifest names no stream and leaves.',
  'another renderer': '(malformed): The manifest asks for the renderer 2, which is not known here.',
  'a policy of its own': '(path-refused): “policy” is no file of a bundle or mirror.',
  'a checkpoint by another key':
    '(signature-missing): No key of the log record.example/dialogue-1 signed the checkpoint. It says to be signed by e5cb72d3, which the policy does not name. Where the operator has changed the key, ask for the new one another way than by the server, and keep the line of the old one: what was signed before takes it.',
};

const { log, signed, policy } = tampered;

describe.each([
  ['A log', wordsOfMirrors, tampered.tamperedMirrors, () => log.mirror(signed)],
  [
    'A bundle',
    wordsOfBundles,
    tampered.tamperedBundles,
    () => log.bundle('irritant-1', signed, log.checkpoint()),
  ],
] as const)('%s in which somebody planted', (_, words, planted, untampered) => {
  const check = (files: ReadonlyMap<string, Uint8Array>) =>
    verified(nodeCrypto, () => filesOf(files), { policy });

  it('nothing is right', async () => {
    expect((await check(untampered())).code).toBe(0);
  });

  it.each(planted.map(([name, , , change]) => [name, words[name], change] as const))(
    '%s is “Wrong %s”',
    async (_name, said, change) => {
      const files = untampered();
      change(files);
      expect(await check(files)).toEqual({ code: 1, lines: [`Wrong ${said}`] });
    },
  );
});
