import { among, fitting, irritantOf, newest, on, onItem, text } from './asking.js';
import type { Ask, Asks } from './asking.js';
import { claimAsks, own, theirs } from './claim-asks.js';
import type { Whose } from './claim-asks.js';
import { raising } from './stage.js';
import type { Side } from './stage.js';

interface Resolution {
  readonly resolutionId: string;
  readonly termsHash: string;
  readonly party: string;
  readonly state: string;
}
interface Linkage {
  readonly linkageId: string;
  readonly direction: string;
  readonly party: string;
}

const ofEither: Whose = () => true;

const irritantsMax = 3;
/** Now and then a word also gives the legal basis of its party. */
const basis = (twist: number) => (twist % 3 === 0 ? { legalBasis: [`VCDR art. ${twist}`] } : {});

const raise: Ask = ({ things, dialogueId }, { side, twist }) =>
  things.irritants.length >= irritantsMax
    ? undefined
    : ['irritants.RaiseIrritant', null, raising(dialogueId, side, twist % 3 === 0)];

function onTerms(name: string, whose: Whose, withHash = false): Ask {
  const fits = (one: Resolution, side: Side) => whose(one, side) && one.state === 'proposed';
  const body = (_: unknown, { termsHash }: Resolution) => (withHash ? { termsHash } : {});
  return onItem<Resolution>(['irritants', name], ['resolutions', 'resolutionId'], fits, body, null);
}

function onLinkage(name: string, whose: Whose = theirs): Ask {
  return async (stage, turn) => {
    const id = irritantOf(stage, turn);
    const { linkages } = (await stage.desk.read('irritants', id)) as unknown as { linkages: Linkage[] };
    const outgoing = linkages.filter((one) => one.direction === 'outgoing');
    const linkage = fitting(outgoing, (one) => whose(one, turn.side), turn);
    return linkage && [`irritants.${name}`, id, {}, { linkageId: linkage.linkageId }];
  };
}

const ofMatter = claimAsks('irritants', '');

const lowStages = ['raised', 'under-consultation', 'in-implementation', 'resolved'] as const;

export const irritantAsks = {
  raise,
  designate: on('irritants', 'DesignateIrritant', ({ side }) => ({ name: { en: `As ${side} calls it` } })),
  acceptTitle: on('irritants', 'AcceptTitle'),
  coRaise: on('irritants', 'CoRaiseIrritant'),
  acknowledge: on('irritants', 'AcknowledgeIrritant', () => ({ statement: text })),
  contest: on('irritants', 'ContestIrritant', ({ twist }) => ({ statement: text, ...basis(twist) })),
  position: on('irritants', 'StatePosition', ({ twist }) => ({
    stance: 'seeks-action',
    text,
    ...basis(twist),
  })),
  claim: ofMatter.claim,
  confirmClaim: ofMatter.confirm,
  denyClaim: ofMatter.deny,
  withdrawClaim: ofMatter.withdraw,
  assertLinkage: on('irritants', 'AssertLinkage', ({ twist }, present, { things }) => ({
    irritantId: newest(
      things.irritants.filter((one) => one !== present.id),
      twist,
    ),
    condition: 'together',
  })),
  acceptLinkage: onLinkage('AcceptLinkage'),
  rejectLinkage: onLinkage('RejectLinkage'),
  releaseLinkage: onLinkage('ReleaseLinkage', ofEither),
  retainLinkage: onLinkage('RetainLinkage', ofEither),
  reportPart: on('irritants', 'ReportPartialResolution', () => ({ text })),
  proposeTerms: on('irritants', 'ProposeResolution', () => ({ terms: text })),
  acceptTerms: onTerms('AcceptResolution', theirs, true),
  rejectTerms: onTerms('RejectResolution', theirs),
  takeBackTerms: onTerms('WithdrawResolutionAcceptance', theirs),
  withdrawTerms: onTerms('WithdrawResolutionProposal', own),
  suspend: on('irritants', 'SuspendIrritant'),
  resume: on('irritants', 'ResumeIrritant'),
  withdraw: on('irritants', 'WithdrawIrritant'),
  acceptWithdrawal: on('irritants', 'AcceptWithdrawal'),
  reopen: on('irritants', 'ReopenIrritant', (_turn, present) => {
    const closing = (present['milestones'] as { stage: string; eventId: string }[]).findLast(
      (one) => one.stage === present['stage'],
    );
    return closing && { closingEventId: closing.eventId, reason: text };
  }),
  proposeDormancy: on('irritants', 'ProposeDormancy'),
  acceptDormancy: on('irritants', 'MakeIrritantDormant'),
  withdrawDormancy: on('irritants', 'WithdrawDormancyProposal'),
  declineDormancy: on('irritants', 'DeclineDormancy'),
  openReview: on('irritants', 'OpenStageReview', ({ twist }) => ({
    stage: among(lowStages, twist),
    reason: text,
  })),
  concludeReview: on('irritants', 'ConcludeStageReview', ({ twist }, present) => ({
    stage: twist < 8 ? present['stage'] : among(lowStages, twist),
  })),
} satisfies Asks;
