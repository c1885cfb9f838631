import { describe, expect, it } from '@jest/globals';
import { base64, utf8 } from './bytes.js';
import type { JsonObject } from './canonical.js';
import { LedgerFault } from './faults.js';
import { formatVerifierKey } from './keys.js';
import { originAfter, originsUpTo } from './log-names.js';
import { verifyMirror } from './mirror.js';
import { nodeCrypto } from './node.js';
import { parsePolicy } from './policy-file.js';
import { filesOf, signedBy, TestLog, testSigner } from './testing-log.js';
import type { Signer } from './testing-log.js';

const origin = 'record.example/dialogue-1';
const [old, next] = [testSigner(origin, 1), testSigner(origin, 2)];
const anew = testSigner(`${origin}/2`, 1);
const line = ({ key }: Signer) => formatVerifierKey(key);
const policy = parsePolicy(
  nodeCrypto,
  utf8(`${[old, next, anew].map((one) => `log ${line(one)}\n`).join('')}quorum none\n`),
);

/** What a log of these events says of itself, or the first thing that is wrong and where. */
async function verified(log: TestLog, signers: readonly Signer[]) {
  try {
    const files = filesOf(log.mirror(signedBy(log.checkpoint(), signers)));
    return (await verifyMirror(nodeCrypto, files, { policy })).news;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    return [error.code, error.at];
  }
}

/** A log of three entries, and then one by which it says something of itself. */
function saying(type: string, data: (log: TestLog) => JsonObject): TestLog {
  const log = new TestLog(origin);
  for (let seq = 0; seq < 3; seq += 1) log.tell({ stream: 'dialogue-1', data: { number: seq } });
  log.tell({ stream: 'dialogue-1', type, data: data(log), content: {} });
  return log;
}

const rotated = (keys: readonly Signer[], ended: readonly Signer[] = []) =>
  saying('LogKeyRotated', () => ({ keys: keys.map(line), ended: ended.map(({ key }) => key.id) }));

describe('A log that says that its key was changed', () => {
  it('is signed by one that signs from there on', async () => {
    expect(await verified(rotated([next, old]), [old])).toEqual([
      { seq: 3, of: 'keys', keys: [next.key.id, old.key.id], ended: [] },
    ]);
    expect(await verified(rotated([next], [old]), [next])).toMatchObject([{ ended: [old.key.id] }]);
  });

  it('is wrong where the key that ended has signed it nevertheless: whoever stole that has', async () => {
    expect(await verified(rotated([next], [old]), [old])).toEqual(['key-ended', undefined]);
  });

  it('is wrong where it names a key of another log, or none', async () => {
    expect(await verified(rotated([anew]), [old])).toEqual(['key-malformed', 3]);
    expect(
      await verified(
        saying('LogKeyRotated', () => ({ keys: ['none'], ended: [] })),
        [old],
      ),
    ).toEqual(['key-malformed', 3]);
  });
});

describe('A log that says that a guard file was lost', () => {
  it('says which leaves were signed by then, and is wrong where they are others', async () => {
    const lost = (size: number, of: number) =>
      saying('GuardLossAccepted', (log) => ({ size, root: base64(log.tree.root(of)) }));
    expect(await verified(lost(2, 2), [old])).toEqual([{ seq: 3, of: 'loss', size: 2 }]);
    expect(await verified(lost(2, 1), [old])).toEqual(['root-wrong', 3]);
    expect(await verified(lost(9, 3), [old])).toEqual(['root-wrong', 3]);
  });
});

describe('A log that began anew', () => {
  const begun = (name: string, size = 9, of = 3) =>
    saying('LogBegunAnew', (log) => ({ origin: name, size, root: base64(log.tree.root(of)) }));

  it('goes on under its next name, and says what was signed under the old one', async () => {
    const log = begun(origin);
    expect(log.leaves.map((one) => one.log)).toEqual([origin, origin, origin, `${origin}/2`]);
    expect(await verified(log, [anew])).toEqual([{ seq: 3, of: 'anew', origin, size: 9, kept: false }]);
    expect(await verified(begun(origin, 3), [anew])).toMatchObject([{ kept: true }]);
    expect(await verified(begun(origin, 3, 2), [anew])).toMatchObject([{ kept: false }]);
  });

  it('is wrong where it names another log than the one before', async () => {
    expect(await verified(begun('record.example/other'), [anew])).toEqual(['origin-wrong', 3]);
  });

  it('is wrong where its leaves have another name than stands there, or no entry says that it began anew', async () => {
    const log = begun(origin);
    const leaf = log.leaves[3]!;
    const stays = new TestLog(origin);
    for (const one of log.leaves.slice(0, 3)) stays.tell({ stream: one.stream, data: { number: one.seq } });
    const text = stays.checkpoint().replace(origin, `${origin}/2`);
    const files = filesOf(stays.mirror(signedBy(text, [anew])));
    await expect(verifyMirror(nodeCrypto, files, { policy })).rejects.toMatchObject({ code: 'origin-wrong' });
    expect(leaf.log).toBe(originAfter(origin));
  });

  it('has the names host/dialogue, host/dialogue/2, host/dialogue/3', () => {
    expect([origin, `${origin}/2`, `${origin}/41`].map(originAfter)).toEqual([
      `${origin}/2`,
      `${origin}/3`,
      `${origin}/42`,
    ]);
    expect(originsUpTo(`${origin}/3`)).toEqual([origin, `${origin}/2`, `${origin}/3`]);
    expect(() => originsUpTo(`${origin}/9007199254740991`)).toThrow(/began anew/);
  });
});
