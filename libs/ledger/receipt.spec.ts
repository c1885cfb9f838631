import { describe, expect, it } from '@jest/globals';
import { utf8 } from './bytes.js';
import { parseCheckpoint } from './checkpoint.js';
import { LedgerFault } from './faults.js';
import { formatVerifierKey } from './keys.js';
import { TreeHasher } from './merkle.js';
import { nodeCrypto } from './node.js';
import { parseNote } from './note.js';
import { parsePolicy } from './policy-file.js';
import { checkReceipt, formatReceipts, verifyReceipt } from './receipt.js';
import { signText } from './signing.js';
import { filledLog, signedBy, testSigner } from './testing.js';
import { splitBeforeNote } from './tlog-proof.js';

const origin = 'record.example/dialogue-1';
const log = testSigner(origin, 1);
const policy = parsePolicy(nodeCrypto, utf8(`log ${formatVerifierKey(log.key)}\nquorum none\n`));

describe('a receipt', () => {
  const made = filledLog(origin, 70);
  const promise = (seq: number) => ({ seq, leafHash: made.tree.node(0, seq).slice() });
  let signatures = 0;
  const receipts = (count: number, by = log, of = origin): readonly Uint8Array[] =>
    formatReceipts(
      new TreeHasher(nodeCrypto),
      of,
      Array.from({ length: count }, (_, at) => promise(at)),
      (text) => {
        signatures += 1;
        return [signText(text, by.key, by.sign)];
      },
    ).map(utf8);
  const [one] = receipts(1) as [Uint8Array];
  const [, several] = receipts(3) as [Uint8Array, Uint8Array];
  const changed = (from: string, to: string, bytes = several) =>
    utf8(new TextDecoder().decode(bytes).replace(from, to));

  it('says which leaf the log has promised', () => {
    expect(verifyReceipt(nodeCrypto, one, policy)).toEqual({ origin, ...promise(0) });
    checkReceipt({ origin, ...promise(2) }, made.tree.node(0, 2));
    expect(() => checkReceipt({ origin, ...promise(2) }, made.tree.node(0, 1))).toThrow(
      `The log ${origin} promised another leaf 2 than it holds.`,
    );
  });

  it.each([1, 2, 3, 64, 70])('is one of %d under one signature, and each proves its own leaf', (count) => {
    signatures = 0;
    const all = receipts(count);
    expect([all.length, signatures]).toEqual([count, 1]);
    for (const [seq, receipt] of all.entries())
      expect(verifyReceipt(nodeCrypto, receipt, policy)).toEqual({ origin, ...promise(seq) });
  });

  it.each([
    ['is not of the form entente-receipt/v1', signedBy(`x\n\n${made.checkpoint()}`, [log])],
    ['is not of the form entente-receipt/v1', changed('entente-receipt/v1', 'entente-receipt/v2')],
    ['is not of the form entente-receipt/v1', changed('index 1', '1')],
    ['does not verify', changed('\n3 ', '\n4 ')],
    ['has no empty line', utf8('entente-receipt/v1\n')],
    ['does not lead to the root', changed('\n1 ', '\n2 ')],
    ['does not lead to the root', changed('index 1', 'index 0')],
    ['is too short', changed(/index 1\n(.*\n)/.exec(new TextDecoder().decode(several))?.[1] ?? '', '')],
    ['has no leaf 3', changed('index 1', 'index 3')],
    ['without leading zeros', changed('index 1', 'index 01')],
    [
      'No known key of the log record.example/dialogue-1 signed the receipt',
      receipts(2, testSigner(origin, 9))[1] as Uint8Array,
    ],
    [
      'No known key of the log other.example signed the receipt',
      receipts(2, log, 'other.example')[1] as Uint8Array,
    ],
  ])('that %s is refused (%#)', (why, bytes) => {
    expect(() => verifyReceipt(nodeCrypto, bytes, policy)).toThrow(why);
  });

  it('with any byte changed promises nothing else', () => {
    for (let place = 0; place < several.length; place++) {
      const bytes = several.slice();
      bytes[place]! ^= 1;
      expect(() => verifyReceipt(nodeCrypto, bytes, policy)).toThrow(LedgerFault);
    }
  });

  it('has signed under it what is no checkpoint', () => {
    const { note } = splitBeforeNote(one, 'It');
    expect(() => parseCheckpoint(parseNote(note).text)).toThrow(LedgerFault);
  });
});
