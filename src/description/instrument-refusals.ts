import type { commitmentCommands } from '../commitments/commitment.commands.js';
import type { commitmentProblems } from '../commitments/commitment.problems.js';
import type { assetCommands } from '../assets/asset.commands.js';
import type { assetProblems } from '../assets/asset.problems.js';
import type { proposalCommands } from '../proposals/proposal.commands.js';
import type { proposalProblems } from '../proposals/proposal.problems.js';
import type { roadmapCommands } from '../roadmaps/roadmap.commands.js';
import type { roadmapProblems } from '../roadmaps/roadmap.problems.js';

/** A command that has no line here does not compile, and neither does a code that its slice does not have. */
export type Refusing<C, P> = { readonly [command in keyof C]: readonly (keyof P)[] };

const asset: Refusing<typeof assetCommands, typeof assetProblems> = {
  RegisterAsset: [],
  AssertOwnership: [],
  RequestAccess: ['ASSET_RETURNED', 'HOLDER_ASKS_ITSELF'],
  GrantAccess: ['ACCESS_UNKNOWN', 'OWN_REQUEST', 'ASSET_RETURNED', 'OWN_WORD_STANDS'],
  DenyAccess: ['ACCESS_UNKNOWN', 'OWN_REQUEST', 'ASSET_RETURNED', 'OWN_WORD_STANDS'],
  RecordInspection: ['ASSET_RETURNED', 'ACCESS_UNKNOWN', 'ACCESS_NOT_GRANTED'],
  AssessDamage: ['INSPECTION_UNKNOWN'],
  DisputeDamage: ['DAMAGE_UNKNOWN', 'OWN_ASSESSMENT', 'AMOUNT_WITHOUT_CURRENCY'],
  RecordReturn: ['ASSET_RETURNED'],
};

const tabling = ['WORDS_REQUIRED', 'AUTHENTIC_WITHOUT_TEXT', 'COMMITMENT_WRONG'] as const;
const assenting = ['VERSION_UNKNOWN', 'VERSION_SUPERSEDED', 'TEXT_MISMATCH'] as const;

const withdrawing = [
  'VERSION_UNKNOWN',
  'VERSION_SUPERSEDED',
  'NO_ASSENT',
  'VERSION_AGREED',
  'OWN_WORD_STANDS',
] as const;
const onProposal = ['PROPOSAL_TERMINATED'] as const;

const proposal: Refusing<typeof proposalCommands, typeof proposalProblems> = {
  TableProposal: tabling,
  ReviseProposal: [...onProposal, ...tabling, 'VERSION_AGREED', 'OWN_WORD_STANDS'],
  AssentToProposal: [...onProposal, ...assenting, 'NON_PAPER', 'NOT_ON_THE_TABLE', 'OWN_WORD_STANDS'],
  ConfirmAssentToProposal: [...onProposal, ...assenting, 'NO_ASSENT', 'NOT_ON_THE_TABLE'],
  WithdrawAssentToProposal: [...onProposal, ...withdrawing],
  TerminateProposal: ['PROPOSAL_NOT_AGREED', 'OWN_WORD_STANDS'],
  DeclineProposal: [...onProposal, 'OWN_PROPOSAL', 'VERSION_AGREED', 'NOT_ON_THE_TABLE', 'OWN_WORD_STANDS'],
  LapseProposal: [...onProposal, 'NOT_OWN_PROPOSAL', 'VERSION_AGREED', 'NOT_ON_THE_TABLE', 'OWN_WORD_STANDS'],
};

const onRoadmap = ['ROADMAP_TERMINATED'] as const;
const onText = [...onRoadmap, ...assenting] as const;
const onStep = [...onRoadmap, 'ROADMAP_NOT_AGREED', 'STEP_UNKNOWN'] as const;

const roadmap: Refusing<typeof roadmapCommands, typeof roadmapProblems> = {
  DraftRoadmap: [],
  TableRoadmapVersion: [
    ...onRoadmap,
    ...tabling,
    'STEP_UNKNOWN',
    'STEP_TWICE',
    'STEPS_IN_A_CIRCLE',
    'COUNTERPART_WRONG',
    'STEP_WITHOUT_TEXT',
    'TEXT_WITHOUT_STEP',
    'STEP_UNDER_WAY',
    'STEP_OF_ANOTHER_IRRITANT',
    'OWN_WORD_STANDS',
  ],
  AssentToRoadmap: [...onText, 'OWN_WORD_STANDS'],
  ConfirmRoadmapAssent: [...onText, 'NO_ASSENT'],
  WithdrawRoadmapAssent: [...onRoadmap, ...withdrawing],
  StartStep: [...onStep, 'NOT_RESPONSIBLE', 'STEP_SETTLED'],
  ReportStepDone: [...onStep, 'NOT_RESPONSIBLE', 'STEP_SETTLED', 'STEP_NOT_STARTED', 'STEP_BLOCKED'],
  AcceptStep: [
    ...onStep,
    'OWN_STEP',
    'STEP_SETTLED',
    'STEP_NOT_REPORTED',
    'STEP_BLOCKED',
    'STEP_DEPENDS_ON_OTHERS',
  ],
  RejectStep: [...onStep, 'OWN_STEP', 'STEP_SETTLED', 'STEP_NOT_REPORTED'],
  BlockStep: [...onStep, 'NOT_RESPONSIBLE', 'STEP_SETTLED', 'OWN_WORD_STANDS'],
  UnblockStep: [...onStep, 'NOT_RESPONSIBLE', 'OWN_WORD_STANDS'],
  WaiveStep: [...onStep, 'OWN_STEP', 'STEP_SETTLED'],
  TerminateRoadmap: ['OWN_WORD_STANDS'],
};

const commitment: Refusing<typeof commitmentCommands, typeof commitmentProblems> = {
  AssertCommitment: ['NO_OTHER_BENEFICIARY', 'CONDITIONS_REQUIRED', 'CONDITIONS_UNEXPECTED'],
  UndertakeCommitment: ['NOT_AN_OBLIGOR', 'COMMITMENT_ENDED', 'OWN_WORD_STANDS'],
  DeclineCommitment: ['NOT_AN_OBLIGOR', 'IN_FORCE', 'OWN_ASSERTION', 'COMMITMENT_ENDED'],
  ReportFulfilment: ['NOT_AN_OBLIGOR', 'NOT_IN_FORCE', 'COMMITMENT_ENDED'],
  AcknowledgeFulfilment: [
    'NOT_A_BENEFICIARY',
    'COMMITMENT_ENDED',
    'NOTHING_REPORTED',
    'REPORT_UNKNOWN',
    'SEVERAL_REPORTS',
    'OWN_WORD_STANDS',
  ],
  DisputeFulfilment: [
    'NOT_A_BENEFICIARY',
    'COMMITMENT_ENDED',
    'NOTHING_REPORTED',
    'REPORT_UNKNOWN',
    'SEVERAL_REPORTS',
    'OWN_WORD_STANDS',
  ],
  AllegeBreach: ['NOT_A_BENEFICIARY', 'COMMITMENT_ENDED', 'NOT_IN_FORCE'],
  AnswerBreach: ['BREACH_UNKNOWN', 'OWN_ALLEGATION', 'BREACH_CLOSED'],
  WithdrawBreach: ['BREACH_UNKNOWN', 'NOT_YOUR_ALLEGATION', 'BREACH_CLOSED'],
  ExtendCommitment: ['COMMITMENT_ENDED'],
  WaiveCommitment: ['NOT_A_BENEFICIARY', 'COMMITMENT_ENDED'],
};

/** The rules of what is proposed, planned, undertaken and at issue. */
export const instrumentRefusals: { readonly [command: string]: readonly string[] } = {
  ...proposal,
  ...roadmap,
  ...commitment,
  ...asset,
};
