import type { Document } from '../support/desk.js';
import { words } from './matter.js';
import { lastOf } from './own-words-scene.js';
import type { Contrary, Said, Scene } from './own-words-scene.js';

export type Version = { readonly version: number; readonly contentHash: string };

export function tabled(scene: Scene, shown: Document): void {
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
const adReferendum = ({ known }: Scene): Said => ['AssentToProposal', { ...known, adReferendum: true }];
const confirmation = ({ known: { version, contentHash } }: Scene): Said => [
  'ConfirmAssentToProposal',
  { version, contentHash },
];
export const withdrawal = ({ known: { version } }: Scene): object => ({ version });
const byRuAlone = { status: 'tabled', agreed: null, assents: [{ party: 'RU' }] };

/** How a side answers a text that one of both has tabled. */
export const onProposals: readonly Contrary[] = [
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
    says: 'confirms an assent ad referendum to what was declined in its name',
    ground: assented,
    inItsName: (scene) => [adReferendum(scene), ['DeclineProposal']],
    own: confirmation,
    shows: { status: 'agreed' },
  },
  {
    says: 'confirms an assent ad referendum to its proposal that was let lapse in its name',
    ground: ofUs,
    inItsName: (scene) => [adReferendum(scene), ['LapseProposal']],
    own: confirmation,
    shows: { status: 'tabled', assents: [{ party: 'US', confirmed: { capacity: 'direct' } }] },
  },
  {
    says: 'lets its proposal lapse that was agreed by the word of its capital in its name',
    ground: ofUs,
    inItsName: (scene) => [adReferendum(scene), confirmation(scene)],
    answered: (scene) => scene.ru(assent(scene)),
    own: () => ['LapseProposal'],
    shows: { status: 'lapsed', agreed: null, assents: [{ party: 'RU' }] },
  },
  {
    says: 'confirms an assent ad referendum to what was terminated in its name, once its capital was said to confirm',
    ground: assented,
    inItsName: (scene) => [adReferendum(scene), confirmation(scene), ['TerminateProposal']],
    own: confirmation,
    shows: { status: 'agreed', terminated: null },
  },
  {
    says: 'declines what was agreed in its name by the word of its capital',
    ground: assented,
    inItsName: (scene) => [adReferendum(scene), confirmation(scene)],
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
