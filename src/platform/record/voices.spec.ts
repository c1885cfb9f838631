import { describe, expect, it } from '@jest/globals';
import { formatParameters } from '#libs/ledger';
import { attributedTo, derived, directly, on, storedStream } from '../../../test/support/stored.js';
import type { Given } from '../../../test/support/stored.js';
import { slices } from '../../slices.js';
import { fold, foldNext } from './fold.js';
import type { Aggregate } from './fold.js';
import type { Slice } from './slice.js';

interface Talks {
  readonly signing: readonly string[];
  readonly keys: readonly { readonly thumbprint: string }[];
  readonly suspensions: readonly unknown[];
}

const dialogues = slices.find(({ part }) => part === 'dialogue') as Slice;
const [RU, US] = [directly('RU'), directly('US')];
const by = (thumbprint: string): Pick<Given, 'signature'> => ({
  signature: {
    act: ':hash:',
    seen: '0;root=:hash:',
    input: formatParameters({ created: 0, expires: 300, keyid: thumbprint }),
    signature: 'c2lnbmVk',
  },
});
const registered = (thumbprint: string, act = RU): Given => ({
  type: 'PartyKeyRegistered',
  act,
  data: {
    purpose: 'act',
    thumbprint,
    jwk: { crv: 'Ed25519', kty: 'OKP', x: 'VSb3QpQXEbO8UwukT_b22rDwq3Gvgy9Bp_47n9rtnGA' },
    possession: 'signed',
  },
});
const lifted: Given = { type: 'SignedActsLifted', act: RU };
const suspended: Given = { type: 'DialogueSuspended', act: RU };

/** Both have a key, and RU has asked that its acts be taken only signed: that is the event at place 3. */
const signing: readonly Given[] = [
  { type: 'DialogueOpened', act: RU, data: { parties: ['RU', 'US'], keyPrefix: 'RUUS' } },
  registered('ru-1'),
  registered('us-1', US),
  { type: 'SignedActsRequired', act: RU, ...by('ru-1') },
];

/** By all events at once, and by each on what those before it came to. */
function foldsOf(given: readonly Given[]): readonly Talks[] {
  const events = storedStream('dialogue-1', given);
  const [first] = events;
  const nextOf = (reached: Aggregate | undefined, event: (typeof events)[number]) =>
    foldNext(dialogues, reached, event, () => events.slice(0, event.revision + 1));
  const onto = events.slice(1).reduce(nextOf, fold(dialogues, first === undefined ? [] : [first]));
  return [fold(dialogues, events), onto].map((one) => one?.state as Talks);
}

const shownOf = ({ signing: who, keys, suspensions }: Talks) => ({
  signing: who,
  keys: keys.map(({ thumbprint }) => thumbprint),
  suspended: suspensions.length,
});

describe('Of a party that signs its acts, nobody who writes into the store by hand', () => {
  it.each<readonly [string, readonly Given[]]>([
    ['ends that, unsigned in its name', [lifted]],
    ['ends that in the name of the party, which is said by others', [{ ...lifted, act: attributedTo('RU') }]],
    ['ends that by a conclusion', [{ ...lifted, act: { ...RU, capacity: 'derived' } }]],
    ['ends that through people of the other side', [{ ...lifted, act: { ...RU, recorderParty: 'US' } }]],
    ['ends that by a key of the other side', [{ ...lifted, ...by('us-1') }]],
    ['ends that by a key that nobody knows', [{ ...lifted, ...by('ru-2') }]],
    ['revokes its key, unsigned', [{ type: 'PartyKeyRevoked', act: RU, data: { thumbprint: 'ru-1' } }]],
    [
      'revokes its key as the other side',
      [{ type: 'PartyKeyRevoked', act: US, data: { thumbprint: 'ru-1' }, ...by('us-1') }],
    ],
    ['gives it another key, unsigned, and signs by that', [registered('ru-2'), { ...lifted, ...by('ru-2') }]],
    ['takes the asking back', [{ type: 'EventRetracted', act: RU, data: on(3) }]],
    ['has the asking void', [{ type: 'AttributionVoid', act: derived, data: on(3) }]],
    [
      'has a review of the asking',
      [
        { type: 'ActReviewConcluded', act: RU, data: on(3, { outcome: 'void' }) },
        { type: 'ActReviewConcluded', act: US, data: on(3, { outcome: 'void' }) },
      ],
    ],
    [
      'has a fall take the asking and the key',
      [
        {
          type: 'MilestoneLifted',
          act: derived,
          data: {
            milestones: storedStream('dialogue-1', signing)
              .map(({ id }) => id)
              .slice(1),
            cause: 'x',
          },
        },
      ],
    ],
    ['says anything else there', [suspended, { ...suspended, ...by('us-1') }]],
  ])('%s', (_, forged) => {
    const given = [...signing, ...forged];
    for (const talks of foldsOf(given))
      expect(shownOf(talks)).toEqual({ signing: ['RU'], keys: ['ru-1', 'us-1'], suspended: 0 });
    // Nor does any of it keep the party from saying so itself.
    const own = [{ ...suspended, ...by('ru-1') }, { ...lifted, ...by('ru-1') }, suspended];
    for (const talks of foldsOf([...given, ...own]))
      expect(shownOf(talks)).toEqual({ signing: [], keys: ['ru-1', 'us-1'], suspended: 1 });
  });

  it('nor asks in its name, without a key of its own, that its acts be taken only signed', () => {
    for (const talks of foldsOf([
      ...signing.slice(0, 2),
      { type: 'SignedActsRequired', act: US },
      suspended,
      { ...suspended, act: US },
    ]))
      expect(shownOf(talks)).toMatchObject({ signing: [], suspended: 2 });
  });

  it('and what it signs itself is folded onto what was there, without looking through all of that again', () => {
    const events = storedStream('dialogue-1', [...signing, { ...suspended, ...by('ru-1') }]);
    const before = fold(dialogues, events.slice(0, -1));
    const folded = foldNext(dialogues, before, events.at(-1)!, () => {
      throw new Error('All of the stream was asked for.');
    });
    expect(shownOf(folded?.state as Talks).suspended).toBe(1);
  });

  it('but of one that does not sign, each act counts as it did', () => {
    const unsigned: Given = { ...suspended, act: US };
    for (const talks of foldsOf([...signing, unsigned])) expect(shownOf(talks).suspended).toBe(1);
  });
});
