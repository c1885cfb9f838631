import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entityTag, parseIdempotencyKey, parseIfMatch } from './index.js';

describe('an entity tag', () => {
  it('is the revision in quotes', () => {
    expect(entityTag(0n)).toBe('"0"');
    expect(entityTag(12n)).toBe('"12"');
  });

  it('is what If-Match reads back, for every revision a store can have', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (revision) => {
        expect(parseIfMatch(entityTag(revision))).toEqual({ revision });
      }),
    );
  });
});

describe('If-Match', () => {
  it.each([
    [undefined, 'missing'],
    ['', 'missing'],
    ['  ', 'missing'],
    ['*', 'any'],
    ['W/"12"', 'weak'],
    ['W/""', 'weak'],
    ['"1", "2"', 'several'],
    ['"1","2"', 'several'],
    ['W/"1", "2"', 'several'],
    ['"abc", "2"', 'several'],
    ['12', 'malformed'],
    ['"12', 'malformed'],
    ['"012"', 'malformed'],
    ['"-1"', 'malformed'],
    ['"1.0"', 'malformed'],
    ['""', 'malformed'],
    ['"abc"', 'malformed'],
    ['w/"12"', 'malformed'],
    ['"1" "2"', 'malformed'],
    ['"1",', 'malformed'],
    ['*, "1"', 'malformed'],
    ['"18446744073709551616"', 'malformed'],
    [`"${'9'.repeat(5000)}"`, 'malformed'],
  ])('%j is %s', (header, fault) => {
    expect(parseIfMatch(header)).toEqual({ fault });
  });

  it('overlooks blanks around the one tag', () => {
    expect(parseIfMatch(' "12"\t')).toEqual({ revision: 12n });
  });

  it('answers for any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { revision, fault } = parseIfMatch(text);
        expect([revision, fault]).toContain(undefined);
        if (revision !== undefined) expect(text.trim()).toBe(entityTag(revision));
      }),
    );
  });
});

describe('Idempotency-Key', () => {
  it.each([
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"8e03978e-40d5"', '8e03978e-40d5'],
    [' "a" ', 'a'],
    ['"say \\"no\\""'.replace(' ', '-'), 'say-"no"'],
    ['"back\\\\slash"', 'back\\slash'],
    ['a"b', 'a"b'],
    ['x'.repeat(255), 'x'.repeat(255)],
    [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
  ])('%j is the key %j', (header, key) => {
    expect(parseIdempotencyKey(header)).toEqual({ key });
  });

  it.each([
    [undefined, 'missing'],
    ['', 'missing'],
    ['""', 'malformed'],
    ['"', 'malformed'],
    ['"open', 'malformed'],
    ['"a"b', 'malformed'],
    ['"a\\b"', 'malformed'],
    ['"a";p=1', 'malformed'],
    ['two words', 'malformed'],
    ['"two words"', 'malformed'],
    ['one, two', 'malformed'],
    ['clé', 'malformed'],
    ['a\u0000b', 'malformed'],
    ['x'.repeat(256), 'malformed'],
    [`"${'x'.repeat(256)}"`, 'malformed'],
  ])('%j is %s', (header, fault) => {
    expect(parseIdempotencyKey(header)).toEqual({ fault });
  });

  it('is the same key bare and quoted', () => {
    const visible = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i));
    const keys = fc.string({ unit: fc.constantFrom(...visible), minLength: 1, maxLength: 255 });
    fc.assert(
      fc.property(keys, (key) => {
        const quoted = `"${key.replace(/["\\]/g, '\\$&')}"`;
        expect(parseIdempotencyKey(quoted)).toEqual({ key });
        if (!key.startsWith('"')) expect(parseIdempotencyKey(key)).toEqual({ key });
      }),
    );
  });
});
