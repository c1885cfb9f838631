import { instrumentRefusals } from './instrument-refusals.js';
import type { Refusing } from './instrument-refusals.js';
import type { dialogueCommands } from '../dialogues/dialogue.commands.js';
import type { dialogueProblems } from '../dialogues/dialogue.problems.js';
import type { exchangeCommands } from '../exchanges/exchange.commands.js';
import type { exchangeProblems } from '../exchanges/exchange.problems.js';
import type { irritantCommands } from '../irritants/irritant.commands.js';
import type { irritantProblems } from '../irritants/irritant.problems.js';
import type { amendmentCommands } from '../platform/commands/amendment.commands.js';
import type { PlatformCode } from '../platform/problems/platform.problems.js';
import type { roundCommands } from '../rounds/round.commands.js';
import type { roundProblems } from '../rounds/round.problems.js';
import type { sourceCommands } from '../sources/source.commands.js';
import type { sourceProblems } from '../sources/source.problems.js';

const dialogue: Refusing<typeof dialogueCommands, typeof dialogueProblems> = {
  OpenDialogue: ['KEY_PREFIX_TAKEN'],
  JoinDialogue: [],
  NameParty: [],
  SuspendDialogue: [],
  ResumeDialogue: ['OWN_WORD_STANDS'],
  RecordPartyAlias: [],
  AssertThirdPartyRole: ['NOT_A_THIRD_PARTY'],
  RecordCommentary: [],
};

const answering = [
  'CLAIM_UNKNOWN',
  'OWN_CLAIM',
  'CLAIM_WITHDRAWN',
  'OWN_WORD_STANDS',
  'IRRITANT_CLOSED',
] as const;

const irritant: Refusing<typeof irritantCommands, typeof irritantProblems> = {
  RaiseIrritant: ['RAISER_NOT_ACTING', 'NO_OTHER_RESPONDENT', 'DESIGNATION_OF_ANOTHER'],
  DesignateIrritant: [],
  AcceptTitle: ['OWN_TITLE'],
  CoRaiseIrritant: ['IRRITANT_CLOSED'],
  AcknowledgeIrritant: ['NO_RAISER', 'NOT_A_RESPONDENT', 'IRRITANT_CLOSED'],
  ContestIrritant: ['IRRITANT_CLOSED'],
  StatePosition: ['RESTATED_UNKNOWN'],
  ClaimUnderstanding: ['RESTATED_UNKNOWN', 'IRRITANT_CLOSED'],
  ConfirmUnderstanding: [...answering, 'TEXT_MISMATCH', 'TEXT_REQUIRED'],
  DenyUnderstanding: [...answering, 'CLAIM_ALREADY_CONFIRMED'],
  WithdrawUnderstandingClaim: [
    'CLAIM_UNKNOWN',
    'NOT_OWN_CLAIM',
    'CLAIM_ALREADY_CONFIRMED',
    'OWN_WORD_STANDS',
    'IRRITANT_CLOSED',
  ],
  AssertLinkage: ['LINKED_TO_ITSELF', 'LINKAGES_TOO_MANY', 'IRRITANT_CLOSED'],
  AcceptLinkage: ['LINKAGE_UNKNOWN', 'OWN_LINKAGE', 'LINKAGE_ENDED', 'OWN_WORD_STANDS'],
  RejectLinkage: ['LINKAGE_UNKNOWN', 'OWN_LINKAGE', 'LINKAGE_ACCEPTED', 'LINKAGE_ENDED', 'OWN_WORD_STANDS'],
  ReleaseLinkage: ['LINKAGE_UNKNOWN', 'LINKAGE_NOT_ACCEPTED', 'LINKAGE_ENDED', 'OWN_WORD_STANDS'],
  RetainLinkage: ['LINKAGE_UNKNOWN', 'LINKAGE_NOT_ACCEPTED', 'LINKAGE_ENDED', 'OWN_WORD_STANDS'],
  ReportPartialResolution: ['IRRITANT_CLOSED'],
  ProposeResolution: ['IRRITANT_CLOSED'],
  AcceptResolution: [
    'RESOLUTION_UNKNOWN',
    'OWN_RESOLUTION',
    'RESOLUTION_NOT_OPEN',
    'TEXT_MISMATCH',
    'IRRITANT_CLOSED',
    'MANDATORY_STEPS_OPEN',
    'BREACH_OPEN',
    'RESOLUTION_CONDITIONAL',
  ],
  WithdrawResolutionAcceptance: [
    'RESOLUTION_UNKNOWN',
    'OWN_RESOLUTION',
    'RESOLUTION_NOT_CONDITIONAL',
    'RESOLUTION_IN_EFFECT',
    'OWN_WORD_STANDS',
  ],
  RejectResolution: ['RESOLUTION_UNKNOWN', 'OWN_RESOLUTION', 'RESOLUTION_NOT_OPEN'],
  WithdrawResolutionProposal: [
    'RESOLUTION_UNKNOWN',
    'NOT_OWN_RESOLUTION',
    'RESOLUTION_NOT_OPEN',
    'RESOLUTION_IN_EFFECT',
    'OWN_WORD_STANDS',
  ],
  SuspendIrritant: ['IRRITANT_CLOSED'],
  ResumeIrritant: ['OWN_WORD_STANDS'],
  WithdrawIrritant: ['NO_RAISER', 'NOT_A_RAISER', 'IRRITANT_CLOSED'],
  AcceptWithdrawal: ['OWN_WITHDRAWAL', 'NOTHING_WITHDRAWN', 'IRRITANT_CLOSED'],
  ReopenIrritant: ['IRRITANT_NOT_CLOSED', 'NOT_THE_CLOSING_EVENT'],
  ProposeDormancy: ['IRRITANT_CLOSED', 'DORMANCY_ALREADY_PROPOSED'],
  WithdrawDormancyProposal: ['NO_DORMANCY_PROPOSED', 'NOT_OWN_DORMANCY_PROPOSAL', 'OWN_WORD_STANDS'],
  DeclineDormancy: ['NO_DORMANCY_PROPOSED', 'OWN_DORMANCY_PROPOSAL'],
  MakeIrritantDormant: ['IRRITANT_CLOSED', 'NO_DORMANCY_PROPOSED', 'OWN_DORMANCY_PROPOSAL'],
  OpenStageReview: ['STAGE_ABOVE_PRESENT', 'REVIEW_ALREADY_OPEN'],
  ConcludeStageReview: ['NO_REVIEW_OPEN', 'STAGE_ABOVE_PRESENT'],
};

const round: Refusing<typeof roundCommands, typeof roundProblems> = {
  ScheduleRound: ['ROUND_NUMBER_TAKEN'],
  NameDelegate: ['ACCOUNT_UNKNOWN'],
  TableAgendaItem: [],
  DiscussAgendaItem: [],
  ConcludeRound: ['OWN_WORD_STANDS'],
  ConfirmRoundHeld: ['OWN_WORD_STANDS'],
  PostponeRound: ['ROUND_HELD', 'OWN_WORD_STANDS'],
  CancelRound: ['ROUND_HELD', 'OWN_WORD_STANDS'],
  ReinstateRound: ['ROUND_NOT_CALLED_OFF', 'OWN_WORD_STANDS'],
  IndicateNextRound: [],
  PublishAccount: [
    'SOURCE_NOT_ISSUED_BY_PARTY',
    'SOURCE_NOT_PRESS',
    'ACCOUNT_UNKNOWN',
    'ACCOUNT_OF_ANOTHER_PARTY',
    'OWN_WORD_STANDS',
  ],
  RecordAccountPoint: ['ACCOUNT_UNKNOWN', 'POINT_UNKNOWN'],
  SupersedeAccount: [
    'ACCOUNT_UNKNOWN',
    'ACCOUNT_OF_ANOTHER_PARTY',
    'ACCOUNT_NO_REPLACEMENT',
    'OWN_WORD_STANDS',
  ],
  NoteDivergence: ['POINT_UNKNOWN'],
  ReconcileDivergence: ['DIVERGENCE_UNKNOWN'],
};

const exchange: Refusing<typeof exchangeCommands, typeof exchangeProblems> = {
  OpenExchange: [],
  ReportExchange: ['EXCHANGE_TERMINATED'],
  PresentNote: [
    'EXCHANGE_TERMINATED',
    'NOT_THE_SENDER',
    'SENDER_IS_ADDRESSEE',
    'HASH_WITHOUT_TEXT',
    'NOTE_UNKNOWN',
  ],
  ReceiveNote: ['NOTE_UNKNOWN', 'NOT_THE_ADDRESSEE'],
  ReplyToNote: ['EXCHANGE_TERMINATED', 'NOTE_UNKNOWN', 'NOT_THE_ADDRESSEE', 'HASH_WITHOUT_TEXT'],
  AssertCoverage: ['EXCHANGE_TERMINATED'],
  AssertLegalCharacter: [],
  RecordEffect: [],
  TerminateExchange: [],
};

const source: Refusing<typeof sourceCommands, typeof sourceProblems> = {
  RegisterSource: [
    'PRESS_HAS_NO_ISSUER',
    'ISSUER_REQUIRED',
    'JOINT_TEXT_NEEDS_ISSUERS',
    'BYTES_NOT_HELD',
    'BYTES_OF_ANOTHER_SOURCE',
    'BYTES_OF_A_CITED_SOURCE',
  ],
};

const amendment: Refusing<typeof amendmentCommands, { readonly [code in PlatformCode]: unknown }> = {
  CorrectEvent: [
    'TARGET_UNKNOWN',
    'TARGET_NOT_AMENDABLE',
    'NOTHING_CORRECTED',
    'TARGET_RETRACTED',
    'NOT_THE_RECORDER',
    'ROLE_OF_THE_ACT',
    'TARGET_ERASED',
    'CONTENT_SEALED',
    'RELIED_UPON',
  ],
  RetractEvent: [
    'TARGET_UNKNOWN',
    'TARGET_IS_FIRST',
    'TARGET_NOT_AMENDABLE',
    'TARGET_RETRACTED',
    'NOT_THE_RECORDER',
    'ROLE_OF_THE_ACT',
    'RELIED_UPON',
  ],
  RequestErasure: ['TARGET_UNKNOWN', 'TARGET_NOT_AMENDABLE', 'ABSENT_PARTYS_WORDS', 'ERASURE_UNSUPPORTED'],
  EndorseAttribution: ['TARGET_UNKNOWN', 'NOT_ATTRIBUTED_TO_YOU', 'ATTRIBUTION_ANSWERED', 'TARGET_RETRACTED'],
  DisavowAttribution: [
    'TARGET_UNKNOWN',
    'NOT_ATTRIBUTED_TO_YOU',
    'ATTRIBUTION_ANSWERED',
    'TARGET_RETRACTED',
    'ACTED_UPON',
    'GROUND_WITHOUT_SOURCE',
  ],
  RepudiateAct: ['TARGET_UNKNOWN', 'NOT_A_DIRECT_ACT_OF_YOURS', 'TARGET_RETRACTED'],
  ConcludeActReview: ['TARGET_UNKNOWN', 'NO_REVIEW_OF_THE_ACT'],
};

/** Which rules can refuse a command, read off the deciders: a client need not be ready for any other code. */
export const refusalsByCommand: { readonly [command: string]: readonly string[] } = {
  ...dialogue,
  ...irritant,
  ...round,
  ...exchange,
  ...source,
  ...instrumentRefusals,
  ...amendment,
};
