import { describe, expect, it } from '@jest/globals';
import { thisAct } from '#libs/decider';
import type { Entries, LookUp } from '#libs/decider';
import { irritants } from './irritant-conditions.facts.js';
import { conditionReactions } from './irritant-conditions.reactions.js';
import { irritantDecider } from './irritant.decider.js';
import type { Irritant } from './irritant.facts.js';
import { derived, fact, factAt, forUs, idAt, RU, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { accepted, ask, given, hash, letRest, raised, tabled } from '../../test/support/irritant-given.js';

const linkedTo = (irritantId: string, condition: string): readonly GivenFact[] => [
  fact('LinkageAsserted', RU, { linkageId: `l${irritantId}`, irritantId, condition }),
  fact('LinkageAccepted', US, { linkageId: `l${irritantId}` }),
];
const linkedFrom = (id: string) => fact('InstrumentLinked', derived, { kind: 'irritant', id });
const waitingFor = (on: readonly string[], act = US) =>
  accepted(act, { conditions: on.map((id) => ({ linkageId: `l${id}`, on: id })) });

function folded(id: string, facts: readonly GivenFact[]): Irritant {
  const all = facts.map((one, index) => factAt(index, `irritant-${id}`, one));
  return all.reduce<Irritant | null>(irritantDecider.evolve, null)!;
}

/** What the record holds of these irritants. */
function record(
  streams: { readonly [id: string]: readonly GivenFact[] },
  unreadable: readonly string[] = [],
): LookUp {
  return <F>({ slice }: Entries<F>, id: string) => {
    const given = streams[id];
    if (slice !== 'irritants' || given === undefined) return undefined;
    const facts = folded(id, given) as F;
    return { stream: `irritant-${id}`, revision: given.length - 1, facts, isWhole: !unreadable.includes(id) };
  };
}

const within = (lookUp: LookUp) => ({ facts: { self: '1', lookUp } });
const accept = (lookUp: LookUp, act = US, resolutionId = 'r') =>
  ask('AcceptResolution', act, { resolutionId, termsHash: hash, checked: [] }, within(lookUp));
const takeBack = (lookUp: LookUp, act = US) =>
  ask('WithdrawResolutionAcceptance', act, { resolutionId: 'r' }, within(lookUp));

const together = [raised, ...linkedTo('2', 'together'), tabled()];
const other = [raised, linkedFrom('1')];

describe('An acceptance', () => {
  it('waits for what both hold to be settled together with it, and says so', () => {
    given(together, accept(record({ '1': together, '2': other }))).records({
      type: 'ResolutionAccepted',
      data: {
        resolutionId: 'r',
        termsHash: hash,
        checked: [{ stream: 'irritant-2', revision: 1 }],
        conditions: [{ linkageId: 'l2', on: '2' }],
      },
    });
  });

  it('waits for what precedes it, and not for what it precedes', () => {
    const first = [raised, ...linkedTo('1', 'precedes')];
    const later = [raised, linkedFrom('2'), tabled()];
    given(later, accept(record({ '1': later, '2': first }))).records('ResolutionAccepted');
    const earlier = [raised, ...linkedTo('2', 'precedes'), tabled()];
    given(earlier, accept(record({ '1': earlier, '2': other }))).records(
      'ResolutionAccepted',
      'IrritantResolved',
    );
  });

  it('waits for nothing where the other one is closed in whatever way', () => {
    given(together, accept(record({ '1': together, '2': [...other, ...letRest] }))).records(
      'ResolutionAccepted',
      'IrritantResolved',
    );
  });

  it('rests on what settled all that it would have waited for: on a closing with its words, and on the end of a linkage', () => {
    const lookUp = record({ '1': together, '2': [...other, ...letRest] });
    given(together, accept(lookUp)).records(
      {
        type: 'ResolutionAccepted',
        data: {
          resolutionId: 'r',
          termsHash: hash,
          checked: [{ stream: 'irritant-2', revision: 3 }],
          conditions: [],
        },
      },
      {
        type: 'IrritantResolved',
        data: { resolutionId: 'r', basis: 'direct', restsOn: [idAt(3), thisAct, idAt(3), idAt(2)] },
      },
    );
    const released = (act: typeof RU) => fact('LinkageReleased', act, { linkageId: 'l2' });
    const ended = [...together, released(RU), released(forUs)];
    given(ended, accept(record({ '1': ended, '2': other }))).records('ResolutionAccepted', {
      type: 'IrritantResolved',
      data: { resolutionId: 'r', basis: 'attributed', restsOn: [idAt(3), thisAct, idAt(4), idAt(5)] },
    });
  });

  it('of its party itself has no better basis than the other acceptance that it rests on', () => {
    const alike = [...other, tabled(), waitingFor(['1'], forUs)];
    const facts: readonly GivenFact[] = [
      ...together,
      waitingFor(['2'], forUs),
      fact('IrritantResolved', derived, {
        resolutionId: 'r',
        basis: 'attributed',
        restsOn: [idAt(3), idAt(4), 'elsewhere'],
      }),
    ];
    given(facts, accept(record({ '1': facts, '2': alike }))).records(
      {
        type: 'ResolutionAccepted',
        data: { resolutionId: 'r', termsHash: hash, checked: [], conditions: [] },
      },
      {
        type: 'IrritantResolved',
        data: { resolutionId: 'r', basis: 'attributed', restsOn: [idAt(3), thisAct, 'elsewhere'] },
      },
    );
  });

  it('waits where the other one cannot be read to its end: nobody knows whether it is closed', () => {
    given(together, accept(record({ '1': together, '2': [...other, ...letRest] }, ['2']))).records(
      'ResolutionAccepted',
    );
  });

  it('of other terms is refused while one stands on a condition', () => {
    const facts = [...together, waitingFor(['2']), tabled('s')];
    given(facts, accept(record({ '1': facts, '2': other }), US, 's')).refuses('RESOLUTION_CONDITIONAL');
    given(facts, accept(record({ '1': facts, '2': other }))).changesNothing();
  });
});

describe('An acceptance that waits', () => {
  const waiting = [...together, waitingFor(['2'])];

  it('is taken back by its side alone, and not for it by others', () => {
    const lookUp = record({ '1': waiting, '2': other });
    given(waiting, takeBack(lookUp)).records({
      type: 'ResolutionAcceptanceWithdrawn',
      restsOn: [4],
      ends: [3, 4],
    });
    given(waiting, takeBack(lookUp, RU)).refuses('OWN_RESOLUTION');
    given(waiting, takeBack(lookUp, forUs)).refuses('OWN_WORD_STANDS');
    given(together, takeBack(lookUp)).refuses('RESOLUTION_NOT_CONDITIONAL');
  });

  it('is not taken back once all that it waited for is accepted, though its effect is still to be drawn', () => {
    const alike = [...other, tabled(), waitingFor(['1'])];
    given(waiting, takeBack(record({ '1': waiting, '2': alike }))).refuses('RESOLUTION_IN_EFFECT');
  });

  it('ends with any other closing: reopened, the terms are accepted anew or not at all', () => {
    const { state } = given([...waiting, ...letRest]);
    expect(state?.resolutions).toMatchObject([{ state: 'proposed' }]);
  });
});

describe('What takes effect', () => {
  const policy = conditionReactions.find((one) => one.name === 'take-effect')!;
  const asked = (lookUp: LookUp, id: string) =>
    policy
      .react(factAt(9, `irritant-${id}`, waitingFor([])), lookUp(irritants, id)?.facts as never, {
        slice: 'irritants',
        id,
        named: [],
        lookUp,
      })
      .map((one) => [one.id, 'obstacle' in one.command.data ? 'held up' : 'resolved']);
  const waitingOn = (first: string, second: string) => [
    raised,
    ...linkedTo(second, 'precedes'),
    linkedFrom(first),
    tabled(),
    waitingFor([first]),
  ];

  it('is a circle as a whole, by the last acceptance in it', () => {
    const circle = { '1': waitingOn('3', '2'), '2': waitingOn('1', '3'), '3': waitingOn('2', '1') };
    expect(
      asked(record(circle), '3').toSorted(([one], [other]) => String(one).localeCompare(String(other))),
    ).toEqual([
      ['1', 'resolved'],
      ['2', 'resolved'],
      ['3', 'resolved'],
    ]);
    expect(asked(record({ ...circle, '2': circle['2'].slice(0, -1) }), '3')).toEqual([]);
    expect(asked(record(circle, ['2']), '3')).toEqual([]);
  });

  it('rests on the words that ended the linkage, and follows a rejection of it as well', () => {
    const waiting = [...together, waitingFor(['2'], forUs)];
    const ways: readonly (readonly GivenFact[])[] = [
      [RU, US].map((act) => fact('LinkageReleased', act, { linkageId: 'l2' })),
      [fact('LinkageRejected', US, { linkageId: 'l2' })],
    ];
    for (const way of ways) {
      const facts = [...waiting, ...way];
      const last = factAt(facts.length - 1, 'irritant-1', facts.at(-1)!);
      const lookUp = record({ '1': facts, '2': other });
      const origin = { slice: 'irritants', id: '1', named: [], lookUp };
      expect(policy.concerns(last)).toBe(true);
      expect(policy.react(last, folded('1', facts) as never, origin)).toMatchObject([
        {
          id: '1',
          command: { data: { restsOn: facts.flatMap((_, index) => (index < 3 ? [] : idAt(index))) } },
        },
      ]);
    }
  });
});
