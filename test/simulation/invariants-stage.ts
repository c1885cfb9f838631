import { expect } from '@jest/globals';
import { at, countedBefore, expectSame, ofKind, partiesOf, shown } from './told.js';
import type { Entry, Reached, Told } from './told.js';

type Words = readonly Entry[];
const ranks = ['raised', 'under-consultation', 'roadmap-in-principle', 'roadmap-agreed', 'in-implementation'];

function rankOf(stage: unknown): number {
  const rank = ranks.indexOf(String(stage));
  return rank === -1 ? ranks.length : rank;
}

/** One side alone brings the stage no further than `raised`, except that a sole raiser may withdraw. */
export function oneSideMovesNothing(told: Told): void {
  for (const reached of ofKind(told, 'irritant')) {
    for (const one of reached) {
      const speakers = told.entries
        .filter((each) => each.seq <= one.seq)
        .flatMap(({ event }) => event.act.party ?? []);
      if (new Set(speakers).size <= 1) expectRaised(one);
    }
  }
}

/** What was agreed, completed, held, discharged or returned by one side's word alone: nothing. */
export function nothingIsJoint(told: Told): void {
  for (const reached of ofKind(told, 'irritant')) reached.forEach(expectRaised);
  const joint = [
    ...['ConsultationBegan', 'RoadmapAgreedInPrinciple', 'RoadmapAgreed', 'ImplementationBegan'],
    ...[
      'IrritantResolved',
      'IrritantMadeDormant',
      'ExchangeCompleted',
      'ProposalAgreed',
      'RoadmapVersionAgreed',
    ],
    ...['RoadmapCompleted', 'StepStarted', 'StepAccepted', 'CommitmentDischarged'],
  ];
  expect(told.entries.filter(({ event }) => joint.includes(event.type)).map(at)).toEqual([]);
  for (const reached of ofKind(told, 'round'))
    expect(reached.at(-1)?.folded.slice.labels(reached.at(-1)?.folded.state)['held']).toBe('false');
  for (const reached of ofKind(told, 'asset'))
    expect(shown(reached.at(-1) as Reached)['returnedTo']).toBeNull();
}

function expectRaised(one: Reached): void {
  const { raisers, stage } = shown(one) as { raisers: readonly string[]; stage: string };
  const allowed = raisers.length === 1 ? ['raised', 'withdrawn'] : ['raised'];
  if (!allowed.includes(stage)) expectSame(one, { stage }, { stage: allowed });
}

/** The acts of parties that a derived event rests on, through whatever derived events lie between. */
function wordsBehind(told: Told, restsOn: readonly string[]): Words {
  return told.entries
    .filter(({ event }) => restsOn.includes(event.id))
    .flatMap((one) => {
      const deeper = (one.event.data as { restsOn?: readonly string[] }).restsOn;
      return one.event.act.party === null ? wordsBehind(told, deeper ?? []) : [one];
    });
}

function of(words: Words, ...types: readonly string[]): Words {
  return words.filter((one) => types.includes(one.event.type));
}

function naming(words: Words, irritantId: string): Words {
  return words.filter(({ event }) => event.data['irritantId'] === irritantId);
}

/** For each milestone that is derived: the words that both sides must have spoken for it. */
const joint: {
  readonly [type: string]: (told: Told, words: Words, one: Reached, irritantId: string) => readonly Words[];
} = {
  ConsultationBegan: (_told, words, one, irritantId) => {
    const discussed = naming(of(words, 'AgendaItemDiscussed', 'AccountPointRecorded'), irritantId);
    expectSame(one, { isDiscussed: discussed.length > 0 }, { isDiscussed: true });
    return [words.filter((one) => !discussed.includes(one))];
  },
  RoadmapAgreedInPrinciple: (_told, words, one) => {
    const { claimId } = one.event.data;
    return [
      words.filter(({ event }) => event.data['claimId'] === claimId && event.data['mode'] !== 'partial'),
    ];
  },
  RoadmapAgreed: (_told, words) => [of(words, 'RoadmapAssentGiven')],
  ImplementationBegan: (told, words, one, irritantId) => {
    const { kind, id } = one.event.data['by'] as { kind: string; id: string };
    if (kind === 'exchange') {
      const covering = naming(of(words, 'ExchangeCoverageAsserted'), irritantId);
      return [covering, of(words, 'ExchangeReported', 'NotePresented', 'NoteReplied')];
    }
    // One side starts its own step; what makes that a joint fact is the roadmap that both agreed on.
    const started = of(words, 'StepStarted');
    expectSame(one, { started: started.length }, { started: 1 });
    const agreements = (told.streams.get(`roadmap-${id}`) ?? []).filter(
      ({ event, seq }) => event.type === 'RoadmapVersionAgreed' && seq < (started[0]?.seq ?? 0),
    );
    return [
      wordsBehind(
        told,
        agreements.map(({ event }) => event.id),
      ).filter((word) => word.event.type === 'RoadmapAssentGiven'),
    ];
  },
  IrritantResolved: (_told, words) => [of(words, 'ResolutionProposed', 'ResolutionAccepted')],
};

function expectBoth(one: Entry, words: Words): void {
  const by = partiesOf(words);
  if (by.length < 2) expectSame(one, { words: words.map(at), by }, { by: ['RU', 'US'] });
  expectSame(one, words.filter((word) => word.seq > one.seq).map(at), []);
}

/** The words by which an act that is no consequence moved the stage. */
function wordsOfAct(one: Reached, stream: readonly Reached[]): Words | undefined {
  const before = countedBefore(stream, one.seq);
  const earlier = (type: string) => before.filter(({ event }) => event.type === type);
  switch (one.event.type) {
    case 'IrritantAcknowledged':
      return [one, ...stream.slice(0, 1)];
    case 'IrritantMadeDormant':
      return [one, ...earlier('DormancyProposed').slice(-1)];
    default:
      return undefined;
  }
}

/** Every raiser withdraws, those included that joined in raising it. */
function expectAllRaisers(one: Reached, stream: readonly Reached[]): void {
  const words = countedBefore(stream, one.seq + 1).filter(({ event }) => event.type === 'IrritantWithdrawn');
  const { raisers } = shown(one) as { raisers: readonly string[] };
  const silent = raisers.filter((raiser) => !partiesOf(words).includes(raiser));
  expectSame(one, { silent }, { silent: [] });
}

/** Every milestone rests on words of both sides, and nothing but a milestone raises the stage. */
export function milestonesRestOnBoth(told: Told): void {
  for (const stream of ofKind(told, 'irritant')) {
    for (const [index, one] of stream.entries()) {
      const { restsOn = [] } = one.event.data as { restsOn?: readonly string[] };
      const wanted = joint[one.event.type];
      const irritantId = one.folded.id;
      wanted?.(told, wordsBehind(told, restsOn), one, irritantId).forEach((words) => expectBoth(one, words));
      const before = stream[index - 1];
      const rose = before !== undefined && rankOf(shown(one)['stage']) > rankOf(shown(before)['stage']);
      if (!rose || wanted !== undefined) continue;
      if (one.event.type === 'IrritantWithdrawn') expectAllRaisers(one, stream);
      else expectBoth(one, wordsOfAct(one, stream) ?? []);
    }
  }
}
