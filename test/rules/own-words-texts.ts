import { aStep } from '../support/roadmap.js';
import type { Document } from '../support/desk.js';
import { words } from './matter.js';
import { lastOf } from './own-words-scene.js';
import type { Contrary, Said, Scene } from './own-words-scene.js';

type Version = { readonly version: number; readonly contentHash: string };

function tabled(scene: Scene, shown: Document): void {
  const { version, contentHash } = lastOf<Version>(shown, 'versions');
  scene.known = { ...scene.known, version, contentHash, adReferendum: false };
}
const proposal = (scene: Scene) => ({ form: 'proposal', irritantIds: scene.irritantIds, texts: words });
const ofRu = async (scene: Scene) =>
  tabled(scene, await scene.begin('proposals', 'TableProposal', proposal(scene)));
const ofUs = async (scene: Scene) =>
  tabled(scene, await scene.begin('proposals', 'TableProposal', proposal(scene), true));
const assented = async (scene: Scene) => {
  await ofRu(scene);
  await scene.ru(['AssentToProposal', scene.known]);
};
const assent = ({ known }: Scene): Said => ['AssentToProposal', known];
const confirmation = ({ known: { version, contentHash } }: Scene): Said => [
  'ConfirmAssentToProposal',
  { version, contentHash },
];
const withdrawal = ({ known: { version } }: Scene): object => ({ version });
const byRuAlone = { status: 'tabled', agreed: null, assents: [{ party: 'RU' }] };

const onProposals: readonly Contrary[] = [
  {
    says: 'declines a proposal that was assented to in its name',
    ground: ofRu,
    inItsName: (scene) => [assent(scene)],
    own: () => ['DeclineProposal'],
    shows: { status: 'declined', assents: [] },
    stages: ['under-consultation', 'raised'],
    isFirst: true,
  },
  {
    says: 'takes back an assent that was given in its name',
    ground: ofRu,
    inItsName: (scene) => [assent(scene)],
    own: (scene) => ['WithdrawAssentToProposal', withdrawal(scene)],
    shows: { status: 'tabled', assents: [], withdrawals: [{ party: 'US' }] },
    stages: ['under-consultation', 'raised'],
  },
  {
    says: 'declines what was agreed in its name',
    ground: assented,
    inItsName: (scene) => [assent(scene)],
    own: () => ['DeclineProposal'],
    shows: { status: 'declined', agreed: null, assents: [{ party: 'RU' }] },
    stages: ['agreed', 'raised'],
  },
  {
    says: 'takes back the assent by which something was agreed in its name',
    ground: assented,
    inItsName: (scene) => [assent(scene)],
    own: (scene) => ['WithdrawAssentToProposal', withdrawal(scene)],
    shows: byRuAlone,
    stages: ['agreed', 'raised'],
  },
  {
    says: 'lets its proposal lapse, to which it was said to assent, and so RU did',
    ground: ofUs,
    inItsName: (scene) => [assent(scene)],
    answered: (scene) => scene.ru(assent(scene)),
    own: () => ['LapseProposal'],
    shows: { status: 'lapsed', agreed: null, assents: [{ party: 'RU' }] },
  },
  {
    says: 'assents to what was declined in its name',
    ground: assented,
    inItsName: () => [['DeclineProposal']],
    own: assent,
    shows: { status: 'agreed' },
    stages: ['raised', 'agreed'],
    isFirst: true,
  },
  {
    says: 'assents to its proposal that was let lapse in its name',
    ground: ofUs,
    inItsName: () => [['LapseProposal']],
    own: assent,
    shows: { status: 'tabled', assents: [{ party: 'US', capacity: 'direct' }] },
    isFirst: true,
  },
  {
    says: 'confirms an assent ad referendum to what was terminated in its name, once its capital was said to confirm',
    ground: assented,
    inItsName: (scene) => [
      ['AssentToProposal', { ...scene.known, adReferendum: true }],
      confirmation(scene),
      ['TerminateProposal'],
    ],
    own: confirmation,
    shows: { status: 'agreed', terminated: null },
  },
  {
    says: 'declines what was agreed in its name by the word of its capital',
    ground: assented,
    inItsName: (scene) => [['AssentToProposal', { ...scene.known, adReferendum: true }], confirmation(scene)],
    own: () => ['DeclineProposal'],
    shows: { status: 'declined', assents: [{ party: 'RU' }] },
    stages: ['agreed', 'raised'],
  },
  {
    says: 'assents to what was terminated in its name',
    ground: assented,
    inItsName: (scene) => [assent(scene), ['TerminateProposal']],
    own: assent,
    shows: { status: 'agreed', terminated: null },
    stages: ['agreed', 'agreed'],
  },
];

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

const onRoadmaps: readonly Contrary[] = [
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

/** How a side answers a text, and what is done under it. */
export const onTexts: readonly Contrary[] = [...onProposals, ...onRoadmaps];
