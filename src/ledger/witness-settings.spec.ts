import { describe, expect, it } from '@jest/globals';
import { formatVerifierKey, nodeCrypto, signatureTypes, verifierKey } from '#libs/ledger';
import type { PartyKey } from '../dialogues/dialogue.events.js';
import { partyOf, partyWitnessesIn } from './party-witnesses.js';
import { witnessesFrom } from './witness-settings.js';

const keyOf = (name: string, byte: number, type: 1 | 4 = signatureTypes.cosignature) =>
  verifierKey(nodeCrypto, name, type, new Uint8Array(32).fill(byte));
const line = (name: string, byte: number) => `${formatVerifierKey(keyOf(name, byte))}@https://${name}/a/`;

describe('The witnesses of the settings', () => {
  it('are nobody unless somebody is named, and else have a key and an address each', () => {
    expect(witnessesFrom(undefined)).toEqual([]);
    const found = witnessesFrom(`${line('one.example', 1)} ${line('two.example', 2)}\n`);
    expect(found.map(({ key, url }) => [key.name, url])).toEqual([
      ['one.example', 'https://one.example/a/add-checkpoint'],
      ['two.example', 'https://two.example/a/add-checkpoint'],
    ]);
  });

  it.each([
    ['is not of the form name+id+key@https://address', 'witness.example'],
    ['has an address with more in it', `${line('one.example', 1)}?x=1`],
    ['is that of a log', `${formatVerifierKey(keyOf('a', 1, signatureTypes.note))}@https://a`],
    ['has the id', line('one.example', 1).replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['names a witness twice', `${line('one.example', 1)} ${line('two.example', 1)}`],
    ['names a witness twice', `${line('one.example', 1)} ${line('one.example', 2)}`],
    ['names 17 witnesses', Array.from({ length: 17 }, (_, at) => line(`w${at}.example`, at)).join(' ')],
    ['names 0 witnesses', ' , '],
    ["can't be read (ENOENT)", './no-such-file'],
  ])('are refused by name: %s', (why, text) => {
    expect(() => witnessesFrom(text)).toThrow(why);
  });
});

it('A password in the address of a witness is shown to nobody, also where its key is missing', () => {
  const address = `https://me:sekret@one.example`;
  for (const text of [address, `${formatVerifierKey(keyOf('w', 1))}@${address}`, `w@${address}`])
    expect(() => witnessesFrom(text)).toThrow(/^(?!.*sekret).*one\.example/);
});

describe('A witness is called by a party', () => {
  const key = keyOf('ru.example/witness', 7);
  const registered: PartyKey = {
    party: 'RU',
    purpose: 'witness',
    thumbprint: 'w',
    name: key.name,
    x: Buffer.from(key.publicKey).toString('base64url'),
  };

  it('where that party has registered its key, under that name', () => {
    const state = { keys: [{ party: 'RU', purpose: 'act', thumbprint: 'a', x: 'x' } as const, registered] };
    expect(partyOf(key, partyWitnessesIn(state))).toEqual({ party: 'RU' });
    expect(partyOf(keyOf('other.example', 7), partyWitnessesIn(state))).toEqual({});
    expect(partyOf(keyOf('ru.example/witness', 8), partyWitnessesIn(state))).toEqual({});
  });

  it('and not otherwise', () => {
    expect(partyOf(key, partyWitnessesIn({ keys: [] }))).toEqual({});
    expect(partyOf(key, partyWitnessesIn({ keys: [{ ...registered, purpose: 'act' }] }))).toEqual({});
  });
});
