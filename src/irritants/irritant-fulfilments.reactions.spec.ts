import { describe, expect, it } from '@jest/globals';
import type { Fact, Origin } from '#libs/decider';
import type { CommitmentFacts } from '../commitments/commitment.events.js';
import { implementByCommitment } from './irritant-fulfilments.reactions.js';

const word = (party: string, eventId: string, at = 1, capacity = 'direct') => ({
  party,
  eventId,
  capacity,
  recordedAt: `2025-04-10T09:00:0${at}.000Z`,
  sources: [],
});
const notes = {
  completed: word('RU', 's'),
  completedBy: [word('RU', 'r'), word('US', 's')],
  coverage: ['RU', 'US'].map((party) => ({ irritantId: 'i', said: word(party, `c-${party}`) })),
  terminatedBy: [],
};
const text = {
  agreed: { said: word('RU', 'a'), restsOn: ['b'], basis: 'direct' },
  agreedIrritantIds: ['i', 'j'],
  terminated: null,
};

const report = word('US', 'report', 5);
const answer = word('RU', 'answer', 7);
const alone = { text: null, basis: null };
const byBoth = { text: null, basis: [word('RU', 'asserted'), word('US', 'undertaken')] };
const otherHalf = { text: null, basis: [] };

interface Case {
  readonly fact?: object;
  readonly under?: object;
  readonly answered?: object;
  readonly basis?: object;
}

/** What begins by the fact, where the report is under this, and its acknowledgement under that. */
function begun({ fact = {}, under = byBoth, answered, basis = text }: Case) {
  const answers = answered === undefined ? [] : [{ said: answer, under: answered }];
  const commitment = {
    irritantIds: ['i'],
    basis: { kind: 'roadmap', id: 'r' },
    inForceFor: ['US'],
    reports: [{ reportId: 'n', said: report, under, answers }],
  } as unknown as CommitmentFacts;
  const isAt = (slice: string, id: string) => slice === 'roadmaps' && id === 'r';
  const origin = {
    slice: 'commitments',
    id: 'c',
    named: [],
    lookUp: ({ slice }: { slice: string }, id: string) => (isAt(slice, id) ? { facts: basis } : undefined),
  } as unknown as Origin;
  const cause = { id: 'report', type: 'FulfilmentReported', data: {}, ...fact } as unknown as Fact;
  return implementByCommitment(cause, commitment, origin).map(({ id, command }) => {
    const { restsOn, basis: on } = command.data as { restsOn: readonly string[]; basis: string };
    return { id, type: command.type, restsOn, basis: on };
  });
}
const acknowledging = { fact: { id: 'answer', type: 'FulfilmentAcknowledged' } };
const words = ['asserted', 'undertaken'];

describe('Implementation begins by a report', () => {
  it('under a text that names the commitment, whatever becomes of what it names as its basis', () => {
    const named = { text: { irritantIds: ['i'], restsOn: ['agreed'], basis: 'direct' }, basis: null };
    const began = [{ id: 'i', type: 'ReachMilestone', restsOn: ['report', 'agreed'], basis: 'direct' }];
    expect(begun({ under: named })).toEqual(began);
    expect(begun({ under: named, basis: { ...text, terminated: word('RU', 't') } })).toEqual(began);
  });

  it('under the basis on which both have put the commitment', () => {
    expect(begun({})).toMatchObject([{ restsOn: ['report', 'a', 'b', ...words], basis: 'direct' }]);
    const onNotes = ['report', 'r', 's', 'c-RU', 'c-US', ...words];
    expect(begun({ basis: notes })).toMatchObject([{ restsOn: onNotes, basis: 'direct' }]);
    const others = { text: null, basis: [word('RU', 'asserted', 1, 'attributed'), word('US', 'undertaken')] };
    expect(begun({ under: others })).toMatchObject([{ basis: 'attributed' }]);
  });

  it('not under what one side alone put there', () => {
    expect(begun({ under: alone })).toEqual([]);
  });

  it.each([
    ['notes that are not complete', { ...notes, completed: null }],
    ['notes that cover the matter by one side’s word', { ...notes, coverage: notes.coverage.slice(0, 1) }],
    ['notes that one side has terminated', { ...notes, terminatedBy: [word('RU', 't')] }],
    ['a text that is not agreed', { ...text, agreed: null }],
    ['a text of other matters', { ...text, agreedIrritantIds: ['j'] }],
    ['a text that one side has terminated', { ...text, terminated: word('US', 't') }],
  ])('not under %s', (_case, basis) => {
    expect(begun({ basis })).toEqual([]);
  });

  it('and is on a better basis by its endorsement, unless the text had ended before the report', () => {
    const endorsing = { fact: { id: 'e', type: 'AttributionEndorsed', data: { target: 'report' } } };
    const ended = (at: number) => ({ ...text, terminated: word('RU', 't', at) });
    expect(begun({ ...endorsing, basis: ended(6) })).toMatchObject([{ type: 'BetterMilestone' }]);
    expect(begun({ ...endorsing, basis: ended(4) })).toEqual([]);
  });
});

describe('Implementation begins by an acknowledgement', () => {
  it('as the other half of what the obligor alone put under an agreement', () => {
    expect(begun({ ...acknowledging, under: alone, answered: otherHalf })).toMatchObject([
      { restsOn: ['report', 'answer', 'a', 'b'], basis: 'direct' },
    ]);
    const ended = { ...text, terminated: word('US', 't') };
    expect(begun({ ...acknowledging, under: alone, answered: otherHalf, basis: ended })).toEqual([]);
  });

  it('not anew where it began by the report: what that began is by the words of both from then on', () => {
    const confirmed = { type: 'BetterMilestone', restsOn: ['report', 'answer', 'a', 'b', ...words] };
    expect(begun({ ...acknowledging, answered: byBoth })).toMatchObject([confirmed]);
    const over = { ...text, terminated: word('US', 't', 6) };
    expect(begun({ ...acknowledging, answered: byBoth, basis: over })).toMatchObject([
      { type: 'BetterMilestone' },
    ]);
  });

  it('anew where what was agreed has been agreed since', () => {
    const anew = { ...text, agreed: { ...text.agreed, said: word('RU', 'anew', 6) } };
    expect(begun({ ...acknowledging, answered: byBoth, basis: anew })).toMatchObject([
      { restsOn: ['report', 'answer', 'anew', 'b', ...words] },
    ]);
  });
});
