import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { base64, fromBase64, fromBase64url, fromHex, fromU64, hex, u64, utf8 } from './bytes.js';
import { canonicalText } from './canonical.js';
import type { Json } from './canonical.js';
import { formatCheckpoint, isFork, parseCheckpoint } from './checkpoint.js';
import { LedgerFault } from './faults.js';
import { formatVerifierKey, parseVerifierKey, signatureTypes, verifierKey } from './keys.js';
import { TreeHasher } from './merkle.js';
import { nodeCrypto } from './node.js';
import { formatNote, formatSignatures, parseNote, parseSignatures } from './note.js';
import { signText, verifyNote } from './signing.js';
import { signedBy, testKey, testSigner } from './testing.js';

const origin = 'record.example/dialogues-1';
const log = testSigner(origin, 1);
const logTime = testSigner(origin, 2, signatureTypes.cosignature);
const ru = testSigner('witness.ru.example', 3, signatureTypes.cosignature);
const us = testSigner('witness.us.example', 4, signatureTypes.cosignature);
const hasher = new TreeHasher(nodeCrypto);
const root = base64(hasher.emptyRoot());

const lineOfText = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\p{Cc}/gu, ''));

describe('bytes', () => {
  it.each(['AA', 'AA=', 'AB==', 'AA==\n', ' AA==', 'A A=', 'AA==AA==', '-_-_', 'AAA==', '=', 'AAAA='])(
    '%j is not strict base64',
    (text) => {
      expect(() => fromBase64(text, 'It')).toThrow('It is not strict base64.');
    },
  );

  it('come back from each of their forms', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.maxSafeNat(), (bytes, number) => {
        expect(fromBase64(base64(bytes), 'It')).toEqual(bytes);
        expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromHex(hex(bytes), 'It', bytes.length)).toEqual(bytes);
        expect(fromU64(u64(number), 'It')).toBe(number);
        expect(Buffer.from(u64(number)).readBigUInt64BE()).toBe(BigInt(number));
      }),
    );
    expect(() => fromU64(Uint8Array.of(0, 32, 0, 0, 0, 0, 0, 0), 'It')).toThrow('It is above 2^53 - 1.');
    expect(() => fromHex('AB', 'It', 1)).toThrow('It is not 2 lower-case hexadecimal digits.');
    expect(() => fromBase64url('A+A', 'It', 2)).toThrow('It is not strict base64url.');
  });
});

describe('canonical JSON', () => {
  it('is that of the package that the record uses, for every JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(canonicalText(value as Json)).toBe(canonicalize(value));
      }),
    );
  });

  it.each<[string, Json]>([
    ['a lone surrogate', ['\ud800']],
    ['a lone surrogate', { '\udc00': 1 }],
    ['a number that is not finite', [Infinity]],
  ])('does not know %s', (what, value) => {
    expect(() => canonicalText(value)).toThrow(`It has ${what}, which canonical JSON does not know.`);
  });

  it('leaves out what is undefined, and is bounded in depth', () => {
    expect(canonicalText({ b: undefined, a: [null, true] })).toBe('{"a":[null,true]}');
    let nested: Json = 1;
    for (let depth = 0; depth < 65; depth++) nested = [nested];
    expect(() => canonicalText(nested)).toThrow('nested more than 64 levels deep');
  });
});

describe('a checkpoint', () => {
  it('comes back as it was written', () => {
    const text = formatCheckpoint({ origin, size: 0, root: hasher.emptyRoot() });
    expect(text).toBe(`${origin}\n0\n${root}\n`);
    expect(parseCheckpoint(text)).toEqual({ origin, size: 0, root: hasher.emptyRoot(), extensions: [] });
    expect(parseCheckpoint(`${text}more\n`).extensions).toEqual(['more']);
    expect(() => formatCheckpoint({ origin: 'two words', size: 0, root: hasher.emptyRoot() })).toThrow(
      LedgerFault,
    );
  });

  it.each([
    ['does not end with a line feed', `${origin}\n1\n${root}`],
    ['has fewer than three lines', `${origin}\n1\n`],
    ['has an empty line', `\n1\n${root}\n`],
    ['has an empty line', `${origin}\n1\n${root}\n\n`],
    ['without leading zeros', `${origin}\n01\n${root}\n`],
    ['without leading zeros', `${origin}\n+1\n${root}\n`],
    ['without leading zeros', `${origin}\n0x1\n${root}\n`],
    ['without leading zeros', `${origin}\n1 \n${root}\n`],
    ['above 2^53 - 1', `${origin}\n9007199254740992\n${root}\n`],
    ['is not strict base64', `${origin}\n1\n${root.slice(0, -1)}\n`],
    ['is not strict base64', `${origin}\n1\n${root} \n`],
    ['has 3 bytes and not 32', `${origin}\n1\nAAAA\n`],
  ])('that %s is refused (%#)', (why, text) => {
    expect(() => parseCheckpoint(text)).toThrow(why);
  });

  it('and another of its size with another root are a fork', () => {
    const one = parseCheckpoint(`${origin}\n1\n${root}\n`);
    const other = parseCheckpoint(`${origin}\n1\n${base64(hasher.leaf(utf8('x')))}\n`);
    expect(isFork(one, other)).toBe(true);
    expect(isFork(one, { ...other, size: 2 })).toBe(false);
    expect(isFork(one, { ...other, origin: 'b' })).toBe(false);
    expect(isFork(one, one)).toBe(false);
  });
});

describe('a note', () => {
  const text = `${origin}\n0\n${root}\n`;
  const good = new TextDecoder().decode(signedBy(text, [log]));

  it.each([
    ['has a carriage return', good.replaceAll('\n', '\r\n')],
    ['has a control character', good.replace('\n', '\u0000\n')],
    ['that begins with “–” and not with the dash U+2014', good.replace('— ', '– ')],
    ['that begins with “-” and not with the dash U+2014', good.replace('— ', '- ')],
    ['that is no signature', good.replace('— ', '—  ')],
    ['that is no signature', good.replace('— ', '—\u00a0')],
    ['which is no name of a key', good.replace(`— ${origin}`, '— a+b')],
    ['which is no name of a key', good.replace(`— ${origin}`, '— a\u3000b')],
    ['is not strict base64', good.replace(/=?=?\n$/, '\n')],
    ['without bytes', `${text}\n— ${origin} AAAAAA==\n`],
    ['that is no signature', `${good}\n`.replace(/\n\n$/, '\nx\n')],
  ])('%s: refused (%#)', (why, note) => {
    expect(() => parseNote(utf8(note))).toThrow(why);
  });

  it('is no longer than a megabyte, and has 100 signatures and no more', () => {
    expect(() => parseNote(utf8(`${'x'.repeat(1_000_000)}\n\n`))).toThrow('The note has 1000002 bytes.');
    const lines = formatSignatures(parseNote(utf8(good)).signatures);
    expect(parseSignatures(utf8(lines.repeat(100)))).toHaveLength(100);
    expect(() => parseSignatures(utf8(lines.repeat(101)))).toThrow('100 at the most');
  });

  it('has the text before its last empty line', () => {
    expect(parseNote(utf8(`a\n\nb\n\n${good.split('\n\n')[1]}`)).text).toBe('a\n\nb\n');
    fc.assert(
      fc.property(fc.array(lineOfText, { minLength: 1 }), (lines) => {
        const signed = signedBy(`${lines.join('\n')}\n`, [log]);
        expect(formatNote(parseNote(signed))).toEqual(signed);
        expect(verifyNote(nodeCrypto, parseNote(signed), [log.key])).toEqual([{ key: log.key }]);
      }),
      { numRuns: 30 },
    );
  });

  it('is signed by cosigners at a time, and by no others', () => {
    const signed = parseNote(signedBy(text, [log, logTime, ru], 1_700_000_000));
    expect(verifyNote(nodeCrypto, signed, [log.key, ru.key])).toEqual([
      { key: log.key },
      { key: ru.key, time: 1_700_000_000 },
    ]);
    expect(() => signText(text, log.key, log.sign, 1)).toThrow(RangeError);
    expect(() => signText(text, ru.key, ru.sign)).toThrow(RangeError);
  });

  it('does not carry a cosignature over from another note, key, name or time', () => {
    const other = parseNote(signedBy(`${origin}\n1\n${root}\n`, [ru], 5)).signatures;
    expect(() => verifyNote(nodeCrypto, { text, signatures: other }, [ru.key])).toThrow('does not verify');
    const [mine] = parseNote(signedBy(text, [ru], 5)).signatures;
    const later = { ...mine!, bytes: Uint8Array.of(...u64(6), ...mine!.bytes.subarray(8)) };
    expect(() => verifyNote(nodeCrypto, { text, signatures: [later] }, [ru.key])).toThrow('does not verify');
    const asOther = { ...mine!, name: us.key.name, id: us.key.id };
    expect(() => verifyNote(nodeCrypto, { text, signatures: [asOther] }, [us.key])).toThrow(
      'does not verify',
    );
    const short = { ...mine!, bytes: mine!.bytes.subarray(0, 7) };
    expect(() => verifyNote(nodeCrypto, { text, signatures: [short] }, [ru.key])).toThrow('does not verify');
  });
});

describe('a verifier key', () => {
  const { publicKey } = testKey(9);
  const text = formatVerifierKey(verifierKey(nodeCrypto, 'a.example', 1, publicKey));

  it.each([
    ['is not of the form name+id+key', 'a.example+00000000'],
    [
      'has no id of eight lower-case hexadecimal digits',
      text.replace(/\+(.{8})\+/, (_, id: string) => `+${id.toUpperCase()}F+`),
    ],
    ['and not its own', text.replace(/\+.{8}\+/, '+00000000+')],
    ['and not its own', text.replace('a.example', 'b.example')],
    ['is of type 2, which is not verified here', `a+00000000+${base64(Uint8Array.of(2, ...publicKey))}`],
    ['has 31 bytes and not 32', `a+00000000+${base64(Uint8Array.of(1, ...publicKey.subarray(1)))}`],
    ['is no name of a key', `a b+00000000+${base64(Uint8Array.of(1, ...publicKey))}`],
    ['is not strict base64', `${text.slice(0, -1)}-`],
  ])('that %s is refused', (why, wrong) => {
    expect(() => parseVerifierKey(nodeCrypto, wrong)).toThrow(why);
  });

  it('has another id for each type', () => {
    const ids = [1, 4].map((type) => verifierKey(nodeCrypto, 'a', type as 1 | 4, publicKey).id);
    expect(new Set(ids).size).toBe(2);
  });
});
