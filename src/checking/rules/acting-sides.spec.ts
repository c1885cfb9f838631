import { expect, it } from '@jest/globals';
import { attributedTo, derived, directly, storedStream } from '../../../test/support/stored.js';
import type { Given } from '../../../test/support/stored.js';
import { slices } from '../../slices.js';
import type { Slice } from '../../platform/record/slice.js';
import { sideFault } from './acting-sides.js';

const slice = (name: string) => slices.find((one) => one.name === name) as Slice;
const [US, TR] = [directly('US'), directly('TR')];
const faultOf = (given: Given, joined: readonly string[], name = 'irritants') => {
  const stream = `${slice(name).prefix}-1`;
  const act = storedStream(stream, [{ type: 'Begun' }, given]).at(-1)!;
  return sideFault(slice(name), act, { parties: ['RU', 'US'], joined });
};
const position = (act: Given['act']): Given => ({ type: 'PositionStated', ...(act && { act }) });

it.each<readonly [string, Given, readonly string[], string, RegExp | undefined]>([
  ['of a party that has joined', position(US), ['RU', 'US'], 'irritants', undefined],
  ['of a party that has not', position(US), ['RU'], 'irritants', /people of US, which had not joined/],
  ['of a stranger', position(TR), ['RU', 'US'], 'irritants', /said to be of TR, .* between RU and US/],
  ['in the name of a stranger', position(attributedTo('TR')), ['RU'], 'irritants', /said to be of TR/],
  [
    'direct, that others recorded',
    position({ ...US, recorderParty: 'RU' }),
    ['RU', 'US'],
    'irritants',
    /RU recorded it/,
  ],
  [
    'direct, that a secretariat recorded',
    position({ ...US, recorderParty: null }),
    ['RU', 'US'],
    'irritants',
    /nobody of a party recorded it/,
  ],
  [
    'attributed, of its own people',
    position({ ...US, capacity: 'attributed' }),
    ['US'],
    'irritants',
    /stands here as “attributed”/,
  ],
  ['attributed, of one that has not joined', position(attributedTo('US')), ['RU'], 'irritants', undefined],
  // It may have passed the joining on its way: then it is void.
  ['attributed, of one that has joined', position(attributedTo('US')), ['RU', 'US'], 'irritants', undefined],
  [
    'attributed, in the stream of the joinings',
    { type: 'DialogueSuspended', act: attributedTo('US') },
    ['RU', 'US'],
    'dialogues',
    /speaks for itself/,
  ],
  ['by which a party joins', { type: 'PartyJoined', act: US }, ['RU'], 'dialogues', undefined],
  [
    'by which one that has not joined disavows',
    { type: 'AttributionDisavowed', act: US },
    ['RU'],
    'irritants',
    undefined,
  ],
  [
    'by which one that has not joined takes back',
    { type: 'EventRetracted', act: US },
    ['RU'],
    'irritants',
    /had not joined/,
  ],
  ['that nobody is asked for', { type: 'InstrumentLinked', act: derived }, [], 'irritants', undefined],
])('Whose an act can be, by who had joined: %s', (_, given, joined, name, fault) => {
  if (fault === undefined) expect(faultOf(given, joined, name)).toBeUndefined();
  else expect(faultOf(given, joined, name)).toMatch(fault);
});
