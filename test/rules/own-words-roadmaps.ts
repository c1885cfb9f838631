import { aStep } from '../support/roadmap.js';
import { words } from './matter.js';
import type { Contrary, Said, Scene } from './own-words-scene.js';
import { tabled, withdrawal } from './own-words-texts.js';
import type { Version } from './own-words-texts.js';

const planned = (responsible: 'RU' | 'US') => async (scene: Scene) => {
  await scene.begin('roadmaps', 'DraftRoadmap', { irritantIds: scene.irritantIds });
  const step = aStep({ responsible });
  const texts = { [step.stepId]: words };
  tabled(
    scene,
    await scene.ru(['TableRoadmapVersion', { irritantIds: scene.irritantIds, steps: [step], texts }]),
  );
  const { version, contentHash, adReferendum } = scene.known;
  scene.known = { assent: { version, contentHash, adReferendum }, version, stepId: step.stepId };
  await scene.ru(['AssentToRoadmap', { version, contentHash, adReferendum }]);
};
const accord = ({ known }: Scene): Said => ['AssentToRoadmap', known['assent'] as object];
const onStep =
  (command: string) =>
  ({ known: { stepId } }: Scene): Said => [command, {}, { stepId }];
/** RU agrees on a step of its own, and reports it done. */
const done = async (scene: Scene) => {
  await planned('RU')(scene);
  await scene.inTheNameOfUs(accord(scene));
  await scene.ru(onStep('StartStep')(scene));
  await scene.ru(onStep('ReportStepDone')(scene));
};
const owed = async (scene: Scene) => {
  await planned('US')(scene);
  await scene.inTheNameOfUs(accord(scene));
};
/** What the US answers to a step of RU, after it was said to answer otherwise. */
const answers: readonly (readonly [said: string, own: string, status: string, isFirst?: true])[] = [
  ['AcceptStep', 'RejectStep', 'agreed', true],
  ['AcceptStep', 'WaiveStep', 'completed'],
  ['WaiveStep', 'RejectStep', 'agreed'],
  ['WaiveStep', 'AcceptStep', 'completed'],
  ['RejectStep', 'AcceptStep', 'completed', true],
];

/** What the US can only say of a roadmap that is in force, after it was said to terminate it. */
const goingOn: readonly (readonly [
  own: string,
  ground: (scene: Scene) => Promise<unknown>,
  ...before: string[],
])[] = [
  ['AcceptStep', done],
  ['RejectStep', done],
  ['WaiveStep', done],
  ['BlockStep', owed],
  ['StartStep', owed],
  ['ReportStepDone', owed, 'StartStep'],
];

/** How a side answers a roadmap, and the steps under it. */
export const onRoadmaps: readonly Contrary[] = [
  ...goingOn.map(([own, ground, ...before]): Contrary => ({
    says: `says ${own} under a roadmap that was terminated in its name`,
    ground,
    inItsName: (scene) => [...before.map((one) => onStep(one)(scene)), ['TerminateRoadmap']],
    own: onStep(own),
    shows: { terminated: null },
  })),
  ...answers.map(([said, own, status]): Contrary => ({
    says: `says ${own} of a step of which ${said} was said in its name`,
    ground: done,
    inItsName: (scene) => [onStep(said)(scene)],
    own: onStep(own),
    shows: { status },
  })),
  {
    says: 'takes back the assent by which a roadmap was agreed in its name',
    ground: planned('RU'),
    inItsName: (scene) => [accord(scene)],
    own: (scene) => ['WithdrawRoadmapAssent', withdrawal(scene)],
    shows: { status: 'tabled', assents: [{ party: 'RU' }] },
    stages: ['roadmap-agreed', 'raised'],
  },
  {
    says: 'reports done a step that was said in its name to be blocked',
    ground: owed,
    inItsName: (scene) => [onStep('StartStep')(scene), onStep('BlockStep')(scene)],
    own: onStep('ReportStepDone'),
    shows: { status: 'agreed' },
  },
  {
    says: 'says that a step is blocked that was reported done in its name, and that RU accepted',
    ground: owed,
    inItsName: (scene) => [onStep('StartStep')(scene), onStep('ReportStepDone')(scene)],
    answered: (scene) => scene.ru(onStep('AcceptStep')(scene)),
    own: onStep('BlockStep'),
    shows: { status: 'agreed' },
    stages: ['in-implementation', 'in-implementation'],
  },
  {
    says: 'tables another version of a roadmap that was terminated in its name',
    ground: owed,
    inItsName: () => [['TerminateRoadmap']],
    own: ({ irritantIds }) => ['TableRoadmapVersion', { irritantIds, steps: [], texts: { preamble: words } }],
    shows: { status: 'agreed', version: 2 },
  },
  {
    says: 'confirms ad referendum an assent to a roadmap that was terminated in its name',
    ground: planned('US'),
    inItsName: ({ known }) => [
      ['AssentToRoadmap', { ...(known['assent'] as object), adReferendum: true }],
      ['TerminateRoadmap'],
    ],
    own: ({ known: { assent: to } }) => {
      const { version, contentHash } = to as Version;
      return ['ConfirmRoadmapAssent', { version, contentHash }];
    },
    shows: { status: 'agreed' },
  },
  {
    says: 'assents to a roadmap that was terminated in its name',
    ground: owed,
    inItsName: () => [['TerminateRoadmap']],
    own: accord,
    shows: { status: 'agreed', terminated: null },
  },
];
