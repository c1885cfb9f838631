import type { Kind } from './moves.js';

/** An act of the side that begins, or of the one that answers. */
export type Part = `${'one' | 'other'} ${Kind}`;
type Theme = readonly (readonly Part[])[];

const claims: Theme = [
  ['one acknowledge', 'other acknowledge'],
  ['one claim', 'other confirmClaim'],
  ['one claim', 'other denyClaim', 'one withdrawClaim'],
  ['one assertLinkage', 'other acceptLinkage', 'other rejectLinkage'],
  ['one position', 'other contest', 'other coRaise', 'one reportPart'],
  ['one raise', 'other coRaise', 'one designate', 'other designate', 'other acceptTitle'],
];

const talks: Theme = [
  [
    'one claimOfTalks',
    'other confirmOfTalks',
    'other claimOfTalks',
    'one denyOfTalks',
    'other withdrawOfTalks',
  ],
  ['one confirmHeld', 'other concludeRound', 'one discuss'],
  ['one discuss', 'one publishAccount', 'one accountPoint', 'other publishAccount'],
  ['one noteDivergence', 'other reconcile', 'one supersede'],
  ['one openExchange', 'other reportExchange', 'one cover', 'other cover'],
  [
    'one openExchange',
    'one presentNote',
    'other receiveNote',
    'other replyToNote',
    'one cover',
    'other cover',
  ],
  ['one cover', 'other cover', 'one legalCharacter', 'one effect', 'other terminateExchange'],
  ['one publishAccount', 'one supersede', 'one cancelRound', 'other nextRound'],
  ['one delegate', 'other thirdParty', 'one alias', 'other commentary'],
  ['one suspendDialogue', 'other schedule', 'other raise', 'one resumeDialogue'],
  ['one schedule', 'other discuss', 'other tableItem', 'one confirmHeld', 'other confirmHeld'],
];

const proposals: Theme = [
  ['one tableProposal', 'one assentToProposal', 'other assentToProposal'],
  ['one tableProposal', 'one assentToProposalAdReferendum', 'other assentToProposal', 'one confirmProposal'],
  ['one assentToProposal', 'other reviseProposal', 'other assentToProposal', 'one assentToProposal'],
  ['one assentToProposal', 'one withdrawFromProposal', 'other assentToProposal', 'one assentToProposal'],
  ['one reviseProposal', 'other declineProposal', 'one reviseProposal', 'one lapseProposal'],
  ['one assentToProposal', 'other assentToProposal', 'one terminateProposal'],
];

const roadmaps: Theme = [
  ['one draftRoadmap', 'one tableVersion', 'one assentToRoadmap', 'other assentToRoadmap'],
  [
    'one draftRoadmap',
    'one tableVersion',
    'one assentToRoadmap',
    'other assentToRoadmap',
    'one startStep',
    'one reportStep',
  ],
  ['one tableVersion', 'other assentToRoadmapAdReferendum', 'one assentToRoadmap', 'other confirmRoadmap'],
  ['one assentToRoadmap', 'other tableVersion', 'other assentToRoadmap', 'one assentToRoadmap'],
  ['one tableVersion', 'one assentToRoadmap', 'one withdrawFromRoadmap', 'other assentToRoadmap'],
];

const steps: Theme = [
  ['one startStep', 'one reportStep', 'other acceptStep'],
  [
    'one startStep',
    'other startStep',
    'one reportStep',
    'other reportStep',
    'one acceptStep',
    'other acceptStep',
  ],
  ['one startStep', 'one reportStep', 'other rejectStep', 'one reportStep', 'other acceptStep'],
  ['one blockStep', 'one unblockStep', 'other waiveStep'],
  ['one waiveStep', 'other waiveStep', 'one acceptStep', 'other acceptStep'],
];

const ends: Theme = [['one terminateRoadmap', 'other startStep', 'other draftRoadmap']];

const commitments: Theme = [
  ['one assertDebt', 'one undertake', 'other undertake', 'one report', 'other acknowledgeReport'],
  ['one undertake', 'other allege', 'one answerBreach', 'other withdrawBreach'],
  ['one undertake', 'other allege', 'other proposeTerms', 'one acceptTerms'],
  ['one report', 'other acknowledgeReport', 'other report', 'one acknowledgeReport'],
  ['one report', 'other dispute', 'one report', 'other acknowledgeReport'],
  ['one report', 'other report', 'one dispute', 'other acknowledgeReport'],
  ['one extend', 'other extend', 'other waive', 'one waive'],
];

/** What texts name of it, version after version, while its date is moved and what is fulfilled is reported. */
const named: Theme = [
  ['one tableVersion', 'one assentToRoadmap', 'other assentToRoadmap', 'one report', 'other report'],
  ['one extend', 'other extend', 'one tableVersion', 'one assentToRoadmap', 'other assentToRoadmap'],
  ['one tableProposal', 'one assentToProposal', 'other assentToProposal', 'other report', 'one report'],
  ['one report', 'other report', 'other acknowledgeReport', 'one acknowledgeReport'],
  ['one assertDebt', 'one undertake', 'one report', 'other acknowledgeReport'],
  ['one allege', 'other allege', 'one terminateRoadmap', 'other terminateProposal'],
];

const assets: Theme = [
  ['one registerAsset', 'other assertOwnership', 'one requestAccess', 'other grantAccess', 'one inspect'],
  ['one requestAccess', 'other denyAccess', 'one assessDamage', 'other disputeDamage'],
  ['one recordReturn', 'other recordReturn'],
];

const closing: Theme = [
  ['one proposeTerms', 'other acceptTerms'],
  ['one proposeTerms', 'other acceptTerms', 'other reopen'],
  ['other allege', 'one proposeTerms', 'other acceptTerms', 'other withdrawBreach', 'other acceptTerms'],
  ['one tableVersion', 'one proposeTerms', 'other acceptTerms', 'one waiveStep', 'other waiveStep'],
  ['one proposeTerms', 'one withdrawTerms', 'other proposeTerms', 'one rejectTerms'],
  ['one proposeDormancy', 'other acceptDormancy', 'one reopen'],
  ['one proposeDormancy', 'other declineDormancy'],
  ['one withdraw', 'other withdraw', 'other reopen'],
  ['one withdraw', 'other acceptWithdrawal', 'one reopen'],
  ['one proposeDormancy', 'one withdrawDormancy', 'other acceptDormancy'],
  ['one reopen', 'other reopen'],
];

const doubts: Theme = [
  ['one retract'],
  ['one retract', 'other retract'],
  ['one repudiate', 'one concludeActReview', 'other concludeActReview'],
  ['one disavow', 'other disavow'],
  ['one endorse', 'other disavow'],
  ['one join', 'one endorse', 'one disavow', 'other join'],
  ['one openReview', 'one concludeReview', 'other concludeReview'],
  ['one correct', 'one erase'],
  ['one requestErasure', 'other requestErasure'],
  ['one nameParty', 'one registerSource', 'other nameParty'],
];

const suspensions: Theme = [
  ['one suspend', 'other claim', 'one resume'],
  [
    'one suspend',
    'other tableProposal',
    'other startStep',
    'one assertDebt',
    'other proposeTerms',
    'one resume',
  ],
  [
    'one suspend',
    'one draftRoadmap',
    'other tableVersion',
    'other proposeDormancy',
    'one reviseProposal',
    'one resume',
  ],
  ['one resume', 'other resume', 'one resumeDialogue', 'other resumeDialogue'],
];

/** Words that took the place of earlier ones of the same side, and then are taken back. */
const seconds: Theme = [
  ['one extend', 'one extend', 'other extend', 'one retract'],
  ['one extend', 'other extend', 'one extend', 'one retract'],
  ['one recordReturn', 'one recordReturn', 'other recordReturn', 'one retract'],
  ['one assertOwnership', 'one assertOwnership', 'other assertOwnership', 'one retract'],
  ['one cover', 'one legalCharacter', 'one legalCharacter', 'other legalCharacter', 'one retract'],
  ['one openReview', 'one concludeReview', 'other concludeReview', 'one retract'],
  ['one reportPart', 'one position', 'other position', 'one position', 'one retract'],
  ['one cancelRound', 'one confirmHeld', 'other confirmHeld', 'one retract'],
];

export interface Plot {
  /** What a history begins with, so that there is something for the rest to be about. */
  readonly begins: readonly Part[];
  readonly goesOn: Theme;
}

const agreedRoadmap: readonly Part[] = [
  'one draftRoadmap',
  'one tableVersion',
  'one assentToRoadmap',
  'other assentToRoadmap',
  'one startStep',
];
const namedInText: readonly Part[] = [
  'one assertDebt',
  'other assertDebt',
  'one draftRoadmap',
  'one tableVersion',
  'one assentToRoadmap',
  'other assentToRoadmap',
];
const undertaken: readonly Part[] = ['one assertDebt', 'one undertake', 'other undertake'];

/** One side says one thing and then another, and the other side speaks to the first: what is taken back then? */
export const secondWords: Plot = {
  begins: [...undertaken, 'one registerAsset', 'one openExchange'],
  goesOn: seconds,
};

/** What belongs together: a history is mostly about one of these, for chance alone would hardly ever get far. */
export const plots: readonly Plot[] = [
  { begins: ['one acknowledge', 'other acknowledge'], goesOn: [...claims, ...closing, ...doubts] },
  { begins: ['one confirmHeld', 'other confirmHeld'], goesOn: [...talks, ...claims, ...doubts] },
  { begins: ['one tableProposal'], goesOn: [...proposals, ...doubts] },
  { begins: ['one draftRoadmap', 'one tableVersion'], goesOn: [...roadmaps, ...steps, ...doubts] },
  { begins: agreedRoadmap, goesOn: [...roadmaps, ...steps, ...steps, ...doubts] },
  { begins: agreedRoadmap, goesOn: [...steps, ...closing, ...ends] },
  { begins: undertaken, goesOn: [...commitments, ...closing] },
  { begins: undertaken, goesOn: [...commitments, ...proposals, ...doubts] },
  { begins: namedInText, goesOn: [...named, ...named, ...commitments, ...doubts] },
  { begins: ['one registerAsset'], goesOn: [...assets, ...assets, ...talks, ...doubts] },
  { begins: agreedRoadmap, goesOn: [...suspensions, ...roadmaps, ...steps, ...proposals, ...commitments] },
  secondWords,
];

export const allEpisodes: Theme = [
  ...[...claims, ...talks, ...proposals, ...roadmaps, ...steps],
  ...[...commitments, ...named, ...assets, ...closing, ...doubts, ...suspensions, ...seconds],
];
