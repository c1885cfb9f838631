import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Seal } from './index.js';

const key = new Uint8Array(32).fill(7);
const seal = new Seal(key);
const bytes = fc.uint8Array({ maxLength: 200 });

describe('a sealed token', () => {
  it('opens to what was sealed, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.string(),
        bytes,
        fc.option(fc.string(), { nil: undefined }),
        (purpose, text, context) => {
          expect(seal.open(purpose, seal.seal(purpose, text, context))).toEqual(Buffer.from(text));
        },
      ),
    );
  });

  it('opens for its own purpose and under its own key alone', () => {
    const token = seal.seal('moment', Buffer.from('12'));
    expect(seal.open('cursor', token)).toBeUndefined();
    expect(new Seal(new Uint8Array(32).fill(8)).open('moment', token)).toBeUndefined();
  });

  it('does not open once anything of it was changed, cut off or added', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.constantFrom('A', 'b', '-', '_', '0', '=', ' '), (text, at, other) => {
        const token = seal.seal('moment', text, 'same');
        const place = at % token.length;
        const changed = token.slice(0, place) + other + token.slice(place + 1);
        fc.pre(changed !== token);
        expect(seal.open('moment', changed)).toBeUndefined();
        expect(seal.open('moment', token.slice(0, place))).toBeUndefined();
        expect(seal.open('moment', token + other)).toBeUndefined();
      }),
    );
  });

  it('does not tell that it holds the same as another, unless both are of one context', () => {
    const text = Buffer.from('12');
    expect(seal.seal('moment', text)).not.toBe(seal.seal('moment', text));
    expect(seal.seal('moment', text, 'r12')).toBe(seal.seal('moment', text, 'r12'));
    expect(seal.seal('moment', text, 'r12')).not.toBe(seal.seal('moment', text, 'r13'));
  });

  it('is as long for every text of one length', () => {
    expect(seal.seal('moment', new Uint8Array(16)).length).toBe(64);
  });

  it('takes no key of another length', () => {
    expect(() => new Seal(new Uint8Array(16))).toThrow('32 bytes');
  });
});
