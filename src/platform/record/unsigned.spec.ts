import { expect, it } from '@jest/globals';
import { formatParameters } from '#libs/ledger';
import { attributedTo, directly, storedStream } from '../../../test/support/stored.js';
import type { Given } from '../../../test/support/stored.js';
import { isUnsigned } from './unsigned.js';

const key = { party: 'RU', purpose: 'act', thumbprint: 'k1', x: '' };
const by = (input: string) => ({ signature: { act: '', seen: '', input, signature: '' } });
const signedWith = (keyid: string) => by(formatParameters({ created: 0, expires: 1, keyid }));

it.each<readonly [string, Given, boolean]>([
  ['has no signature', { type: 'A' }, true],
  ['is signed by a key in force', { type: 'A', ...signedWith('k1') }, false],
  ['is signed by another key', { type: 'A', ...signedWith('k2') }, true],
  ['has a signature of no form, as only a store by hand has', { type: 'A', ...by('nothing') }, true],
  ['is of a party that does not sign', { type: 'A', act: directly('US') }, false],
  ['is recorded in its name', { type: 'A', act: attributedTo('RU') }, false],
])('An act that %s: whether it lacks the signature of a party that signs', (_, given, isWanting) => {
  const [act] = storedStream('thing-1', [given]);
  expect(isUnsigned(act!, { keys: [key], signing: ['RU'] })).toBe(isWanting);
});
