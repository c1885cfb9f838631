import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { utf8 } from './bytes.js';
import { CanonicalBytes } from './canonical-bytes.js';
import { canonicalText } from './canonical.js';
import type { Json } from './canonical.js';
import { LedgerFault } from './faults.js';
import { formatLeaf, parseLeaf } from './leaf-form.js';
import { nodeCrypto } from './node.js';
import { checkPayload, formatPayload, parsePayload, parsePayloads } from './payload.js';
import { filledLog } from './testing.js';

const log = filledLog('record.example/dialogue-1', 20);

/** Whether reading the bytes as JSON and writing them anew gives the same bytes. */
function isCanonical(text: string): boolean {
  try {
    return canonicalText(JSON.parse(text) as Json) === text;
  } catch {
    return false;
  }
}

function isFound(text: string): boolean {
  const bytes = utf8(text);
  return new CanonicalBytes(bytes).valueEnd(0) === bytes.length;
}

/** One character taken out, put in or put in the place of another; mostly of those that spell JSON. */
const spelt = fc.oneof(
  fc.constantFrom(
    ...Array.from('{}[]",:\\ \n-+.eE019'),
    '\\u00',
    '\\u0000',
    '\\/',
    '\\n',
    '"a":1,',
    '\u0001',
    'я',
    '😀',
  ),
  fc.string({ minLength: 0, maxLength: 1 }),
);
const change = fc.record({ place: fc.nat(), taken: fc.nat(1), put: spelt });
function changed(text: string, { place, taken, put }: { place: number; taken: number; put: string }): string {
  const at = place % (text.length + 1);
  return (text.slice(0, at) + put + text.slice(at + taken)).toWellFormed();
}

describe('bytes that have to be canonical', () => {
  it('are found so just where reading them and writing them anew gives the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), fc.option(change), (value, how) => {
        const text = canonicalText(value);
        expect(isFound(text)).toBe(true);
        const other = how === null ? JSON.stringify(value) : changed(text, how);
        expect([other, isFound(other)]).toEqual([other, isCanonical(other)]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '{"b":1,"a":2}',
    '{"a":1,"a":1}',
    '{"a\\n":1,"a":2}',
    '{"\\u0061":1}',
    '{"1":1,"10":2,"2":3}',
    '{"\u{fb33}":1,"😀":2}',
    '{"😀":1,"\u{fb33}":2}',
    '"\\ud800"',
    '"\u007f"',
    '"\\u001F"',
    '-0',
    '01',
    '1e21',
    '1e+21',
    '1.0',
    '9007199254740993',
    '1e400',
    '[1,]',
    'nul',
    ' 1',
    '',
    '['.repeat(64) + ']'.repeat(64),
    '['.repeat(65) + ']'.repeat(65),
  ])('spelt as %s are judged alike', (text) => expect(isFound(text)).toBe(isCanonical(text)));

  it('are no leaf but in the one spelling of a leaf', () => {
    const seqs = fc.nat(log.entries.length - 1);
    fc.assert(
      fc.property(seqs, fc.array(change, { minLength: 1, maxLength: 2 }), (seq, how) => {
        const text = how.reduce(changed, new TextDecoder().decode(log.entries[seq]));
        try {
          expect(new TextDecoder().decode(formatLeaf(parseLeaf(utf8(text))))).toBe(text);
        } catch (error) {
          if (!(error instanceof LedgerFault)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are a payload that has the hashes of what is read of it', () => {
    const words = fc.string({ unit: 'grapheme' });
    const outcome = (check: () => unknown) => {
      try {
        return check();
      } catch (error) {
        if (error instanceof LedgerFault) return error.code;
        throw error;
      }
    };
    fc.assert(
      fc.property(fc.nat(19), words, fc.option(change), (seq, said, how) => {
        const leaf = log.leaves[seq]!;
        const given = { ...log.payloads[seq]!, ...(how === null ? {} : { salt: said }) };
        const line = new TextDecoder().decode(formatPayload(given)).slice(0, -1);
        const text = how === null ? line : changed(line, how).replaceAll('\n', '');
        const quick = () => checkPayload(nodeCrypto, leaf, parsePayloads(utf8(`${text}\n`), seq, 1)[0]);
        const atLength = () => {
          const payload = parsePayload(text);
          return payload.seq === seq ? checkPayload(nodeCrypto, leaf, payload) : 'index-wrong';
        };
        expect([text, outcome(quick)]).toEqual([text, outcome(atLength)]);
      }),
      { numRuns: 500 },
    );
  });
});
