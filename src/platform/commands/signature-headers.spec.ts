import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { membersOf } from './dictionary-field.js';
import { signedBy } from './signature-headers.js';

const given = (fields: Readonly<Record<string, string>>) => () => signedBy((name) => fields[name]);
const code = (ask: () => unknown) => {
  try {
    return ask();
  } catch (error) {
    return (error as { kind: { code: string } }).kind.code;
  }
};

describe('A Dictionary in a field', () => {
  it('is told by its labels, and commas within lists and quotes part nothing', () => {
    const field = ' a=("x" "y,z");tag="entente" ,\tb-1=:AA==:, *c="1,\\"2"';
    expect([...(membersOf(field) ?? [])]).toEqual([
      ['a', '("x" "y,z");tag="entente"'],
      ['b-1', ':AA==:'],
      ['*c', '"1,\\"2"'],
    ]);
    expect(membersOf(' ')).toEqual(new Map());
  });

  it.each(['a=1,a=2', 'a', 'A=1', '=1', 'a=1,', ',', 'a="x', 'a=("x"', 'a=)', 'a=((1))', 'a="x\\', '('])(
    'is none: %s',
    (field) => {
      expect(membersOf(field)).toBeUndefined();
    },
  );

  it('is read as it was written, whatever its values hold', () => {
    const value = fc.oneof(
      fc.stringMatching(/^[a-z0-9:;=+/]{0,12}$/),
      fc.stringMatching(/^"([a-z,()=]|\\"|\\\\){0,12}"$/),
      fc.stringMatching(/^\(("[a-z,()]{0,5}" ?){0,3}\)$/),
    );
    const members = fc.dictionary(fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,8}$/), value, {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(members, (all) => {
        const field = Object.entries(all).map(([name, one]) => `${name}=${one}`);
        expect(membersOf(field.join(', '))).toEqual(new Map(Object.entries(all)));
      }),
    );
  });

  it.each(['(', '"', ',', ' ', 'a=', '\\', 'a=( ', '("', 'a= '])(
    'takes no longer than its length, also where somebody sends nothing but %j',
    (piece) => {
      const field = `a=${piece.repeat(1_000_000 / piece.length)}x`;
      const began = process.cpuUsage();
      membersOf(field);
      const { user } = process.cpuUsage(began);
      // Where each character were held against all others, it would be hours.
      expect(user / 1000).toBeLessThan(2_000);
    },
  );
});

describe('The fields of a signature', () => {
  const act = `:${'A'.repeat(43)}=:`;

  it.each(['entente-act', 'entente-seen', 'entente-salt', 'signature-input', 'signature'])(
    'are not read where they are long: %s',
    (name) => {
      expect(given({ [name]: '('.repeat(2_049) })).toThrow(/longer than 2048 characters/);
    },
  );

  it.each([
    ['a signature without what it is over', { signature: 'a=:AA==:' }],
    ['what is signed without the signature', { 'signature-input': 'a=();tag="entente"' }],
    ['what somebody on the way signed, without its signature', { 'signature-input': 'proxy=()' }],
    [
      'a signature beside that of somebody on the way',
      { 'signature-input': 'p=()', signature: 'p=:A=:,a=:AA==:' },
    ],
    ['only the hash of the act', { 'entente-act': act }],
  ])('come whole or not at all: %s', (_, fields) => {
    expect(code(given(fields))).toBe('SIGNATURE_MALFORMED');
  });

  it('may be of others on the way, and then they are none of ours', () => {
    expect(given({ 'signature-input': 'p=("@path");tag="x"', signature: 'p=:AA==:' })()).toEqual({});
  });

  it.each([0, 7])('have a salt that nobody guesses, so not the byte %i again and again', (byte) => {
    const salt = `:${Buffer.alloc(32, byte).toString('base64')}:`;
    expect(given({ 'entente-salt': salt })).toThrow(/Entente-Salt has one byte 32 times over/);
  });

  it('have a salt of random bytes', () => {
    const salt = Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64');
    expect(given({ 'entente-salt': `:${salt}:` })()).toEqual({ salt });
  });
});
