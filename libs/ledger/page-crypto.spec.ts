import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LedgerFault } from './faults.js';
import { nodeCrypto } from './node.js';
import { checkedLater } from './page-crypto.js';
import { testKey } from './testing-log.js';

const asked: number[] = [];
const later = (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
  asked.push(message.length);
  return Promise.resolve(nodeCrypto.verify('ed25519', key, message, signature));
};

describe('In a page', () => {
  it('a hash is that of everybody else, whatever its length', async () => {
    await checkedLater(later, async ({ sha256Hex, sha256 }) => {
      for (let length = 0; length < 200; length++)
        expect(sha256Hex(new Uint8Array(length).fill(length))).toBe(
          nodeCrypto.sha256Hex(new Uint8Array(length).fill(length)),
        );
      fc.assert(
        fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000 }), fc.string({ unit: 'binary' })), (input) => {
          const output = new Uint8Array(40);
          sha256(input, output, 4);
          expect(Buffer.from(output.subarray(4, 36)).toString('hex')).toBe(nodeCrypto.sha256Hex(input));
        }),
        { numRuns: 200, seed: 180 },
      );
      return Promise.resolve();
    });
  });

  it('each signature is judged once, and counts for what it was judged to be', async () => {
    const { publicKey, sign } = testKey(1);
    const messages = [new Uint8Array([1]), new Uint8Array([1, 2])] as const;
    const signatures = messages.map((message) => sign(message));
    asked.length = 0;
    const check = (crossed: boolean) =>
      checkedLater(later, ({ verify }) => {
        const right = messages.map((message, index) =>
          verify('ed25519', publicKey, message, signatures[crossed ? 1 - index : index]!),
        );
        if (right.includes(false)) return Promise.reject(new LedgerFault('signature-wrong', right.join()));
        return Promise.resolve('right');
      });
    expect(await check(false)).toBe('right');
    expect(asked).toEqual([1, 2]);
    await expect(check(true)).rejects.toThrow('false,false');
    await expect(
      checkedLater(later, ({ verify }) =>
        Promise.resolve(verify('ml-dsa-44', publicKey, messages[0], messages[0])),
      ),
    ).rejects.toThrow('use the command line');
  });
});
