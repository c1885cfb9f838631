import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatParameters, isOfKeys } from '#libs/ledger';
import type { RecordReader } from '#libs/projections';
import { attributedTo, derived, directly, on, storedStream } from '../../../test/support/stored.js';
import type { Given } from '../../../test/support/stored.js';
import { standingsIn } from './dropping.js';
import type { Stored } from './envelope.js';
import type { EventRegistry } from './event-registry.js';
import { Unheard } from './unheard.js';
import type { EventsRead } from './reading.js';
import { unheardIn } from './voices.js';

const jwk = { crv: 'Ed25519', kty: 'OKP', x: 'VSb3QpQXEbO8UwukT_b22rDwq3Gvgy9Bp_47n9rtnGA' };
const keys = ['ru-1', 'ru-2', 'us-1'];

const act = fc.constantFrom(
  ...[directly('RU'), directly('US'), attributedTo('RU'), attributedTo('US'), derived],
  { ...directly('RU'), recorderParty: 'US' },
);
const signatureBy = (keyid: string): NonNullable<Given['signature']> => ({
  act: ':hash:',
  seen: '0;root=:hash:',
  input: formatParameters({ created: 0, expires: 300, keyid }),
  signature: 'c2lnbmVk',
});
const signed = fc
  .option(fc.constantFrom(...keys), { nil: undefined })
  .map((keyid) => (keyid === undefined ? {} : { signature: signatureBy(keyid) }));
const said: fc.Arbitrary<Pick<Given, 'type' | 'data'>> = fc.oneof(
  fc.constantFrom(...keys).map((thumbprint) => ({
    type: 'PartyKeyRegistered',
    data: { purpose: 'act', thumbprint, jwk, possession: 'signed' },
  })),
  fc.constantFrom(...keys).map((thumbprint) => ({ type: 'PartyKeyRevoked', data: { thumbprint } })),
  fc.constantFrom('SignedActsRequired', 'SignedActsLifted', 'DialogueSuspended').map((type) => ({ type })),
  fc
    .tuple(
      fc.constantFrom(
        'EventRetracted',
        'AttributionVoid',
        'AttributionEndorsed',
        'EventCorrected',
        'ActRepudiated',
      ),
      fc.nat(12),
    )
    .map(([type, place]) => ({ type, data: on(place) })),
);
const readable: fc.Arbitrary<Given> = fc
  .tuple(said, act, signed)
  .map(([what, who, by]) => ({ ...what, act: who, ...by }));
/** What a newer program may have stored, of which nothing is known but where it stands. */
const unreadable: fc.Arbitrary<Given> = fc
  .constantFrom('PartyKeyRegistered', 'EventRetracted', 'Unknown')
  .map((type) => ({ type, act: derived, unreadable: { because: 'its schema', stored: {} as never } }));
const given = fc.oneof({ weight: 20, arbitrary: readable }, { weight: 1, arbitrary: unreadable });

/** As a reader of the record has the streams. */
function readerOf(
  streams: ReadonlyMap<string, readonly Stored[]>,
  asked: (events: number) => void = () => undefined,
): EventsRead {
  const recorded = (event: Stored) => ({
    event: { ...event, revision: BigInt(event.revision) },
    stored: event,
  });
  const ofStream: RecordReader['ofStream'] = (stream, { fromRevision = 0n, uptoRevision = 1_000n } = {}) => {
    const found = (streams.get(stream) ?? []).filter(
      ({ revision }) => revision >= fromRevision && revision <= uptoRevision,
    );
    asked(found.length);
    return found.map(recorded) as never;
  };
  const byId = (id: string) => {
    const found = [...streams.values()].flat().find((one) => one.id === id);
    return found && recorded(found);
  };
  const registry = {
    ofStream: (stream: string) => ({ part: stream.startsWith('dialogue-') ? 'dialogue' : 'matter' }),
    read: (event: { readonly revision: bigint }) => ({ ...event, revision: Number(event.revision) }),
    streamAt: (record: RecordReader, ...of: Parameters<RecordReader['ofStream']>) =>
      record.ofStream(...of).map((one) => (one as never as { stored: Stored }).stored),
  };
  return {
    projections: { record: { ofStream, byId } as never },
    registry: registry as unknown as EventRegistry,
  };
}

/** The same with other ids, as another copy of a store has it. */
function anotherCopy(events: readonly Stored[]): readonly Stored[] {
  const ids = events.map(({ id }) => id);
  const renamed = ids.reduce((text, id) => text.replaceAll(id, `other-${id}`), JSON.stringify(events));
  return JSON.parse(renamed) as readonly Stored[];
}

/** What the keys of acts are is said in the stream of a dialogue alone. */
const mayStandIn = (name: string, { type }: Given) => name.startsWith('dialogue-') || !isOfKeys(type);

describe('Whether one event is a word of whoever it names', () => {
  const several = fc.array(given, { maxLength: 12 });

  it.each(['dialogue-1', 'irritant-1'])(
    'is told of it alone as its whole stream tells it, in any order, as it grows, and after another copy was put back: %s',
    (name) => {
      const turns = fc.array(fc.nat(), { minLength: 24, maxLength: 24 });
      fc.assert(
        fc.property(several, several, turns, (before, later, places) => {
          const stream = (of: readonly Given[]) =>
            storedStream(
              name,
              of.filter((one) => mayStandIn(name, one)),
            );
          const unheard = new Unheard();
          const copies = [
            stream(before),
            stream([...before, ...later]),
            anotherCopy(stream([...later, ...before])),
          ];
          for (const [turn, place] of places.entries()) {
            const events = copies[Math.floor(turn / 8)] ?? [];
            const event = events[place % events.length];
            if (event === undefined) continue;
            const told = unheard.has(readerOf(new Map([[name, events]])), event);
            expect([unheardIn(events).has(event.id), standingsIn(events).unheard.has(event.id)]).toEqual([
              told,
              told,
            ]);
          }
        }),
        { numRuns: 300 },
      );
    },
  );

  const strange: Given = { type: 'Unknown', act: derived, unreadable: { because: 'x', stored: {} as never } };
  const ru = (type: string, keyid?: string, data: object = {}): Given => ({
    type,
    act: directly('RU'),
    data,
    ...(keyid === undefined ? {} : { signature: signatureBy(keyid) }),
  });
  const key = (thumbprint: string) => ({ purpose: 'act', thumbprint, jwk, possession: 'signed' });

  it.each([
    ['signs by a key that may stand there', [ru('DialogueSuspended', 'ru-2')]],
    ['takes back what may be its own', [ru('EventRetracted', 'ru-1', on(2))]],
  ])('is not denied of a party that %s, in what a newer program stored', (_, later) => {
    const events = storedStream('dialogue-1', [
      ru('PartyKeyRegistered', undefined, key('ru-1')),
      ru('SignedActsRequired', 'ru-1'),
      strange,
      ...later,
    ]);
    const last = events.at(-1)!;
    const reader = readerOf(new Map([['dialogue-1', events]]));
    expect([new Unheard().has(reader, last), unheardIn(events).has(last.id)]).toEqual([false, false]);
  });

  it('takes one look at each event of a dialogue’s stream, however many are asked about', () => {
    let read = 0;
    const suspended: Given = { type: 'DialogueSuspended', act: directly('RU') };
    const events = storedStream(
      'dialogue-1',
      Array.from({ length: 400 }, () => suspended),
    );
    const reader = readerOf(new Map([['dialogue-1', events]]), (count) => (read += count));
    const unheard = new Unheard();
    for (const event of events) expect(unheard.has(reader, event)).toBe(false);
    expect(read).toBeLessThanOrEqual(2 * events.length);
  });
});
