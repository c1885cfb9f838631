import { beforeAll, describe, expect, it } from '@jest/globals';
import { keyEvents } from './act-keys.js';
import { base64, utf8 } from './bytes.js';
import { LogCheck } from './log-check.js';
import { thumbprint } from './message-signature.js';
import { nodeCrypto } from './node.js';
import { parsePartyKeys } from './party-keys.js';
import { filledLog, testKey } from './testing.js';
import type { JsonObject } from './canonical.js';
import type { TestLog } from './testing.js';

const origin = 'record.example/dialogue-1';

describe('signed acts', () => {
  const key = testKey(40);
  const second = testKey(41);
  const keyid = thumbprint(nodeCrypto, key.publicKey);
  const act = { party: 'RU', capacity: 'direct', recordedBy: 'p-ru', recorderParty: 'RU' };
  let acts: TestLog;

  beforeAll(() => {
    acts = keyed();
  });

  /** One registers its key, asks for signatures, and acts. */
  function keyed(): TestLog {
    const made = filledLog(origin, 3);
    made.tell({ stream: 'dialogue-1', type: keyEvents.registered, data: made.registration(key), act });
    made.tell({ stream: 'dialogue-1', type: keyEvents.required, act }, key);
    return made;
  }

  const check = (made: TestLog, partyKeys = '') => {
    const one = new LogCheck(nodeCrypto, { origin, partyKeys: parsePartyKeys(utf8(partyKeys)) });
    made.entries.forEach((bytes, seq) => one.add(bytes, made.payloads[seq]));
    return one.finish().signedActs;
  };

  it('are vouched for by the record alone, or by whom the verifier trusts', () => {
    acts.tell({ stream: 'irritant-1', act }, key);
    expect(check(acts)).toEqual({ trusted: 0, byRecordAlone: 2, unjudged: 0 });
    expect(check(acts, `act-key RU ${keyid}\n`)).toEqual({ trusted: 2, byRecordAlone: 0, unjudged: 0 });
    expect(check(acts, `act-key US ${keyid}\n`)).toEqual({ trusted: 0, byRecordAlone: 2, unjudged: 0 });
  });

  it('name the keys that the record alone vouches for, as a file of keys would', () => {
    const keysOfRecord = (partyKeys: string) => {
      const one = new LogCheck(nodeCrypto, { origin, partyKeys: parsePartyKeys(utf8(partyKeys)) });
      acts.entries.forEach((bytes, seq) => one.add(bytes, acts.payloads[seq]));
      return one.finish().keysOfRecord;
    };
    expect(keysOfRecord('')).toEqual([`act-key RU ${keyid}`]);
    expect(keysOfRecord(`act-key RU ${keyid.replace(/^./, 'A')}\n`)).toEqual([`act-key RU ${keyid}`]);
    expect(keysOfRecord(`act-key RU ${keyid}\n`)).toEqual([]);
  });

  it('can’t be judged where the payloads are withheld', () => {
    const one = new LogCheck(nodeCrypto, { origin });
    const made = keyed();
    made.entries.forEach((bytes) => one.add(bytes));
    expect(one.finish()).toMatchObject({ withheld: 5, signedActs: { unjudged: 1 } });
  });

  it.each<[string, string, (made: TestLog) => void]>([
    [
      'a direct act without a signature',
      'RU signs its acts, and this one is not signed',
      (made) => made.tell({ stream: 'irritant-1', act }),
    ],
    [
      'one with another’s signature',
      'by no key of RU that is in force',
      (made) => made.tell({ stream: 'irritant-1', act }, second),
    ],
    [
      'a signature whose bytes were changed',
      'it does not verify',
      (made) =>
        made.tell({ stream: 'irritant-1', act }, key, (one) => ({
          ...one,
          signature: base64(new Uint8Array(64)),
        })),
    ],
    [
      'a genuine signature on another event',
      'it is that of another act',
      (made) => {
        made.tell({ stream: 'irritant-1', act }, key);
        made.tell({ stream: 'irritant-2', act }, key, () => made.payloads.at(-1)!.signature!);
      },
    ],
    [
      'a refused act sent again later',
      'the act was recorded at',
      (made) => made.tell({ stream: 'irritant-1', act, recordedAt: '2026-01-01T01:00:00.000Z' }, key),
    ],
    [
      'one that had seen another log',
      'its signer had seen another log, of 5 leaves',
      (made) => {
        const other = filledLog(origin, 2);
        other.tell({ stream: 'x' });
        other.tell({ stream: 'dialogue-1', type: keyEvents.registered, data: made.registration(key), act });
        other.tell({ stream: 'dialogue-1', type: keyEvents.required, act }, key);
        made.tell({ stream: 'irritant-1', act }, key, (one) =>
          resigned(one, `5;root=:${base64(other.tree.root())}:`),
        );
      },
    ],
    [
      'one that had seen more than there was',
      'its signer had seen 9 leaves, and so many were not there',
      (made) => {
        made.tell({ stream: 'irritant-1', act }, key, (one) =>
          resigned(one, `9;root=:${base64(filledLog(origin, 9).tree.root())}:`),
        );
      },
    ],
    [
      'a second key that no key in force registers',
      'RU signs its acts',
      (made) =>
        made.tell({ stream: 'dialogue-1', type: keyEvents.registered, data: made.registration(second), act }),
    ],
    [
      'a key that did not sign its registration',
      'the new key did not sign its own registration',
      (made) =>
        made.tell(
          {
            stream: 'dialogue-1',
            type: keyEvents.registered,
            data: { ...made.registration(second), possession: made.registration(key)['possession'] },
            act,
          },
          key,
        ),
    ],
    [
      'a key that was revoked',
      'by no key of RU that is in force',
      (made) => {
        made.tell(
          { stream: 'dialogue-1', type: keyEvents.registered, data: made.registration(second), act },
          key,
        );
        made.tell(
          { stream: 'dialogue-1', type: keyEvents.revoked, data: { thumbprint: keyid }, act },
          second,
        );
        made.tell({ stream: 'irritant-1', act }, key);
      },
    ],
    [
      'a key that was revoked, registered once more by whoever has it',
      'was revoked, and is never in force again',
      (made) => {
        made.tell({ stream: 'dialogue-1', type: keyEvents.lifted, act }, key);
        made.tell({ stream: 'dialogue-1', type: keyEvents.revoked, data: { thumbprint: keyid }, act }, key);
        made.tell({ stream: 'dialogue-1', type: keyEvents.registered, data: made.registration(key), act });
      },
    ],
    [
      'a key that is only for a witness of the party',
      'by no key of RU that is in force',
      (made) => {
        const data = { ...made.registration(second), purpose: 'witness', name: 'ru.example/witness' };
        made.tell({ stream: 'dialogue-1', type: keyEvents.registered, data, act }, key);
        made.tell({ stream: 'irritant-1', act }, second);
      },
    ],
    [
      'the revocation of a key of the other side',
      'which is no key of its own',
      (made) => {
        const other = { ...act, party: 'US', recorderParty: 'US' };
        made.tell({
          stream: 'dialogue-1',
          type: keyEvents.revoked,
          data: { thumbprint: keyid },
          act: other,
        });
      },
    ],
    [
      'a signature for longer than five minutes',
      'holds for 301 s',
      (made) =>
        made.tell({ stream: 'irritant-1', act }, key, (one) => ({
          ...one,
          input: one.input.replace(/expires=\d+/, `expires=${made.now - 10 + 301}`),
        })),
    ],
    [
      'a parameter more',
      'a parameter that is not understood',
      (made) =>
        made.tell({ stream: 'irritant-1', act }, key, (one) => ({
          ...one,
          input: `${one.input};nonce="a b"`,
        })),
    ],
    [
      'another algorithm',
      'does not have created',
      (made) =>
        made.tell({ stream: 'irritant-1', act }, key, (one) => ({
          ...one,
          input: one.input.replace('ed25519', 'hmac'),
        })),
    ],
    [
      'fewer fields covered',
      'does not cover',
      (made) =>
        made.tell({ stream: 'irritant-1', act }, key, (one) => ({
          ...one,
          input: one.input.replace(' "entente-seen"', ''),
        })),
    ],
    ...(['derived', 'attributed', 'Direct'] as const).flatMap(
      (capacity): [string, string, (made: TestLog) => void][] => {
        const as = { ...act, capacity };
        const why = `only RU itself can have said this, and it stands here as “${capacity}”`;
        const ofKeys = (type: string, data: (made: TestLog) => JsonObject) => (made: TestLog) =>
          made.tell({ stream: 'dialogue-1', type, data: data(made), act: as });
        return [
          [`the end of the signatures, ${capacity}`, why, ofKeys(keyEvents.lifted, () => ({}))],
          [`the asking for signatures, ${capacity}`, why, ofKeys(keyEvents.required, () => ({}))],
          [
            `a key of somebody else in the name of the party, ${capacity}`,
            why,
            ofKeys(keyEvents.registered, (made) => made.registration(second)),
          ],
          [`the end of a key, ${capacity}`, why, ofKeys(keyEvents.revoked, () => ({ thumbprint: keyid }))],
          [
            `what the party signed as its own, ${capacity}`,
            why,
            (made) => made.tell({ stream: 'irritant-1', act: as }, key),
          ],
        ];
      },
    ),
    [
      'what the party signed as recorded by the other side',
      'only RU itself can have said this, and it stands here as recorded by US',
      (made) => made.tell({ stream: 'irritant-1', act: { ...act, recorderParty: 'US' } }, key),
    ],
    [
      'what its people recorded as nobody’s word, and counts for theirs all the same',
      'RU signs its acts, and this one is not signed',
      (made) => made.tell({ stream: 'irritant-1', type: 'ErasureRequested', act: { ...act, party: null } }),
    ],
    [
      'a conclusion in the name of the party, which would be no word of anybody',
      'RU signs its acts, and this one is not signed',
      (made) => made.tell({ stream: 'irritant-1', act: { ...act, capacity: 'derived' } }),
    ],
    [
      'that a party without a key asks for signatures, who could say nothing any more',
      'US signs its acts, and this one is not signed',
      (made) =>
        made.tell({
          stream: 'dialogue-1',
          type: keyEvents.required,
          act: { ...act, party: 'US', recorderParty: 'US' },
        }),
    ],
  ])('%s is found', (_, why, tell) => {
    const made = keyed();
    tell(made);
    const seq = made.tree.size - 1;
    expect(() => check(made)).toThrow(why);
    expect(() => check(made)).toThrow(expect.objectContaining({ at: seq }));
  });

  describe('that lack a signature and landed after their party asked for them', () => {
    const derived = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };
    const voiding = (made: TestLog, target: string, by: JsonObject = derived) =>
      made.tell({ stream: 'irritant-1', type: 'AttributionVoid', data: { target }, content: {}, act: by });

    it('are taken with the event that says that they are void, wherever it stands after them', () => {
      const made = keyed();
      const { id } = made.tell({ stream: 'irritant-1', act });
      const { id: other } = made.tell({ stream: 'irritant-1', act }, second);
      made.tell({ stream: 'irritant-2', act }, key);
      voiding(made, id);
      voiding(made, other);
      const one = new LogCheck(nodeCrypto, { origin });
      made.entries.forEach((bytes, seq) => one.add(bytes, made.payloads[seq]));
      expect(one.finish()).toMatchObject({ void: 2, signedActs: { byRecordAlone: 2 } });
    });

    it.each<[string, (made: TestLog) => void]>([
      ['with one that is void for another', (made) => voiding(made, 'event-1')],
      [
        'with the word of a party that they are void',
        (made) => voiding(made, 'event-5', { ...act, party: 'US' }),
      ],
      [
        'with an event of another stream, where it takes nothing out',
        (made) =>
          made.tell({
            stream: 'irritant-2',
            type: 'AttributionVoid',
            data: { target: 'event-5' },
            content: {},
            act: derived,
          }),
      ],
      ...['EventRetracted', 'AttributionVoid', 'ActReviewConcluded', 'AttributionContradicted'].map(
        (type): [string, (made: TestLog) => void] => [
          `where what says that they are void is taken out itself, by ${type}`,
          (made) => {
            const { id: target } = voiding(made, 'event-5');
            made.tell({
              stream: 'irritant-1',
              type,
              data: { target },
              act: { ...act, party: 'US', recorderParty: 'US' },
            });
          },
        ],
      ),
    ])('are wrong %s', (_, tell) => {
      const made = keyed();
      made.tell({ stream: 'irritant-1', act });
      tell(made);
      expect(() => check(made)).toThrow(
        expect.objectContaining({ at: 5, message: expect.stringContaining('No event says that it is void') }),
      );
    });

    it('are wrong at once where they change what is asked, void or not', () => {
      const made = keyed();
      const { id } = made.tell({ stream: 'dialogue-1', type: keyEvents.lifted, act });
      voiding(made, id);
      expect(() => check(made)).toThrow(expect.objectContaining({ at: 5, code: 'act-wrong' }));
    });
  });

  it('are wrong at once where what a party signed stands as another’s word, void or not', () => {
    const made = keyed();
    const { id } = made.tell({ stream: 'irritant-1', act: { ...act, capacity: 'attributed' } }, key);
    const by = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };
    made.tell({ stream: 'irritant-1', type: 'AttributionVoid', data: { target: id }, content: {}, act: by });
    expect(() => check(made)).toThrow(expect.objectContaining({ at: 5, code: 'act-wrong' }));
  });

  it('need no signature where others recorded them in the name of the party, and say so', () => {
    const made = keyed();
    made.tell({ stream: 'irritant-1', act: { ...act, capacity: 'attributed', recorderParty: 'US' } });
    expect(check(made).byRecordAlone).toBe(1);
  });

  it('need no signature any more once their party has lifted that, signed', () => {
    const made = keyed();
    made.tell({ stream: 'dialogue-1', type: keyEvents.lifted, act }, key);
    made.tell({ stream: 'irritant-1', act });
    expect(check(made).byRecordAlone).toBe(2);
  });

  it('lose their signature to nobody: it is in the leaf', () => {
    const made = keyed();
    const { signature: _, ...without } = made.payloads[4]!;
    made.payloads[4] = without;
    expect(() => check(made)).toThrow('Its payload is missing.');
    made.payloads[4] = {
      ...without,
      signature: { ...made.payloads[3]!.signature!, act: 'x', seen: 'x', input: 'x', signature: 'x' },
    };
    expect(() => check(made)).toThrow('The signature of the act is not the one that was logged.');
  });

  function resigned(one: { act: string; seen: string; input: string; signature: string }, seen: string) {
    const text = `"entente-act": ${one.act}\n"entente-seen": ${seen}\n"@signature-params": ${one.input}`;
    return { ...one, seen, signature: base64(key.sign(utf8(text))) };
  }
});
