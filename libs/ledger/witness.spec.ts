import { describe, expect, it } from '@jest/globals';
import { base64, utf8 } from './bytes.js';
import { formatCheckpoint } from './checkpoint.js';
import { LedgerFault } from './faults.js';
import { formatVerifierKey, signatureTypes } from './keys.js';
import { TreeHasher } from './merkle.js';
import { nodeCrypto } from './node.js';
import { parsePolicy } from './policy-file.js';
import { consistencyProof, inclusionProof } from './proofs.js';
import { signedBy, TestLog, testSigner } from './testing.js';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.js';
import { formatAddCheckpoint, judgeCheckpoint, parseAddCheckpoint, parseSizeAnswer } from './witness.js';

const origin = 'record.example/dialogue-1';
const log = testSigner(origin, 1);
const ru = testSigner('witness.ru.example', 3, signatureTypes.cosignature);
const us = testSigner('witness.us.example', 4, signatureTypes.cosignature);
const hasher = new TreeHasher(nodeCrypto);
const root = base64(hasher.emptyRoot());

const policy = parsePolicy(
  nodeCrypto,
  utf8(
    `log ${formatVerifierKey(log.key)}\nwitness RU ${formatVerifierKey(ru.key)}\nwitness US ${formatVerifierKey(us.key)}\ngroup both all RU US\nquorum both\n`,
  ),
);

describe('a proof to carry away', () => {
  const made = new TestLog(origin);
  for (let index = 0; index < 11; index++) made.tell({ stream: 'a' });
  const signed = signedBy(made.checkpoint(), [log, ru, us], 3);
  const hashes = inclusionProof(hasher, made.tree.node, 5, 11);
  const proof = { index: 5, hashes, checkpoint: signed };
  const text = new TextDecoder().decode(formatTlogProof(proof));
  const entry = (index: number) => made.entries[index]!;

  it('is read as it was written, and verifies for its own entry alone', () => {
    expect(parseTlogProof(utf8(text))).toEqual(proof);
    const extra = { ...proof, extra: utf8('more') };
    expect(parseTlogProof(formatTlogProof(extra))).toEqual(extra);
    expect(verifyTlogProof(nodeCrypto, entry(5), proof, policy).checkpoint.size).toBe(11);
    expect(() => verifyTlogProof(nodeCrypto, entry(4), proof, policy)).toThrow('does not lead to the root');
    expect(() => verifyTlogProof(nodeCrypto, entry(5), { ...proof, index: 4 }, policy)).toThrow(LedgerFault);
  });

  it.each([
    ['does not begin with c2sp.org/tlog-proof@v1', text.replace('v1', 'v2')],
    ['does not begin with', text.replaceAll('\n', '\r\n').replace('\r\n\r\n', '\n\n')],
    ['has no empty line before a checkpoint', text.slice(0, 40)],
    ['has no index', text.replace('index 5\n', '')],
    ['without leading zeros', text.replace('index 5', 'index 05')],
    ['is not strict base64', text.replace('index 5\n', 'index 5\nextra AAAA\n')],
    ['The extra line of the proof is not strict base64', text.replace('index', 'extra !!\nindex')],
    ['has 64 hashes, and 63 at the most', text.replace('index 5\n', `index 5\n${`${root}\n`.repeat(60)}`)],
    ['has 3 bytes and not 32', text.replace('index 5\n', 'index 5\nAAAA\n')],
  ])('%s: refused', (why, wrong) => {
    expect(() => parseTlogProof(utf8(wrong))).toThrow(why);
  });
});

describe('a request to a witness', () => {
  const made = new TestLog(origin);
  for (let index = 0; index < 9; index++) made.tell({ stream: 'a' });
  const head = (size: number) => ({ size, root: made.tree.root(size) });
  const request = (oldSize: number, size: number, signers = [log]) =>
    formatAddCheckpoint({
      oldSize,
      proof: oldSize === 0 ? [] : consistencyProof(hasher, made.tree.node, oldSize, size),
      checkpoint: signedBy(made.checkpoint(size), signers),
    });
  const judge = (body: Uint8Array, latest?: { size: number; root: Uint8Array }) =>
    judgeCheckpoint(nodeCrypto, body, {
      keysOf: (name) => (name === origin ? [log.key] : undefined),
      latestOf: () => latest,
    });

  it('is read as it was written', () => {
    const body = request(3, 9);
    expect(formatAddCheckpoint(parseAddCheckpoint(body))).toEqual(body);
  });

  it('is answered by what the witness saw last', () => {
    expect(judge(request(0, 4))).toMatchObject({ status: 200, checkpoint: { size: 4 } });
    expect(judge(request(4, 9), head(4))).toMatchObject({ status: 200, checkpoint: { size: 9 } });
    expect(judge(request(4, 4), head(4))).toMatchObject({ status: 200 });
    expect(judge(request(0, 9), head(4))).toEqual({ status: 409, size: 4 });
    expect(judge(request(4, 9))).toEqual({ status: 409, size: 0 });
    expect(judge(request(4, 9), { size: 4, root: made.tree.root(3) })).toMatchObject({ status: 422 });
    expect(judge(request(4, 4), { size: 4, root: made.tree.root(3) })).toMatchObject({ status: 422 });
    expect(judge(request(0, 4, [ru]))).toMatchObject({ status: 403 });
    expect(judge(utf8('old 4\n'))).toMatchObject({ status: 400 });
    const ahead = new TextDecoder().decode(request(0, 4)).replace('old 0', 'old 5');
    expect(judge(utf8(ahead), head(5))).toMatchObject({ status: 400 });
    const other = new TextDecoder().decode(request(0, 4)).replaceAll(origin, 'other.example');
    expect(judge(utf8(other))).toMatchObject({ status: 404 });
  });

  it('of no leaves has the root of nothing', () => {
    expect(judge(request(0, 0))).toMatchObject({ status: 200 });
    const wrong = formatCheckpoint({ origin, size: 0, root: made.tree.root(1) });
    const body = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: signedBy(wrong, [log]) });
    expect(judge(body)).toEqual({
      status: 422,
      why: 'The root of a tree without leaves is the hash of nothing.',
    });
    const proven = formatAddCheckpoint({ ...parseAddCheckpoint(request(0, 3)), proof: [made.tree.root(1)] });
    expect(judge(proven)).toEqual({ status: 422, why: 'Nothing has to be proven from no leaves.' });
  });

  it.each([
    ['does not begin with the old size', 'size 3\n\nx'],
    ['without leading zeros', 'old 03\n\nx'],
    ['has no empty line before a checkpoint', 'old 3\n'],
    ['has 64 hashes, and 63 at the most', `old 3\n${`${root}\n`.repeat(64)}\nx`],
  ])('%s: refused', (why, text) => {
    expect(() => parseAddCheckpoint(utf8(text))).toThrow(why);
  });

  it('is answered with a size that is a number and a line feed', () => {
    expect(parseSizeAnswer(utf8('20852014\n'))).toBe(20_852_014);
    for (const wrong of ['1', '01\n', '1\n\n', ' 1\n', '1\r\n'])
      expect(() => parseSizeAnswer(utf8(wrong))).toThrow(LedgerFault);
  });
});
