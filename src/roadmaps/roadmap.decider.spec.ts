import { describe, expect, it } from '@jest/globals';
import type { Act } from '#libs/decider';
import { derived, endorsedAt, fact, forRu, forUs, idAt, RU, specification, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { roadmapCommands } from './roadmap.commands.js';
import { follows, roadmapDecider } from './roadmap.decider.js';

const { given, ask } = specification(roadmapDecider, 'roadmap-1', roadmapCommands);
const contentHash = 'a'.repeat(64);
const hash2 = 'b'.repeat(64);
const irritantIds = ['i-1'];

/** The US hands over keys after RU has named its officials; a counterpart of each side may be left out. */
const notice = { stepId: 's-notice', responsible: 'RU', after: [], mandatory: true };
const keys = { stepId: 's-keys', responsible: 'US', after: ['s-notice'], mandatory: true };
const plaque = { stepId: 's-plaque', responsible: 'US', after: [], mandatory: false };
const steps = [notice, keys, plaque];

const drafted = fact('RoadmapDrafted', RU, {
  dialogueId: 'd',
  parties: ['RU', 'US'],
  irritantIds,
  synthetic: false,
});
const version = (over: object = {}): object => ({
  contentHash,
  languages: ['en'],
  authentic: [],
  irritantIds,
  steps,
  ...over,
});
const tabled = (number: number, over: object = {}, act = RU) =>
  fact('RoadmapVersionTabled', act, {
    ...version({ contentHash: number === 1 ? contentHash : hash2, ...over }),
    version: number,
  });
/** Both sides' assents, the first of them at this place among the facts, and the agreement. */
const assents = (number: number, place: number, ru: Act = RU): readonly GivenFact[] => {
  const data = { version: number, contentHash: number === 1 ? contentHash : hash2 };
  const restsOn = [idAt(place), idAt(place + 1)];
  return [
    fact('RoadmapAssentGiven', ru, { ...data, adReferendum: false }),
    fact('RoadmapAssentGiven', US, { ...data, adReferendum: false }),
    fact('RoadmapVersionAgreed', derived, { ...data, irritantIds, basis: 'direct', restsOn }),
  ];
};
const agreed = [drafted, tabled(1), ...assents(1, 2)];
const on = (type: string, act: Act, stepId = 's-notice') => fact(type, act, { stepId });
const done = (stepId: string, by: Act, other: Act): readonly GivenFact[] => [
  on('StepStarted', by, stepId),
  on('StepReportedDone', by, stepId),
  on('StepAccepted', other, stepId),
];
const noticed = [...agreed, ...done('s-notice', RU, US)];
const keysReported = done('s-keys', US, RU).slice(0, 2);
const completed = fact('RoadmapCompleted', derived);
const table = (act: Act, over: object = {}, more: object = {}) =>
  ask('TableRoadmapVersion', act, version({ contentHash: hash2, ...over }), more);
const start = (act: Act, stepId = 's-notice', facts: object = {}) =>
  ask('StartStep', act, { stepId }, { facts });
const report = (act: Act, stepId = 's-notice') => ask('ReportStepDone', act, { stepId });
const acceptance = (act: Act, stepId = 's-notice') => ask('AcceptStep', act, { stepId });
const reject = (act: Act, stepId = 's-notice') => ask('RejectStep', act, { stepId });
const block = (act: Act, stepId = 's-notice') => ask('BlockStep', act, { stepId });
const unblock = (act: Act, stepId = 's-notice') => ask('UnblockStep', act, { stepId });
const waive = (act: Act, stepId = 's-notice') => ask('WaiveStep', act, { stepId });
const terminate = (act: Act) => ask('TerminateRoadmap', act);

describe('A step, whatever is written into the store past all rules,', () => {
  it('is reported by nobody but whoever owes it, and accepted, rejected or waived by the other side alone', () => {
    const started = [...agreed, on('StepStarted', RU)];
    const reported = [...started, on('StepReportedDone', RU)];
    for (const type of ['StepReportedDone', 'StepBlocked'])
      expect(given([...started, on(type, US)]).existing.progress).toEqual(given(started).existing.progress);
    for (const type of ['StepAccepted', 'StepRejected', 'StepWaived'])
      expect(given([...reported, on(type, RU)]).existing.progress).toEqual(given(reported).existing.progress);
  });
});

describe('A version of a roadmap', () => {
  it('gets the next number', () => {
    given([drafted, tabled(1)], table(US)).records({
      type: 'RoadmapVersionTabled',
      data: version({ contentHash: hash2, version: 2 }),
    });
  });
  it('is refused where its steps wait for each other, or name what is not there', () => {
    const circle = [{ ...notice, after: ['s-keys'] }, keys];
    given([drafted], table(RU, { steps: circle })).refuses('STEPS_IN_A_CIRCLE');
    given([drafted], table(RU, { steps: [keys] })).refuses('STEP_UNKNOWN');
    given([drafted], table(RU, { steps: [notice, notice] })).refuses('STEP_TWICE');
  });
  it('is refused where counterparts are not due together', () => {
    const apart = [
      { ...notice, due: '2025-09-01' },
      { ...plaque, counterpart: 's-notice', due: '2025-10-01' },
    ];
    given([drafted], table(RU, { steps: apart })).refuses('COUNTERPART_WRONG');
  });
  it('says in words what each step is, and of nothing else', () => {
    const words = { 's-notice': { en: 'a' }, 's-keys': { en: 'b' } };
    given([drafted], table(RU, {}, { content: { texts: words } })).refuses('STEP_WITHOUT_TEXT');
    const stray = { ...words, 's-plaque': { en: 'c' }, 's-none': { en: 'd' } };
    given([drafted], table(RU, {}, { content: { texts: stray } })).refuses('TEXT_WITHOUT_STEP');
  });
  it('has steps towards what it is about, and of nothing else', () => {
    given([drafted], table(RU, { steps: [{ ...notice, irritantIds: ['i-2'] }] })).refuses(
      'STEP_OF_ANOTHER_IRRITANT',
    );
    given(
      [drafted],
      table(RU, { irritantIds: ['i-1', 'i-2'], steps: [{ ...notice, irritantIds: ['i-2'] }] }),
    ).records('RoadmapVersionTabled');
  });
  it('ends the version before and the assents to it, but nothing of what is agreed', () => {
    const assent = assents(1, 2)[1] ?? drafted;
    given([drafted, tabled(1), assent], table(RU)).records({ type: 'RoadmapVersionTabled', ends: [1, 2] });
    given(agreed, table(RU)).records({ type: 'RoadmapVersionTabled', ends: [] });
  });
  it('does not hand a step that one side has begun to the other', () => {
    given(
      [...agreed, on('StepStarted', US, 's-plaque')],
      table(RU, { steps: [notice, { ...plaque, responsible: 'RU' }] }),
    ).refuses('STEP_UNDER_WAY');
  });
  it('drops the assents to the one before, and leaves what is agreed in force', () => {
    const { state } = given([...agreed, tabled(2)]);
    expect(state?.assents).toEqual([]);
    expect(state?.agreed?.version).toBe(1);
  });
});

describe('A step', () => {
  const begun = [...agreed, on('StepStarted', RU)];
  const reported = [...begun, on('StepReportedDone', RU)];
  const blocked = [...begun, on('StepBlocked', RU)];
  const owed = [4, 1];
  it('is taken only under an agreed version that has it', () => {
    given([drafted, tabled(1)], start(US, 's-plaque')).refuses('ROADMAP_NOT_AGREED');
    given(agreed, start(US, 's-none')).refuses('STEP_UNKNOWN');
  });
  it('is started, reported and said to be blocked by the side that owes it', () => {
    given(agreed, start(RU)).records('StepStarted');
    given(agreed, start(US)).refuses('NOT_RESPONSIBLE');
    given(begun, report(US)).refuses('NOT_RESPONSIBLE');
    given(agreed, block(US)).refuses('NOT_RESPONSIBLE');
  });
  it('rests on the agreement under which it is owed, and on what it answers', () => {
    given(agreed, start(RU)).records({ type: 'StepStarted', restsOn: owed });
    given(begun, report(RU)).records({ type: 'StepReportedDone', restsOn: [5, ...owed] });
    given(reported, acceptance(US)).records({ type: 'StepAccepted', restsOn: [6, ...owed] });
    given(reported, reject(US)).records({ type: 'StepRejected', restsOn: [6, ...owed], ends: [6] });
    given(blocked, unblock(RU)).records({ type: 'StepUnblocked', restsOn: [6, ...owed], ends: [6] });
  });
  it('that is waived rests on the assent of the side that is released, which has its release for good', () => {
    given(agreed, waive(RU, 's-plaque')).records({ type: 'StepWaived', restsOn: [3, 4, 1] });
  });
  it('that comes after others is accepted on the words by which those were settled', () => {
    given([...noticed, ...keysReported], acceptance(RU, 's-keys')).records(
      { type: 'StepAccepted', restsOn: [9, 7, 4, 1] },
      'RoadmapCompleted',
    );
  });
  it('said by its side to be blocked is not said to be free by anybody else', () => {
    given([...agreed, on('StepBlocked', RU)], unblock(forRu)).refuses('OWN_WORD_STANDS');
  });
  it('may be reported done, and said to be blocked, again and again', () => {
    given(reported, report(RU)).records('StepReportedDone');
    given(blocked, block(RU)).records('StepBlocked');
    given(reported, report(forRu)).changesNothing();
  });
  it('is reported done after it was started', () => {
    given(agreed, report(RU)).refuses('STEP_NOT_STARTED');
    given(begun, report(RU)).records('StepReportedDone');
  });
  it('is not reported done while it is blocked', () => {
    given(blocked, report(RU)).refuses('STEP_BLOCKED');
    given(blocked, unblock(RU)).records('StepUnblocked');
    given([...blocked, on('StepUnblocked', RU)], report(RU)).records('StepReportedDone');
  });
  it('said by its side to be blocked after it was reported done is not accepted, until that is said to be over', () => {
    const since = [...reported, on('StepBlocked', RU)];
    given(since, acceptance(US)).refuses('STEP_BLOCKED');
    given([...since, on('StepUnblocked', RU)], acceptance(US)).records('StepAccepted');
  });
  it('reported done by its side itself is not said in its name to be blocked', () => {
    given(reported, block(forRu)).refuses('OWN_WORD_STANDS');
  });
  it('is accepted or rejected by the other side, once it is reported', () => {
    given(reported, acceptance(US)).records('StepAccepted');
    given(reported, acceptance(RU)).refuses('OWN_STEP');
    given(reported, reject(US)).records('StepRejected');
    given(agreed, acceptance(US)).refuses('STEP_NOT_REPORTED');
    given(agreed, reject(US)).refuses('STEP_NOT_REPORTED');
    const rejected = [...reported, on('StepRejected', US)];
    given(rejected, acceptance(US)).refuses('STEP_NOT_REPORTED');
    given(rejected, reject(US)).changesNothing();
    given(rejected, report(RU)).records('StepReportedDone');
  });
  it('is not accepted before those that it comes after, unless they are waived', () => {
    const ready = [...agreed, ...keysReported];
    given(ready, acceptance(RU, 's-keys')).refuses('STEP_DEPENDS_ON_OTHERS');
    given([...ready, on('StepWaived', US)], acceptance(RU, 's-keys')).records(
      'StepAccepted',
      'RoadmapCompleted',
    );
  });
  it('is waived by the side to which it is owed', () => {
    given(agreed, waive(RU, 's-plaque')).records('StepWaived');
    given(agreed, waive(US, 's-plaque')).refuses('OWN_STEP');
    given([...agreed, on('StepWaived', RU, 's-plaque')], waive(RU, 's-plaque')).changesNothing();
  });
  it('once accepted is neither rejected, waived nor begun again', () => {
    given(noticed, reject(US)).refuses('STEP_SETTLED');
    given(noticed, waive(US)).refuses('STEP_SETTLED');
    given(noticed, acceptance(US)).changesNothing();
    given(noticed, start(RU)).changesNothing();
    given(noticed, block(RU)).refuses('STEP_SETTLED');
  });
  it('that was attributed to a side can still be said by that side itself', () => {
    const attributed = [...agreed, on('StepStarted', forRu)];
    given(attributed, start(RU)).records('StepStarted');
    given(attributed, start(forRu)).changesNothing();
  });
});

describe('A roadmap', () => {
  it('is completed with its last mandatory step, optional ones left aside', () => {
    given([...noticed, ...keysReported], acceptance(RU, 's-keys')).records(
      'StepAccepted',
      'RoadmapCompleted',
    );
  });
  it('is amended by a new agreed version without losing what was done', () => {
    const amended = { steps: [notice, keys, { ...plaque, mandatory: true }] };
    const { state } = given([...noticed, tabled(2, amended), ...assents(2, 9)]);
    expect(state?.agreed?.version).toBe(2);
    const all = { irritantIds };
    expect(state?.openMandatorySteps).toEqual([
      { stepId: 's-keys', ...all },
      { stepId: 's-plaque', ...all },
    ]);
  });
  it('is completed by an amendment that leaves no mandatory step open', () => {
    const ready = [...noticed, tabled(2, { steps: [notice, plaque] }), assents(2, 9)[0] ?? drafted];
    const data = { version: 2, contentHash: hash2, adReferendum: false };
    given(ready, ask('AssentToRoadmap', US, data)).records(
      'RoadmapAssentGiven',
      'RoadmapVersionAgreed',
      'RoadmapCompleted',
    );
  });
  it('that was completed is open again where an amendment adds a mandatory step', () => {
    const over = [...noticed, ...done('s-keys', US, RU), completed];
    expect(given(over).state?.completed).not.toBeNull();
    const amended = { steps: [notice, keys, { ...plaque, mandatory: true }] };
    expect(given([...over, tabled(2, amended), ...assents(2, 13)]).state?.completed).toBeNull();
  });
  it('is terminated by either side, and then takes no more acts', () => {
    given(agreed, terminate(US)).records('RoadmapTerminated');
    const over = [...agreed, fact('RoadmapTerminated', US)];
    given(over, terminate(US)).changesNothing();
    given(over, terminate(RU)).records('RoadmapTerminated');
    given(over, start(RU)).refuses('ROADMAP_TERMINATED');
    given(over, table(RU)).refuses('ROADMAP_TERMINATED');
    expect(given(over).state?.openMandatorySteps).toEqual([]);
  });

  it('is terminated by one side in its own name: what both agreed on stays in sight', () => {
    given(agreed, terminate(US)).records({ type: 'RoadmapTerminated', restsOn: [4], ends: [4, 2, 3] });
    given(agreed, terminate(forUs)).refuses('OWN_WORD_STANDS');
    const { state } = given([...agreed, fact('RoadmapTerminated', US)]);
    expect(state).toMatchObject({ agreed: { version: 1 }, terminated: { party: 'US' } });
  });
  it('is completed once more when a side says itself what was attributed to it', () => {
    const facts = [...noticed, on('StepWaived', forRu, 's-keys'), completed];
    given(facts, waive(RU, 's-keys')).records('StepWaived', 'RoadmapCompleted');
  });
  it('is agreed directly once the side that was said to have assented has endorsed that', () => {
    const basis = (ru: Act) => given([drafted, tabled(1), ...assents(1, 2, ru)]).state?.agreed?.basis;
    expect(basis(forRu)).toBe('attributed');
    expect(basis(endorsedAt(4, 'RU'))).toBe('direct');
  });
  it('has a step started by the own word of a side, also where it endorses the earlier one later', () => {
    const start = (act: Act) => on('StepStarted', act, 's-keys');
    const startedBy = (first: Act) =>
      given([...agreed, start(first), start(US)]).state?.progress['s-keys']?.started?.eventId;
    const own = idAt(agreed.length + 1);
    expect(startedBy(forUs)).toBe(own);
    expect(startedBy(endorsedAt(agreed.length + 2, 'US'))).toBe(own);
  });
  it('over two irritants has, for each, the steps towards it', () => {
    const both = ['i-1', 'i-2'];
    const over = {
      irritantIds: both,
      steps: [{ ...notice, irritantIds: ['i-1'] }, keys, { ...plaque, irritantIds: ['i-2'] }],
    };
    expect(given([drafted, tabled(1, over), ...assents(1, 2)]).state).toMatchObject({
      openMandatorySteps: [
        { stepId: 's-notice', irritantIds: ['i-1'] },
        { stepId: 's-keys', irritantIds: both },
      ],
    });
  });
  it('is not completed where nothing is agreed yet, as at a date before the agreement', () => {
    expect(given([drafted, tabled(1), completed]).state?.completed).toBeNull();
  });
  it('begins on the own word of a side that was first said to have begun', () => {
    const facts = [...agreed, on('StepStarted', forUs, 's-plaque'), on('StepStarted', US, 's-plaque')];
    const { state } = given(facts);
    expect(state?.starts).toMatchObject([{ said: { eventId: idAt(6), capacity: 'direct' } }]);
    given(facts, start(US, 's-plaque')).changesNothing();
  });
  it('is about what is in force and what is on the table', () => {
    const { state } = given([...agreed, tabled(2, { irritantIds: ['i-2'] })]);
    expect(state?.irritantIds).toEqual(['i-1', 'i-2']);
    expect(state?.agreedIrritantIds).toEqual(['i-1']);
  });
});

describe('Once what stood in its way has fallen', () => {
  const due = (...facts: readonly GivenFact[]) => follows(given(facts).existing).map((one) => one.type);
  const settled = [...noticed, ...done('s-keys', US, RU)];

  it('a roadmap is agreed by the assents of both, and completed by what was done under that', () => {
    expect(due(...agreed.slice(0, -1))).toEqual(['RoadmapVersionAgreed']);
    expect(due(...settled)).toEqual(['RoadmapCompleted']);
  });
  it('nothing follows from one assent, from an open mandatory step, or once more', () => {
    expect(due(...agreed.slice(0, -2))).toEqual([]);
    expect(due(...agreed)).toEqual([]);
    expect(due(...settled.slice(0, -1))).toEqual([]);
    expect(due(...settled, completed)).toEqual([]);
  });
});
