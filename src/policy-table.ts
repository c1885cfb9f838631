import type { commitmentCommands } from './commitments/commitment.commands.js';
import type { assetCommands } from './assets/asset.commands.js';
import type { dialogueCommands } from './dialogues/dialogue.commands.js';
import type { exchangeCommands } from './exchanges/exchange.commands.js';
import type { irritantCommands } from './irritants/irritant.commands.js';
import type { amendmentCommands } from './platform/amendment.commands.js';
import type { PolicyRow } from './platform/principal.js';
import { binding, erasing, keeping, open, operating, ownWord, reading, statement } from './policy-rows.js';
import type { proposalCommands } from './proposals/proposal.commands.js';
import type { roadmapCommands } from './roadmaps/roadmap.commands.js';
import type { roundCommands } from './rounds/round.commands.js';
import type { sourceCommands } from './sources/source.commands.js';

type Own<C> = Uncapitalize<keyof C & string>;
type Plural =
  | 'Dialogues'
  | 'Irritants'
  | 'Rounds'
  | 'Exchanges'
  | 'Sources'
  | 'Proposals'
  | 'Roadmaps'
  | 'Commitments'
  | 'Assets';
type Amending<P extends Plural = Plural> = `${Own<typeof amendmentCommands>}In${P}`;
type One = Plural extends infer P ? (P extends `${infer O}s` ? O : never) : never;
type Reading<O extends One> = `list${O}s` | `get${O}` | `get${O}History` | `diff${O}` | `replay${O}`;

/** Every operation there is. One that has no row below does not compile. */
export type OperationId =
  | Own<typeof dialogueCommands>
  | Own<typeof irritantCommands>
  | Own<typeof roundCommands>
  | Own<typeof exchangeCommands>
  | Own<typeof assetCommands>
  | Own<typeof sourceCommands>
  | Own<typeof proposalCommands>
  | Own<typeof roadmapCommands>
  | Own<typeof commitmentCommands>
  | Amending
  | Reading<One>
  | 'getIrritantOverview'
  | 'compareRoundAccounts'
  | 'getAgenda'
  | 'findStale'
  | 'getStatistics'
  | 'uploadSourceBytes'
  | 'getSourceBytes'
  | 'listKeys'
  | 'makeKey'
  | 'revokeKey'
  | 'metrics'
  | 'livez'
  | 'readyz'
  | 'openApiDocument'
  | 'apiPage'
  | 'docsPage'
  | 'problemPage'
  | 'homePage'
  | 'irritantPage'
  | 'roundPage'
  | 'signIn'
  | 'signOut'
  | 'enter'
  | 'styleSheet';

const reads = <O extends One>(one: O) =>
  ({
    [`list${one}s`]: reading,
    [`get${one}`]: reading,
    [`get${one}History`]: reading,
    [`diff${one}`]: reading,
    [`replay${one}`]: reading,
  }) as Record<Reading<O>, PolicyRow>;

const amendments = <P extends Plural>(plural: P) =>
  ({
    [`correctEventIn${plural}`]: keeping,
    [`retractEventIn${plural}`]: keeping,
    [`requestErasureIn${plural}`]: erasing,
  }) as Record<Amending<P>, PolicyRow>;

export const policyTable = {
  openDialogue: keeping,
  suspendDialogue: binding,
  resumeDialogue: binding,
  recordPartyAlias: keeping,
  assertThirdPartyRole: keeping,
  recordCommentary: keeping,

  raiseIrritant: statement,
  coRaiseIrritant: statement,
  acknowledgeIrritant: binding,
  contestIrritant: statement,
  statePosition: statement,
  claimUnderstanding: statement,
  confirmUnderstanding: binding,
  denyUnderstanding: binding,
  withdrawUnderstandingClaim: binding,
  assertLinkage: statement,
  acceptLinkage: binding,
  rejectLinkage: binding,
  reportPartialResolution: statement,
  proposeResolution: binding,
  acceptResolution: binding,
  rejectResolution: binding,
  withdrawResolutionProposal: binding,
  suspendIrritant: binding,
  resumeIrritant: binding,
  withdrawIrritant: binding,
  reopenIrritant: binding,
  proposeDormancy: binding,
  declineDormancy: binding,
  makeIrritantDormant: binding,
  disavowAttribution: ownWord,
  concludeStageReview: ownWord,

  scheduleRound: statement,
  nameDelegate: statement,
  tableAgendaItem: statement,
  discussAgendaItem: binding,
  concludeRound: binding,
  confirmRoundHeld: binding,
  cancelRound: statement,
  indicateNextRound: statement,
  publishAccount: binding,
  recordAccountPoint: binding,
  supersedeAccount: binding,
  noteDivergence: statement,
  reconcileDivergence: binding,

  openExchange: binding,
  reportExchange: binding,
  presentNote: binding,
  receiveNote: binding,
  replyToNote: binding,
  assertCoverage: binding,
  assertLegalCharacter: statement,
  recordEffect: statement,
  terminateExchange: binding,

  tableProposal: binding,
  reviseProposal: binding,
  assentToProposal: binding,
  confirmAssentToProposal: binding,
  withdrawAssentToProposal: binding,
  declineProposal: binding,
  lapseProposal: binding,

  draftRoadmap: statement,
  tableRoadmapVersion: binding,
  assentToRoadmap: binding,
  confirmRoadmapAssent: binding,
  withdrawRoadmapAssent: binding,
  startStep: binding,
  reportStepDone: binding,
  acceptStep: binding,
  rejectStep: binding,
  blockStep: binding,
  unblockStep: binding,
  waiveStep: binding,
  terminateRoadmap: binding,

  registerAsset: statement,
  assertOwnership: statement,
  requestAccess: statement,
  grantAccess: binding,
  denyAccess: binding,
  recordInspection: statement,
  assessDamage: statement,
  disputeDamage: statement,
  recordReturn: binding,

  registerSource: keeping,
  uploadSourceBytes: keeping,
  getSourceBytes: reading,

  undertakeCommitment: binding,
  reportFulfilment: binding,
  acknowledgeFulfilment: binding,
  disputeFulfilment: binding,
  allegeBreach: binding,
  answerBreach: binding,
  withdrawBreach: binding,
  extendCommitment: binding,
  waiveCommitment: binding,

  ...amendments('Dialogues'),
  ...amendments('Irritants'),
  ...amendments('Rounds'),
  ...amendments('Exchanges'),
  ...amendments('Sources'),
  ...amendments('Proposals'),
  ...amendments('Roadmaps'),
  ...amendments('Commitments'),
  ...amendments('Assets'),

  ...reads('Dialogue'),
  ...reads('Irritant'),
  ...reads('Round'),
  ...reads('Exchange'),
  ...reads('Asset'),
  ...reads('Source'),
  ...reads('Proposal'),
  ...reads('Roadmap'),
  ...reads('Commitment'),
  getIrritantOverview: reading,
  compareRoundAccounts: reading,
  getAgenda: reading,
  findStale: reading,
  getStatistics: reading,

  listKeys: operating,
  makeKey: operating,
  revokeKey: operating,
  metrics: operating,
  livez: open,
  readyz: open,
  openApiDocument: open,
  apiPage: open,
  docsPage: open,
  problemPage: open,
  styleSheet: open,
  signIn: open,
  signOut: open,
  enter: open,
  homePage: open,
  irritantPage: open,
  roundPage: open,
} satisfies Record<OperationId, PolicyRow>;
