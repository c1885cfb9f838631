import { RU, words } from './matter.js';
import { lastOf } from './own-words-scene.js';
import type { Contrary, Said, Scene } from './own-words-scene.js';

interface Terms {
  readonly resolutionId: string;
  readonly termsHash: string;
}

const claims = async (scene: Scene) => {
  const said = await scene.ru(['ClaimUnderstanding', { kind: 'roadmap-to-be-developed', text: words }]);
  const { claimId } = lastOf<{ claimId: string }>(said, 'claims');
  scene.known = { claimId };
};
const proposes = async (scene: Scene) => {
  const { resolutionId, termsHash } = lastOf<Terms>(
    await scene.ru(['ProposeResolution', { terms: words }]),
    'resolutions',
  );
  scene.known = { resolutionId, termsHash };
};
const letRest = (scene: Scene) => scene.ru(['ProposeDormancy']);
const links = async (scene: Scene) => {
  const irritantId = await scene.matter.begin(RU, 'irritants.RaiseIrritant', {
    raisers: ['RU'],
    respondents: ['US'],
    raisedBasis: 'stated',
    category: 'visas',
    title: { en: 'Another matter' },
  });
  const said = await scene.ru(['AssertLinkage', { irritantId, condition: 'together' }]);
  scene.known = { linkageId: lastOf<{ linkageId: string }>(said, 'linkages').linkageId };
};
const on =
  (command: string, body: object = {}) =>
  ({ known }: Scene): Said => [command, body, known];
const sameText = { mode: 'same-text' };

/** How a side answers, suspends, closes and links a matter. */
export const onIrritants: readonly Contrary[] = [
  {
    says: 'denies a claim that was confirmed in its name',
    ground: claims,
    inItsName: (scene) => [on('ConfirmUnderstanding', sameText)(scene)],
    own: on('DenyUnderstanding'),
    shows: { claims: [{ state: 'denied' }] },
    stages: ['roadmap-in-principle', 'raised'],
    isFirst: true,
  },
  {
    says: 'confirms a claim that was denied in its name',
    ground: claims,
    inItsName: (scene) => [on('DenyUnderstanding')(scene)],
    own: on('ConfirmUnderstanding', sameText),
    shows: { claims: [{ state: 'confirmed' }] },
    stages: ['raised', 'roadmap-in-principle'],
    isFirst: true,
  },
  {
    says: 'withdraws a claim that was made in its name, and that RU confirmed',
    inItsName: () => [['ClaimUnderstanding', { kind: 'roadmap-to-be-developed', text: words }]],
    answered: async (scene) => {
      scene.known = { claimId: lastOf<{ claimId: string }>(await scene.shown(), 'claims').claimId };
      await scene.ru(on('ConfirmUnderstanding', sameText)(scene));
    },
    own: on('WithdrawUnderstandingClaim'),
    shows: { claims: [] },
    stages: ['roadmap-in-principle', 'raised'],
  },
  {
    says: 'rejects terms that were accepted in its name',
    ground: proposes,
    inItsName: ({ known }) => [['AcceptResolution', known]],
    own: ({ known: { resolutionId } }) => ['RejectResolution', { resolutionId }],
    shows: { resolutions: [{ state: 'rejected' }] },
    stages: ['resolved', 'raised'],
    isFirst: true,
  },
  {
    says: 'accepts terms that were rejected in its name',
    ground: proposes,
    inItsName: ({ known: { resolutionId } }) => [['RejectResolution', { resolutionId }]],
    own: ({ known }) => ['AcceptResolution', known],
    shows: { resolutions: [{ state: 'accepted' }] },
    stages: ['raised', 'resolved'],
    isFirst: true,
  },
  {
    says: 'withdraws terms that were proposed in its name, and that RU accepted',
    inItsName: () => [['ProposeResolution', { terms: words }]],
    answered: async (scene) => {
      const { resolutionId, termsHash } = lastOf<Terms>(await scene.shown(), 'resolutions');
      scene.known = { resolutionId };
      await scene.ru(['AcceptResolution', { resolutionId, termsHash }]);
    },
    own: ({ known }) => ['WithdrawResolutionProposal', known],
    shows: { resolutions: [] },
    stages: ['resolved', 'raised'],
  },
  {
    says: 'declines to let rest what was let rest in its name',
    ground: letRest,
    inItsName: () => [['MakeIrritantDormant']],
    own: () => ['DeclineDormancy'],
    shows: {},
    stages: ['dormant', 'raised'],
    isFirst: true,
  },
  {
    says: 'lets rest what it was said to decline to let rest',
    ground: letRest,
    inItsName: () => [['DeclineDormancy']],
    own: () => ['MakeIrritantDormant'],
    shows: {},
    stages: ['raised', 'dormant'],
    isFirst: true,
  },
  {
    says: 'withdraws the proposal, made in its name, to let the matter rest, to which RU agreed',
    inItsName: () => [['ProposeDormancy']],
    answered: (scene) => scene.ru(['MakeIrritantDormant']),
    own: () => ['WithdrawDormancyProposal'],
    shows: {},
    stages: ['dormant', 'raised'],
  },
  {
    says: 'raises itself what was withdrawn in its name',
    inItsName: () => [['CoRaiseIrritant'], ['WithdrawIrritant']],
    answered: (scene) => scene.ru(['WithdrawIrritant']),
    own: () => ['CoRaiseIrritant'],
    shows: { raisers: ['RU', 'US'] },
    stages: ['withdrawn', 'raised'],
  },
  {
    says: 'resumes what was suspended in its name',
    inItsName: () => [['SuspendIrritant', { reason: words }]],
    own: () => ['ResumeIrritant'],
    shows: { overlays: [] },
  },
  {
    says: 'suspends what was resumed in its name',
    inItsName: () => [['SuspendIrritant', { reason: words }], ['ResumeIrritant']],
    own: () => ['SuspendIrritant', { reason: words }],
    shows: { overlays: ['suspended'] },
  },
  {
    says: 'rejects a linkage that was accepted in its name',
    ground: links,
    inItsName: (scene) => [on('AcceptLinkage')(scene)],
    own: on('RejectLinkage'),
    shows: { linkages: [{ state: 'rejected' }] },
    isFirst: true,
  },
  {
    says: 'accepts a linkage that was rejected in its name',
    ground: links,
    inItsName: (scene) => [on('RejectLinkage')(scene)],
    own: on('AcceptLinkage'),
    shows: { linkages: [{ state: 'accepted' }] },
    isFirst: true,
  },
  ...(['RetainLinkage', 'AcceptLinkage'] as const).map((command): Contrary => ({
    says: `holds to a linkage that was ended in its name (${command})`,
    ground: links,
    inItsName: (scene) => [on('AcceptLinkage')(scene), on('ReleaseLinkage')(scene)],
    answered: (scene) => scene.ru(on('ReleaseLinkage')(scene)),
    own: on(command),
    shows: { linkages: [{ state: 'accepted' }] },
  })),
  {
    says: 'takes another position than was stated in its name',
    inItsName: () => [['StatePosition', { stance: 'acknowledges', text: words }]],
    own: () => ['StatePosition', { stance: 'contests', text: words }],
    shows: { positions: { US: { stance: 'contests', capacity: 'direct' } } },
    isFirst: true,
  },
];
