import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { canonicalBytes, sha256Hex } from './index.js';

const text = (value: unknown) => canonicalBytes(value).toString('utf8');

const numbers = JSON.parse(
  readFileSync(new URL('../ledger/vectors/rfc8785-numbers.json', import.meta.url), 'utf8'),
) as readonly (readonly [string, string])[];

describe('the vectors of RFC 8785', () => {
  it('gives the bytes of §3.2.4 for the sample of §3.2.2', () => {
    const sample: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalBytes(sample).toString('hex')).toBe(
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a' +
        '5b3333333333333333332e333333333333332c31652b33302c342e352c302e3030322c31652d3237' +
        '5d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d',
    );
  });

  it('sorts the keys of §3.2.3 by UTF-16 code units', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect([...text(sample).matchAll(/:"([^"]+)"/g)].map((match) => match[1])).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  // Appendix B: the bits of an IEEE 754 double and how it is written.
  it.each(numbers)('writes the number with the bits %s as %s', (bits, expected) => {
    expect(text(Buffer.from(bits, 'hex').readDoubleBE())).toBe(expected);
  });
});

describe('what is not JSON is refused', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['NaN', NaN],
    ['an infinity', [-Infinity]],
    ['a big integer', { revision: 1n }],
    ['a lone surrogate in a text', ['\ud800']],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['undefined in an array', [1, undefined]],
    // eslint-disable-next-line no-sparse-arrays -- the hole is what is tested
    ['a hole in an array', [1, , 2]],
    ['a function in an object', { f: () => 1 }],
    ['a symbol deep inside', { a: [{ b: Symbol('s') }] }],
    ['a date', { at: new Date(0) }],
    ['a map', [new Map([['a', 1]])]],
    ['a boxed text', { a: Object('x') as unknown }],
    ['an object that writes itself', { toJSON: () => 'x' }],
    ['a cycle', cycle],
  ])('%s', (_, value) => {
    expect(() => canonicalBytes(value)).toThrow(TypeError);
  });
});

describe('canonical bytes', () => {
  it('do not depend on the order of the keys, and say the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const bytes = canonicalBytes(value);
        const again: unknown = JSON.parse(bytes.toString('utf8'));
        expect(canonicalBytes(again)).toEqual(bytes);
        expect(canonicalBytes(reversed(value))).toEqual(bytes);
        expect(again).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('treat an undefined member as absent, and objects without prototype as plain', () => {
    expect(text({ a: 1, b: undefined })).toBe('{"a":1}');
    expect(text(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });

  it('keep texts that Unicode calls equivalent apart', () => {
    expect(text('e\u0301')).not.toBe(text('\u00e9'));
  });

  it('survive nesting that would overflow a recursive writer', () => {
    let nested: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) nested = [nested];
    expect(canonicalBytes(nested)).toHaveLength(200_001);
  });
});

describe('sha256Hex', () => {
  it('gives the examples of FIPS 180-4', () => {
    expect(sha256Hex(Buffer.from('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(sha256Hex(Buffer.alloc(0))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, child]) => [key, reversed(child)]),
  );
}
