import { directFlights, keyImpediment, roadmapToBeDeveloped, urgentSteps } from './istanbul.irritants.js';
import { nextMeeting } from './istanbul.rounds.js';
import { byRussia, byUnitedStates, inSummary, secondRound } from './istanbul.sources.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

interface Point {
  readonly as: string;
  readonly kind: string;
  readonly on?: string;
  readonly claim?: string;
  readonly restates?: string;
  /** That both did or agreed it; its own wishes and remarks assert nothing joint. */
  readonly joint?: true;
  readonly quote: Fields;
}

function points(voice: Fields, account: string, all: readonly Point[]): readonly Step[] {
  return all.map(({ as, kind, on, claim, restates, joint, quote }) => ({
    as: `${account}-${as}`,
    on: 'round-2',
    act: 'record-account-point',
    body: {
      ...voice,
      accountId: ref(account),
      kind,
      assertsJoint: joint ?? false,
      ...(on === undefined ? {} : { irritantId: ref(on) }),
      ...(claim === undefined ? {} : { claimId: ref(claim) }),
      ...(restates === undefined ? {} : { restates: ref(restates) }),
      quote,
    },
  }));
}

function agreed(on: string, en: string, more: Partial<Point> = {}): Point {
  return { as: `agreed-${on}`, kind: 'agreed', on, joint: true, quote: { en }, ...more };
}

function discussed(on: string, en: string): Point {
  return { as: `discussed-${on}`, kind: 'discussed', on, joint: true, quote: { en } };
}

const russianPoints: readonly Point[] = [
  {
    as: 'aim',
    kind: 'noted',
    quote: { en: 'The aim is to normalise the work of the missions and to remove irritants.' },
  },
  agreed('properties', roadmapToBeDeveloped.en, { claim: 'roadmap-claim' }),
  { as: 'called-for-properties', kind: 'called-for', on: 'properties', quote: urgentSteps },
  agreed(
    'banking',
    'Notes were exchanged to formalise the agreed commitments on uninterrupted banking and financial services of the missions of both countries.',
  ),
  agreed(
    'dues',
    'The same notes cover Russian contributions to the budgets of the United Nations and other international organisations.',
  ),
  discussed('visas', 'The discussion of easing the processing of visas was continued.'),
  discussed('movement', 'The discussion of the travel rules for diplomatic staff was continued.'),
  { as: 'called-for-air-links', kind: 'called-for', on: 'air-links', quote: directFlights },
  {
    as: 'proposals',
    kind: 'agreed',
    joint: true,
    quote: {
      en: 'Both sides resolved to refine promptly the proposals that were tabled, towards mutually acceptable solutions before the next round.',
    },
  },
  { as: 'next-round', kind: 'next-round', quote: nextMeeting.RU },
];

/** The other English rendering of the same statement: two renderings of one side, and no divergence between two. */
const otherRendering: readonly Point[] = [
  agreed(
    'properties',
    'There is a mutual understanding on developing a roadmap for the return of the six properties.',
    { restates: 'ru-account-agreed-properties' },
  ),
  agreed(
    'banking',
    'Notes were exchanged to reaffirm the agreed commitments on uninterrupted banking and financial services of the missions of both countries.',
    { restates: 'ru-account-agreed-banking' },
  ),
  {
    as: 'proposals',
    kind: 'agreed',
    joint: true,
    restates: 'ru-account-proposals',
    quote: {
      en: 'Both sides resolved to review promptly the proposals that were tabled, towards mutually acceptable solutions before the next round.',
    },
  },
];

const americanPoints: readonly Point[] = [
  agreed(
    'banking',
    'Notes were exchanged to finalise an understanding on uninterrupted banking and financial services of both missions.',
  ),
  { as: 'reiterated-local-staff', kind: 'reiterated', on: 'local-staff', quote: keyImpediment },
  { as: 'next-round', kind: 'next-round', joint: true, quote: nextMeeting.US },
];

/** In the press's own voice: it adds a third aim. */
const pressPoints: readonly Point[] = [
  {
    as: 'aim',
    kind: 'noted',
    quote: {
      en: 'The aim is to normalise the work of the missions, to remove irritants and to ease tensions.',
    },
  },
];

export const istanbulPoints: readonly Step[] = [
  ...points(byRussia, 'ru-account', russianPoints),
  ...points(byRussia, 'ru-account-other', otherRendering),
  ...points(byUnitedStates, 'us-account', americanPoints),
  ...points({ ...inSummary, occurred: secondRound }, 'press-account', pressPoints),
];
