import type { CommandDeclarations } from '#libs/decider';

const contentHash = 'a4d8f2c0b1e3957684a4d8f2c0b1e3957684a4d8f2c0b1e3957684a4d8f2c0b1';
const irritantIds = ['01960b3a-0000-7000-8000-000000000005'];
const keys = '01960b3a-0000-7000-8000-0000000000a1';
const notice = '01960b3a-0000-7000-8000-0000000000a2';
const reason = { reason: { en: 'The inspectors have not been given their visas.' } };

export const roadmapCommands = {
  DraftRoadmap: {
    event: 'RoadmapDrafted',
    path: null,
    standing: 'statement',
    summary: 'Begin a roadmap over one or more irritants',
    assigned: { parties: 'parties', synthetic: 'synthetic' },
    example: {
      dialogueId: '01960b3a-0000-7000-8000-000000000001',
      irritantIds,
      title: { en: 'Return of the properties' },
    },
  },
  TableRoadmapVersion: {
    event: 'RoadmapVersionTabled',
    path: 'table-version',
    standing: 'binding',
    contradicts: ['RoadmapTerminated'],
    summary: 'Table a version with its steps; assents to the one before no longer count',
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
    standing: 'binding',
    contradicts: ['RoadmapTerminated'],
    summary: 'Assent to the version with this hash, at once or ad referendum',
    takenBackBy:
      'withdraw the assent while the version is not agreed (POST …/withdraw-assent), or else terminate the roadmap (POST …/terminate)',
    example: { version: 1, contentHash, adReferendum: false },
  },
  ConfirmRoadmapAssent: {
    event: 'RoadmapAssentConfirmed',
    path: 'confirm-assent',
    standing: 'binding',
    contradicts: ['RoadmapTerminated'],
    summary: 'Record that the capital confirmed an assent ad referendum',
    takenBackBy:
      'withdraw the assent while the version is not agreed (POST …/withdraw-assent), or else terminate the roadmap (POST …/terminate)',
    example: { version: 1, contentHash },
  },
  WithdrawRoadmapAssent: {
    event: 'RoadmapAssentWithdrawn',
    path: 'withdraw-assent',
    standing: 'binding',
    despite: ['RoadmapTerminated'],
    summary: 'Withdraw an assent while the version is not agreed',
    takenBackBy: 'assent anew (POST …/assent)',
    example: { version: 1 },
  },
  StartStep: {
    event: 'StepStarted',
    path: 'steps/{stepId}/start',
    standing: 'binding',
    contradicts: ['RoadmapTerminated'],
    summary: 'Start a step of the agreed version',
    takenBackBy: 'say that the step is blocked (POST …/steps/{stepId}/block)',
    example: {},
  },
  ReportStepDone: {
    event: 'StepReportedDone',
    path: 'steps/{stepId}/report-done',
    standing: 'binding',
    contradicts: ['StepBlocked', 'RoadmapTerminated'],
    summary: 'Report that a step is done',
    recurs: true,
    takenBackBy: 'say that the step is blocked (POST …/steps/{stepId}/block)',
    example: {},
  },
  AcceptStep: {
    event: 'StepAccepted',
    path: 'steps/{stepId}/accept',
    standing: 'binding',
    contradicts: ['StepRejected', 'StepWaived', 'RoadmapTerminated'],
    summary: 'Accept that a step of the other side is done',
    example: {},
  },
  RejectStep: {
    event: 'StepRejected',
    path: 'steps/{stepId}/reject',
    standing: 'binding',
    contradicts: ['StepAccepted', 'StepWaived', 'RoadmapTerminated'],
    summary: 'Reject what the other side reported as done',
    takenBackBy: 'accept the step once it is reported anew, or waive it (POST …/steps/{stepId}/waive)',
    example: { reason: { en: 'Two of the keys are missing.' } },
  },
  BlockStep: {
    event: 'StepBlocked',
    path: 'steps/{stepId}/block',
    standing: 'binding',
    despite: ['StepWaived', 'RoadmapTerminated'],
    contradicts: ['StepReportedDone', 'RoadmapTerminated'],
    summary: "Say that a step of one's own is blocked",
    recurs: true,
    takenBackBy: 'say that the step is no longer blocked (POST …/steps/{stepId}/unblock)',
    example: reason,
  },
  UnblockStep: {
    event: 'StepUnblocked',
    path: 'steps/{stepId}/unblock',
    standing: 'binding',
    summary: "Say that a step of one's own is no longer blocked",
    takenBackBy: 'say anew that the step is blocked (POST …/steps/{stepId}/block)',
    example: {},
  },
  WaiveStep: {
    event: 'StepWaived',
    path: 'steps/{stepId}/waive',
    standing: 'binding',
    undoes: true,
    contradicts: ['StepAccepted', 'RoadmapTerminated'],
    summary: 'Release the other side from a step',
    example: {},
  },
  TerminateRoadmap: {
    event: 'RoadmapTerminated',
    path: 'terminate',
    standing: 'binding',
    undoes: true,
    summary: 'Terminate the roadmap',
    takenBackBy: 'agree on a new roadmap (POST /v1/roadmaps)',
    example: { reason: { en: 'Notice was given.' } },
  },
} as const satisfies CommandDeclarations;
