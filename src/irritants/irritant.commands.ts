import type { CommandDeclarations } from '#libs/decider';
import { claiming, confirmingClaim, denyingClaim, withdrawingClaim } from '../kernel/claims.commands.js';
import { exampleIds } from '../kernel/example-ids.js';
import { irritantClosingCommands } from './irritant-closing.commands.js';
import { irritantLinkageCommands } from './irritant-linkages.commands.js';
import { irritantResolutionCommands } from './irritant-resolutions.commands.js';

/** The acts on an irritant, one per intent: each is a route, a body, an event and a row of the table of rights. */
export const irritantCommands = {
  RaiseIrritant: {
    event: 'IrritantRaised',
    path: null,
    weight: 'statement',
    summary: 'Raise an irritant',
    table: 'irritants',
    refuses: ['RAISER_NOT_ACTING', 'NO_OTHER_RESPONDENT', 'DESIGNATION_OF_ANOTHER'],
    assigned: { key: 'key', parties: 'parties', synthetic: 'synthetic' },
    nobodysWhereEmpty: 'raisers',
    takenBackBy: 'withdraw it, as a raiser (POST …/withdraw)',
    example: {
      dialogueId: exampleIds.dialogueId,
      raisers: ['RU'],
      respondents: ['US'],
      raisedBasis: 'stated',
      category: 'property',
      title: { en: 'Six diplomatic properties' },
      occurred: '../2025-04-10',
    },
  },
  DesignateIrritant: {
    event: 'IrritantDesignated',
    path: 'designate',
    weight: 'statement',
    summary: "Give one's own name for the matter",
    refuses: [],
    recurs: true,
    takenBackBy: 'give the name that holds now (POST …/designate)',
    example: { name: { en: 'The question of the six properties' } },
  },
  AcceptTitle: {
    event: 'TitleAccepted',
    path: 'accept-title',
    weight: 'statement',
    summary: "Accept the other side's title as neutral",
    refuses: ['OWN_TITLE'],
    takenBackBy: 'give a name of your own (POST …/designate)',
    example: {},
  },
  CoRaiseIrritant: {
    event: 'IrritantCoRaised',
    path: 'co-raise',
    weight: 'statement',
    contradicts: ['IrritantWithdrawn'],
    summary: 'Join in raising it',
    refuses: ['IRRITANT_CLOSED'],
    takenBackBy: 'withdraw it, as a raiser (POST …/withdraw)',
    example: { statement: { en: 'We share this concern.' } },
  },
  AcknowledgeIrritant: {
    event: 'IrritantAcknowledged',
    path: 'acknowledge',
    weight: 'binding',
    summary: 'Acknowledge it, without prejudice',
    refuses: ['NO_RAISER', 'NOT_A_RESPONDENT', 'IRRITANT_CLOSED'],
    example: { statement: { en: 'The matter is noted and will be taken up, without prejudice.' } },
  },
  ContestIrritant: {
    event: 'IrritantContested',
    path: 'contest',
    weight: 'statement',
    summary: 'Contest it',
    refuses: ['IRRITANT_CLOSED'],
    takenBackBy:
      'acknowledge it, without prejudice (POST …/acknowledge), or state a position (POST …/state-position)',
    example: { statement: { en: 'The matter does not arise.' } },
  },
  StatePosition: {
    event: 'PositionStated',
    path: 'state-position',
    weight: 'statement',
    summary: 'State or restate a position',
    table: 'positions',
    refuses: ['RESTATED_UNKNOWN'],
    takenBackBy: 'state the position that holds now (POST …/state-position)',
    recurs: true,
    example: { stance: 'seeks-action', text: { en: 'Practical steps are urgent.' } },
  },
  ClaimUnderstanding: {
    ...claiming,
    event: 'UnderstandingClaimed',
    summary: 'Claim an understanding',
    table: 'claims',
    refuses: [...claiming.refuses, 'IRRITANT_CLOSED'],
    example: {
      kind: 'roadmap-to-be-developed',
      text: { en: 'The sides agreed to develop a roadmap for the return of the properties.' },
    },
  },
  ConfirmUnderstanding: {
    ...confirmingClaim,
    event: 'UnderstandingConfirmed',
    summary: 'Confirm a claim of the other side',
    refuses: [...confirmingClaim.refuses, 'IRRITANT_CLOSED'],
    example: { mode: 'same-text' },
  },
  DenyUnderstanding: {
    ...denyingClaim,
    event: 'UnderstandingDenied',
    summary: 'Deny a claim of the other side',
    refuses: [...denyingClaim.refuses, 'IRRITANT_CLOSED'],
    example: { text: { en: 'No such understanding was reached.' } },
  },
  WithdrawUnderstandingClaim: {
    ...withdrawingClaim,
    event: 'UnderstandingClaimWithdrawn',
    summary: "Withdraw one's own claim",
    refuses: [...withdrawingClaim.refuses, 'IRRITANT_CLOSED'],
    example: { reason: { en: 'Stated in error.' } },
  },
  ...irritantLinkageCommands,
  ...irritantResolutionCommands,
  ...irritantClosingCommands,
} as const satisfies CommandDeclarations;
