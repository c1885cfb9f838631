import { roadmapToBeDeveloped } from './istanbul.irritants.js';
import { nextMeeting } from './istanbul.rounds.js';
import { byRussia, byUnitedStates } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

interface Point {
  readonly kind: string;
  readonly on?: string;
  readonly claim?: string;
  readonly quote: Fields;
}

/** What one side says that both did or agreed; its own wishes and remarks assert nothing joint. */
const jointKinds = ['agreed', 'discussed'];

function points(voice: Fields, account: string, all: readonly Point[]): readonly Step[] {
  return all.map(({ kind, on, claim, quote }) => ({
    as: `${account}-${kind}${on === undefined ? '' : `-${on}`}`,
    on: 'round-2',
    act: 'record-account-point',
    body: {
      ...voice,
      accountId: ref(account),
      kind,
      assertsJoint: jointKinds.includes(kind),
      ...(on === undefined ? {} : { irritantId: ref(on) }),
      ...(claim === undefined ? {} : { claimId: ref(claim) }),
      quote,
    },
  }));
}

const russianPoints: readonly Point[] = [
  { kind: 'agreed', on: 'properties', claim: 'roadmap-claim', quote: roadmapToBeDeveloped },
  {
    kind: 'called-for',
    on: 'properties',
    quote: {
      en: 'Urgent practical steps were asked for: immediate access to the six properties, their inspection, and an assessment of damage.',
    },
  },
  {
    kind: 'agreed',
    on: 'banking',
    quote: {
      en: 'Notes were exchanged with the agreed commitments on uninterrupted banking and financial services for the missions of both countries.',
    },
  },
  {
    kind: 'agreed',
    on: 'dues',
    quote: {
      en: 'The same notes cover Russian contributions to the budgets of the United Nations and other international organisations.',
    },
  },
  {
    kind: 'discussed',
    on: 'visas',
    quote: { en: 'The discussion of easier visa processing was continued.' },
  },
  {
    kind: 'discussed',
    on: 'movement',
    quote: {
      en: 'The discussion of the travel rules for diplomatic staff in the host country was continued.',
    },
  },
  {
    kind: 'called-for',
    on: 'air-links',
    quote: { en: 'Direct flights should be resumed, as a step that builds trust.' },
  },
  { kind: 'noted', quote: { en: 'The proposals that were tabled are to be refined before the next round.' } },
  { kind: 'next-round', quote: nextMeeting.RU },
];

const americanPoints: readonly Point[] = [
  {
    kind: 'agreed',
    on: 'banking',
    quote: {
      en: 'The delegations exchanged notes to finalise an understanding on the banking of both missions.',
    },
  },
  {
    kind: 'reiterated',
    on: 'local-staff',
    quote: {
      en: 'The concern was reiterated about the policy that bars local hires, the key impediment to stable staffing of Embassy Moscow.',
    },
  },
  { kind: 'next-round', quote: nextMeeting.US },
];

export const istanbulPoints: readonly Step[] = [
  ...points(byRussia, 'ru-account', russianPoints),
  ...points(byUnitedStates, 'us-account', americanPoints),
];
