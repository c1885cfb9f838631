import { words } from './matter.js';
import { lastOf } from './own-words-scene.js';
import type { Contrary, Said, Scene } from './own-words-scene.js';

const asserted = (body: object) => (scene: Scene) =>
  scene.begin('commitments', 'AssertCommitment', {
    ...{ obligors: ['RU'], beneficiaries: ['US'], mode: 'once', due: '2025-06-01' },
    ...{ irritantIds: scene.irritantIds, text: { en: 'RU pays the US.' } },
    ...body,
  });
/** RU owes it to the US. */
const owed = async (scene: Scene) => {
  await asserted({})(scene);
  await scene.ru(['UndertakeCommitment']);
};
/** RU says that it has done what it owes. */
const reported = async (scene: Scene) => {
  await owed(scene);
  const { reportId } = lastOf<{ reportId: string }>(await scene.ru(['ReportFulfilment']), 'reports');
  scene.known = { reportId };
};
const extending = (due: string): Said => ['ExtendCommitment', { due }];
const acknowledged: Said = ['AcknowledgeFulfilment'];
const waived: Said = ['WaiveCommitment'];
const byUs = { obligors: ['US'], beneficiaries: ['RU'] };

/** What the US says of what RU owes it, after a discharge or a release in its name. */
const stillOwed: readonly (readonly [own: Said, status: string])[] = [
  [['DisputeFulfilment'], 'disputed'],
  [['AllegeBreach', { reason: words }], 'fulfilment-reported'],
  [extending('2025-12-31'), 'fulfilment-reported'],
];

/** How a side takes something on, answers for it, and lets go of it. */
export const onDebts: readonly Contrary[] = [
  ...stillOwed.flatMap(([own, status]) =>
    [acknowledged, waived].map((said): Contrary => ({
      says: `says ${own[0]}, though ${said[0]} was said in its name`,
      ground: reported,
      inItsName: () => [said],
      own: () => own,
      shows: { status },
      ...(own[0] === 'DisputeFulfilment' && said === acknowledged ? { isFirst: true as const } : {}),
    })),
  ),
  {
    says: 'acknowledges as fulfilled what was waived in its name',
    ground: reported,
    inItsName: () => [waived],
    own: () => acknowledged,
    shows: { status: 'discharged', waivers: [] },
  },
  {
    says: 'acknowledges the report that was disputed in its name',
    ground: reported,
    inItsName: () => [['DisputeFulfilment']],
    own: () => acknowledged,
    shows: { status: 'discharged' },
    isFirst: true,
  },
  {
    says: 'waives what was acknowledged as fulfilled in its name',
    ground: reported,
    inItsName: () => [acknowledged],
    own: () => waived,
    shows: { status: 'waived' },
  },
  {
    says: 'declines what was undertaken in its name',
    ground: asserted(byUs),
    inItsName: () => [['UndertakeCommitment']],
    own: () => ['DeclineCommitment'],
    shows: { status: 'declined', inForceFor: [] },
    isFirst: true,
  },
  {
    says: 'declines what was undertaken and reported fulfilled in its name, and what RU acknowledged',
    ground: asserted(byUs),
    inItsName: () => [['UndertakeCommitment'], ['ReportFulfilment']],
    answered: (scene) => scene.ru(acknowledged),
    own: () => ['DeclineCommitment'],
    shows: { status: 'declined', inForceFor: [] },
  },
  {
    says: 'declines what it was itself said to assert',
    ground: (scene) =>
      scene.begin(
        'commitments',
        'AssertCommitment',
        { ...byUs, mode: 'once', irritantIds: scene.irritantIds, text: words },
        true,
      ),
    inItsName: () => [],
    own: () => ['DeclineCommitment'],
    shows: { status: 'declined' },
  },
  {
    says: 'undertakes what was declined in its name',
    ground: asserted(byUs),
    inItsName: () => [['DeclineCommitment']],
    own: () => ['UndertakeCommitment'],
    shows: { status: 'open', inForceFor: ['US'] },
    isFirst: true,
  },
  {
    says: 'names another date than the one to which it was said to extend',
    ground: async (scene) => {
      await owed(scene);
      await scene.ru(extending('2025-12-31'));
    },
    inItsName: () => [extending('2025-12-31')],
    own: () => extending('2025-09-01'),
    shows: { due: '2025-06-01' },
    isFirst: true,
  },
  {
    says: 'withdraws an allegation that was made in its name',
    ground: owed,
    inItsName: () => [['AllegeBreach', { reason: words }]],
    answered: async (scene) => {
      const { breachId } = lastOf<{ breachId: string }>(await scene.shown(), 'allegations');
      scene.known = { breachId };
    },
    own: ({ known }) => ['WithdrawBreach', {}, known],
    shows: { breachOpen: false },
  },
];
