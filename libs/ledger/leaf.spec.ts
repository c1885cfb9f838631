import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { fromHex, utf8, isSame } from './bytes.js';
import { contentHash } from './canonical.js';
import type { JsonObject } from './canonical.js';
import { LedgerFault } from './faults.js';
import { formatLeaf, parseLeaf } from './leaf-form.js';
import { leafOf } from './leaf.js';
import type { Leaf } from './leaf.js';
import { nodeCrypto } from './node.js';
import { parsePayload } from './payload.js';
import type { Payload } from './payload.js';
import { filledLog } from './testing.js';

const origin = 'record.example/dialogue-1';
const log = filledLog(origin, 20);
const entry = (seq: number) => log.entries[seq] as Uint8Array;
const leaf = (seq: number) => log.leaves[seq] as Leaf;
const payload = (seq: number) => log.payloads[seq] as Payload;

describe('a leaf', () => {
  it('is read as it was written', () => {
    for (const one of log.entries.slice(0, 5)) expect(formatLeaf(parseLeaf(one))).toEqual(one);
  });

  it.each<[string, JsonObject]>([
    ['v', { v: 2 }],
    ['seq', { seq: -1 }],
    ['seq', { seq: 1.5 }],
    ['rev', { rev: '1' }],
    ['recorded', { recorded: '2026-01-01T00:00:00Z' }],
    ['recorded', { recorded: '2026-13-01T00:00:00.000Z' }],
    ['data', { data: 'AB' }],
    ['prev', { prev: null }],
    ['act', { act: { party: 1 } }],
    ['stream', { stream: '' }],
  ])('with a wrong “%s” is refused', (name, change) => {
    const wrong = formatLeaf({ ...leaf(9), ...change });
    expect(() => parseLeaf(wrong)).toThrow(`The leaf has a wrong “${name}”.`);
  });

  it('that names a member twice is refused', () => {
    const text = new TextDecoder().decode(entry(9));
    expect(() => parseLeaf(utf8(text.replace('{', '{"act":{},')))).toThrow('not in the bytes of RFC 8785');
  });

  it('is the same for every server, also after its words are gone', () => {
    const again = filledLog(origin, 20);
    expect(again.entries).toEqual(log.entries);
    expect(leaf(9).content).toBe(contentHash(nodeCrypto, payload(9).salt!, payload(9).content!));
    expect(leaf(0).prev).toBeUndefined();
    expect(isSame(fromHex(leaf(3).prev!, 'It', 32), log.tree.node(0, 0))).toBe(true);
  });

  it('of which the revision before is not there is refused', () => {
    const event = {
      id: 'a',
      stream: 'a',
      revision: 1,
      type: 'Said',
      recordedAt: '2026-01-01T00:00:00.000Z',
      data: {},
      meta: {
        schemaVersion: 1,
        act: { party: null, capacity: 'derived', recordedBy: 'x', recorderParty: null },
      },
    };
    const state = { origin, size: 5, headOf: () => undefined };
    expect(() => leafOf(nodeCrypto, state, event)).toThrow('a goes on with revision 1.');
    expect(leafOf(nodeCrypto, state, { ...event, revision: 0 })).toMatchObject({
      seq: 5,
      act: { capacity: 'derived', recordedBy: 'x' },
    });
  });

  const whole = {
    act: { party: 'RU', capacity: 'direct', recordedBy: 'x', recorderParty: 'RU' },
    contentHash: 'ab'.repeat(32),
    occurred: { edtf: '2025-03', zone: 'Europe/Berlin' },
    schemaVersion: 1,
  };
  const made = (meta: JsonObject) =>
    leafOf(
      nodeCrypto,
      { origin, size: 0, headOf: () => undefined },
      {
        id: 'a',
        stream: 'a',
        revision: 0,
        type: 'Said',
        recordedAt: '2026-01-01T00:00:00.000Z',
        data: {},
        meta,
      },
    );

  it('is made of an envelope of which it drops nothing', () => {
    const { contentHash: content, occurred, act } = whole;
    expect(made(whole)).toMatchObject({ content, occurred, act, schema: 1 });
    expect(made({ ...whole, more: 1 }).data).not.toBe(made(whole).data);
  });

  it.each<[string, JsonObject]>([
    ['has a member “onBehalfOf” in its “act”', { act: { ...whole.act, onBehalfOf: 'US' } }],
    ['has a member “partei” in its “act”', { act: { ...whole.act, party: undefined, partei: 'RU' } }],
    [
      'has no text for “party” in its “act”',
      { act: { capacity: 'direct', recordedBy: 'x', recorderParty: null } },
    ],
    ['has no text for “recorderParty” in its “act”', { act: { ...whole.act, recorderParty: 7 } }],
    ['has no “act”', { act: ['RU'] }],
    ['has a member “until” in its “occurred”', { occurred: { ...whole.occurred, until: '2026' } }],
    ['has no text for “zone” in its “occurred”', { occurred: { edtf: '2025', zone: null } }],
    ['has no “occurred”', { occurred: null }],
    ['has a “contentHash” that is no hash', { contentHash: 7 }],
    ['has a “contentHash” that is no hash', { contentHash: 'AB'.repeat(32) }],
    ['has no “schemaVersion” that is a number', { schemaVersion: '1' }],
    ['has no “schemaVersion” that is a number', { schemaVersion: undefined }],
  ])('is not made where the envelope %s', (why, change) => {
    expect(() => made({ ...whole, ...change })).toThrow(
      new LedgerFault('act-wrong', `The envelope of the event ${why}`).message,
    );
  });

  it('is read in one way, whatever texts it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.maxSafeNat(), (text, seq) => {
        const one: Leaf = { ...leaf(9), stream: text, seq, occurred: { edtf: text, zone: text } };
        expect(parseLeaf(formatLeaf(one))).toEqual(one);
        const loose = new TextDecoder().decode(formatLeaf(one)).replace('"schema":1', '"schema": 1');
        expect(() => parseLeaf(utf8(loose))).toThrow('not in the bytes of RFC 8785');
      }),
    );
  });

  it.each(['\\u0041', '\\u000A', '\\u000a', '\\/', '\\u001F', '\\ud800'])(
    'that spells a text as %s is refused',
    (spelt) => {
      const text = new TextDecoder().decode(entry(9)).replace('"event-9"', `"${spelt}"`);
      expect(() => parseLeaf(utf8(text))).toThrow(LedgerFault);
    },
  );
});

describe('a payload', () => {
  it.each([
    ['is not JSON', 'x'],
    ['is no object', '[]'],
    ['has a member “more”', '{"seq":1,"data":null,"content":null,"salt":null,"more":1}'],
    ['has no seq', '{"data":null,"content":null,"salt":null}'],
    ['has no data', '{"seq":1,"data":[],"content":null,"salt":null}'],
    ['has no content', '{"seq":1,"data":null,"salt":null}'],
    ['has no salt', '{"seq":1,"data":null,"content":null,"salt":1}'],
    [
      'has a signature of another form',
      '{"seq":1,"data":null,"content":null,"salt":null,"signature":{"act":"x"}}',
    ],
    ['does not say why it is withheld', '{"seq":1,"data":null,"content":null,"salt":null,"withheld":true}'],
  ])('that %s is refused', (why, text) => {
    expect(() => parsePayload(text)).toThrow(why);
  });
});
