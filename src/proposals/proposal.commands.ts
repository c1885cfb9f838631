import type { CommandDeclarations } from '#libs/decider';
import { exampleIds } from '../kernel/example-ids.js';
import { assentRefusals, tablingRefusals, withdrawalRefusals } from '#libs/versioned-text';

const onProposal = ['PROPOSAL_TERMINATED'] as const;

const contentHash = 'a4d8f2c0b1e3957684a4d8f2c0b1e3957684a4d8f2c0b1e3957684a4d8f2c0b1';
const irritantIds = [exampleIds.irritantId];
const version = {
  version: 'decided',
  contentHash: 'hash-of-version',
  textHash: 'given-or-none',
  languages: 'languages-of-text',
} as const;

export const proposalCommands = {
  TableProposal: {
    event: 'ProposalTabled',
    path: null,
    weight: 'binding',
    summary: 'Table a proposal, or hand over a non-paper',
    refuses: tablingRefusals,
    takenBackBy: 'let it lapse (POST …/lapse)',
    assigned: { ...version, parties: 'parties', synthetic: 'synthetic' },
    statementWhere: { field: 'form', value: 'non-paper' },
    example: {
      dialogueId: exampleIds.dialogueId,
      form: 'proposal',
      irritantIds,
      title: { en: 'Settlement of the accounts of the missions' },
      texts: { en: 'Each side lets the missions of the other keep accounts with a bank of their choice.' },
    },
  },
  ReviseProposal: {
    event: 'ProposalRevised',
    path: 'revise',
    weight: 'binding',
    summary: 'Table a new version; assents to the old one no longer count',
    refuses: [...onProposal, ...tablingRefusals, 'VERSION_AGREED', 'OWN_WORD_STANDS'],
    assigned: version,
    recurs: true,
    takenBackBy: 'let it lapse (POST …/lapse), or table another version (POST …/revise)',
    statementWhere: { field: 'form', value: 'non-paper' },
    example: {
      form: 'proposal',
      irritantIds,
      texts: { en: 'Each side lets the missions of the other keep accounts with at least two banks.' },
    },
  },
  AssentToProposal: {
    event: 'AssentGiven',
    path: 'assent',
    weight: 'binding',
    answers: ['ProposalTabled', 'ProposalRevised'],
    contradicts: ['ProposalDeclined', 'ProposalLapsed', 'ProposalTerminated'],
    summary: 'Assent to the text with this hash, at once or ad referendum',
    refuses: [...onProposal, ...assentRefusals, 'NON_PAPER', 'NOT_ON_THE_TABLE', 'OWN_WORD_STANDS'],
    takenBackBy:
      'withdraw the assent while the text is not agreed (POST …/withdraw-assent), or else terminate it (POST …/terminate)',
    example: { version: 1, contentHash, adReferendum: true },
  },
  ConfirmAssentToProposal: {
    event: 'AssentConfirmed',
    path: 'confirm-assent',
    weight: 'binding',
    contradicts: ['ProposalDeclined', 'ProposalLapsed', 'ProposalTerminated'],
    summary: 'Record that the capital confirmed an assent ad referendum',
    refuses: [...onProposal, ...assentRefusals, 'NO_ASSENT', 'NOT_ON_THE_TABLE'],
    takenBackBy:
      'withdraw the assent while the text is not agreed (POST …/withdraw-assent), or else terminate it (POST …/terminate)',
    example: { version: 1, contentHash },
  },
  WithdrawAssentToProposal: {
    event: 'AssentWithdrawn',
    path: 'withdraw-assent',
    weight: 'binding',
    summary: 'Withdraw an assent while the text is not agreed',
    refuses: [...onProposal, ...withdrawalRefusals],
    takenBackBy: 'assent anew (POST …/assent)',
    example: { version: 1, reason: { en: 'The capital has further questions.' } },
  },
  TerminateProposal: {
    event: 'ProposalTerminated',
    path: 'terminate',
    weight: 'binding',
    undoes: true,
    summary: 'Terminate what was agreed: it was agreed, and is in force no more',
    refuses: ['PROPOSAL_NOT_AGREED', 'OWN_WORD_STANDS'],
    takenBackBy: 'agree on a new proposal (POST /v1/proposals)',
    example: { reason: { en: 'Notice was given on 2 June.' } },
  },
  DeclineProposal: {
    event: 'ProposalDeclined',
    path: 'decline',
    weight: 'binding',
    answers: ['ProposalTabled', 'ProposalRevised'],
    contradicts: ['AssentGiven', 'AssentConfirmed'],
    summary: 'Decline the version that the other side tabled',
    refuses: [...onProposal, 'OWN_PROPOSAL', 'VERSION_AGREED', 'NOT_ON_THE_TABLE', 'OWN_WORD_STANDS'],
    takenBackBy: 'table a version anew (POST …/revise)',
    example: { reason: { en: 'The second sentence goes too far.' } },
  },
  LapseProposal: {
    event: 'ProposalLapsed',
    path: 'lapse',
    weight: 'binding',
    contradicts: ['AssentGiven', 'AssentConfirmed'],
    summary: "Take one's own version off the table",
    refuses: [...onProposal, 'NOT_OWN_PROPOSAL', 'VERSION_AGREED', 'NOT_ON_THE_TABLE', 'OWN_WORD_STANDS'],
    takenBackBy: 'table a version anew (POST …/revise)',
    example: { reason: { en: 'Overtaken by the talks in May.' } },
  },
} as const satisfies CommandDeclarations;
