import type { AwaitedKind } from '../audit/documents.js';

/** The terms of the record in words: `under-consultation` is written `under consultation`. */
export function term(code: string): string {
  return code.replaceAll('-', ' ');
}

/** With a capital, for the beginning of a sentence or cell. */
export function Term(code: string): string {
  return capitalised(term(code));
}

export function capitalised(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

type Capacity = 'direct' | 'attributed' | 'derived';

/** A mark for each capacity that is told apart by its form, for paper and for eyes that see no colour. */
export const capacityMarks: { readonly [capacity in Capacity]: string } = {
  direct: '●',
  attributed: '◐',
  derived: '○',
};

/** Who stands behind an act, in half a sentence. */
export function capacityInWords(act: {
  readonly capacity: Capacity;
  readonly party: string | null;
  readonly recorderParty: string | null;
}): string {
  if (act.capacity === 'derived') return 'derived by rule from other entries';
  if (act.capacity === 'direct')
    return act.party === null ? 'record-keeping' : 'direct: recorded by the party itself';
  return `attributed: recorded by ${act.recorderParty ?? 'a secretariat of neither side'}`;
}

export const basisInWords: { readonly [basis in 'direct' | 'attributed']: string } = {
  direct: 'Direct: each side recorded its own acts.',
  attributed: 'Attributed: rests, at least in part, on acts that others recorded from published sources.',
};

export const awaitedInWords: { readonly [what in AwaitedKind]: string } = {
  'answer-to-raising': 'an answer: an acknowledgement, which is without prejudice, or a contest',
  'answer-to-claim': 'an answer to the claim',
  'answer-to-resolution': 'an answer to the proposed terms',
  'answer-to-dormancy': 'an answer to the proposal to let it rest',
  'answer-to-linkage': 'an answer to the asserted linkage',
  'answer-to-access': 'an answer to the request for access',
  'answer-to-damage': 'an answer to the assessed damage',
  'confirmation-of-return': 'its word on the return',
  'answer-to-step': 'its word on a step that is reported done',
  'answer-to-fulfilment': 'its word on the reported fulfilment',
  'answer-to-breach': 'an answer to the alleged breach',
  'answer-to-extension': 'an answer to the proposed date',
  assent: 'its assent to the text',
  'confirmation-by-capital': 'the confirmation by its capital',
  withdrawal: 'its own withdrawal, as a raiser',
  'answer-to-withdrawal': 'its word on the withdrawal of what both had agreed on',
  'stage-review': 'its conclusion of the stage review',
};

/** Who raised a matter; that nobody is on record is said, never left blank. */
export function raisersInWords(raisers: readonly string[]): string {
  return raisers.length === 0 ? 'nobody on record' : raisers.join(' and ');
}

/** The open stages from the lowest to the highest; each closed one is the end of the ladder. */
export const ladder = [
  'raised',
  'under-consultation',
  'roadmap-in-principle',
  'roadmap-agreed',
  'in-implementation',
] as const;

/** Of one rank with a rung of the ladder. */
const sameRank: { readonly [stage: string]: (typeof ladder)[number] } = {
  'agreed-in-principle': 'roadmap-in-principle',
  agreed: 'roadmap-agreed',
};

export function rungOf(stage: string): number {
  const rung = (ladder as readonly string[]).indexOf(sameRank[stage] ?? stage);
  return rung === -1 ? ladder.length : rung;
}

/** What has to be known before anything else of an entry is believed. */
export function marksOf({
  synthetic = false,
  unreadableSince,
}: {
  readonly synthetic?: boolean;
  readonly unreadableSince?: number;
}): readonly string[] {
  return [
    ...(synthetic ? ['synthetic'] : []),
    ...(unreadableSince === undefined ? [] : [`unreadable since r${unreadableSince}`]),
  ];
}
