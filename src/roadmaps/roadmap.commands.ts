import type { CommandDeclarations } from '#libs/decider';
import { exampleIds } from '../kernel/example-ids.js';
import { assentRefusals, tablingRefusals, withdrawalRefusals } from '#libs/versioned-text';

const onRoadmap = ['ROADMAP_TERMINATED'] as const;
const onText = [...onRoadmap, ...assentRefusals] as const;
const onStep = [...onRoadmap, 'ROADMAP_NOT_AGREED', 'STEP_UNKNOWN'] as const;

const contentHash = 'a4d8f2c0b1e3957684a4d8f2c0b1e3957684a4d8f2c0b1e3957684a4d8f2c0b1';
const irritantIds = [exampleIds.irritantId];
const keys = '01960b3a-0000-7000-8000-0000000000a1';
const notice = '01960b3a-0000-7000-8000-0000000000a2';
const reason = { reason: { en: 'The inspectors have not been given their visas.' } };

export const roadmapCommands = {
  DraftRoadmap: {
    event: 'RoadmapDrafted',
    path: null,
    weight: 'statement',
    summary: 'Begin a roadmap over one or more irritants',
    refuses: [],
    assigned: { parties: 'parties', synthetic: 'synthetic' },
    example: {
      dialogueId: exampleIds.dialogueId,
      irritantIds,
      title: { en: 'Return of the properties' },
    },
  },
  TableRoadmapVersion: {
    event: 'RoadmapVersionTabled',
    path: 'table-version',
    weight: 'binding',
    contradicts: ['RoadmapTerminated'],
    summary: 'Table a version with its steps; assents to the one before no longer count',
    refuses: [
      ...onRoadmap,
      ...tablingRefusals,
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
    recurs: true,
    takenBackBy: 'table another version (POST …/table-version)',
    assigned: {
      version: 'decided',
      contentHash: 'hash-of-version',
      textHash: 'given-or-none',
      languages: 'languages-of-text',
    },
    example: {
      irritantIds,
      steps: [
        { stepId: notice, responsible: 'RU', after: [], due: '2025-09-01', mandatory: true },
        { stepId: keys, responsible: 'US', after: [notice], due: '2025-10-01', mandatory: true },
      ],
      texts: {
        [notice]: { en: 'Names the officials who will take the keys.' },
        [keys]: { en: 'Hands over the keys of Property 1.' },
        [`${keys}.acceptance`]: { en: 'A protocol of the handover, signed on the spot.' },
      },
    },
  },
  AssentToRoadmap: {
    event: 'RoadmapAssentGiven',
    path: 'assent',
    weight: 'binding',
    answers: ['RoadmapVersionTabled'],
    contradicts: ['RoadmapTerminated'],
    summary: 'Assent to the version with this hash, at once or ad referendum',
    refuses: [...onText, 'OWN_WORD_STANDS'],
    takenBackBy:
      'withdraw the assent while the version is not agreed (POST …/withdraw-assent), or else terminate the roadmap (POST …/terminate)',
    example: { version: 1, contentHash, adReferendum: false },
  },
  ConfirmRoadmapAssent: {
    event: 'RoadmapAssentConfirmed',
    path: 'confirm-assent',
    weight: 'binding',
    contradicts: ['RoadmapTerminated'],
    summary: 'Record that the capital confirmed an assent ad referendum',
    refuses: [...onText, 'NO_ASSENT'],
    takenBackBy:
      'withdraw the assent while the version is not agreed (POST …/withdraw-assent), or else terminate the roadmap (POST …/terminate)',
    example: { version: 1, contentHash },
  },
  WithdrawRoadmapAssent: {
    event: 'RoadmapAssentWithdrawn',
    path: 'withdraw-assent',
    weight: 'binding',
    despite: ['RoadmapTerminated'],
    summary: 'Withdraw an assent while the version is not agreed',
    refuses: [...onRoadmap, ...withdrawalRefusals],
    takenBackBy: 'assent anew (POST …/assent)',
    example: { version: 1 },
  },
  StartStep: {
    event: 'StepStarted',
    path: 'steps/{stepId}/start',
    weight: 'binding',
    contradicts: ['RoadmapTerminated'],
    summary: 'Start a step of the agreed version',
    refuses: [...onStep, 'NOT_RESPONSIBLE', 'STEP_SETTLED'],
    takenBackBy: 'say that the step is blocked (POST …/steps/{stepId}/block)',
    example: {},
  },
  ReportStepDone: {
    event: 'StepReportedDone',
    path: 'steps/{stepId}/report-done',
    weight: 'binding',
    contradicts: ['StepBlocked', 'RoadmapTerminated'],
    summary: 'Report that a step is done',
    refuses: [...onStep, 'NOT_RESPONSIBLE', 'STEP_SETTLED', 'STEP_NOT_STARTED', 'STEP_BLOCKED'],
    recurs: true,
    takenBackBy: 'say that the step is blocked (POST …/steps/{stepId}/block)',
    example: {},
  },
  AcceptStep: {
    event: 'StepAccepted',
    path: 'steps/{stepId}/accept',
    weight: 'binding',
    takesUp: ['StepReportedDone'],
    contradicts: ['StepRejected', 'StepWaived', 'RoadmapTerminated'],
    summary: 'Accept that a step of the other side is done',
    refuses: [
      ...onStep,
      'OWN_STEP',
      'STEP_SETTLED',
      'STEP_NOT_REPORTED',
      'STEP_BLOCKED',
      'STEP_DEPENDS_ON_OTHERS',
    ],
    example: {},
  },
  RejectStep: {
    event: 'StepRejected',
    path: 'steps/{stepId}/reject',
    weight: 'binding',
    answers: ['StepReportedDone'],
    contradicts: ['StepAccepted', 'StepWaived', 'RoadmapTerminated'],
    summary: 'Reject what the other side reported as done',
    refuses: [...onStep, 'OWN_STEP', 'STEP_SETTLED', 'STEP_NOT_REPORTED'],
    takenBackBy: 'accept the step once it is reported anew, or waive it (POST …/steps/{stepId}/waive)',
    example: { reason: { en: 'Two of the keys are missing.' } },
  },
  BlockStep: {
    event: 'StepBlocked',
    path: 'steps/{stepId}/block',
    weight: 'binding',
    despite: ['StepWaived', 'RoadmapTerminated'],
    contradicts: ['StepReportedDone', 'RoadmapTerminated'],
    summary: "Say that a step of one's own is blocked",
    refuses: [...onStep, 'NOT_RESPONSIBLE', 'STEP_SETTLED', 'OWN_WORD_STANDS'],
    recurs: true,
    takenBackBy: 'say that the step is no longer blocked (POST …/steps/{stepId}/unblock)',
    example: reason,
  },
  UnblockStep: {
    event: 'StepUnblocked',
    path: 'steps/{stepId}/unblock',
    weight: 'binding',
    summary: "Say that a step of one's own is no longer blocked",
    refuses: [...onStep, 'NOT_RESPONSIBLE', 'OWN_WORD_STANDS'],
    takenBackBy: 'say anew that the step is blocked (POST …/steps/{stepId}/block)',
    example: {},
  },
  WaiveStep: {
    event: 'StepWaived',
    path: 'steps/{stepId}/waive',
    weight: 'binding',
    undoes: true,
    contradicts: ['StepAccepted', 'RoadmapTerminated'],
    summary: 'Release the other side from a step',
    refuses: [...onStep, 'OWN_STEP', 'STEP_SETTLED'],
    example: {},
  },
  TerminateRoadmap: {
    event: 'RoadmapTerminated',
    path: 'terminate',
    weight: 'binding',
    undoes: true,
    summary: 'Terminate the roadmap',
    refuses: ['OWN_WORD_STANDS'],
    takenBackBy: 'agree on a new roadmap (POST /v1/roadmaps)',
    example: { reason: { en: 'Notice was given.' } },
  },
} as const satisfies CommandDeclarations;
