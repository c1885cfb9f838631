import type { AwaitedKind } from '../reading/documents.js';

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

/** What a stage rests on, in a sentence; each side recorded its own acts only where both have spoken. */
export function basisInWords({
  basis,
  byWordOf,
}: {
  readonly basis: 'direct' | 'attributed';
  readonly byWordOf?: string;
}): string {
  if (basis === 'attributed')
    return 'Attributed: rests, at least in part, on acts that others recorded from published sources.';
  return byWordOf === undefined
    ? 'Direct: each side recorded its own acts.'
    : `Direct: ${byWordOf} recorded it itself. The other side has not said so.`;
}

const awaitedWords: { readonly [what in AwaitedKind]: string } = {
  'answer-to-raising': 'an acknowledgement (without prejudice) or a contest',
  'answer-to-claim': 'an answer to the claim',
  'answer-to-resolution': 'an answer to the proposed terms',
  'answer-to-dormancy': 'an answer to the proposal to let it rest',
  'answer-to-linkage': 'an answer to the asserted linkage',
  'answer-to-release': 'its word on the end of a linkage which both accept',
  'resolution-of-linked': 'the resolution of a linked irritant, without which the acceptance has no effect',
  'answer-to-access': 'an answer to the request for access',
  'answer-to-damage': 'an answer to the assessed damage',
  'confirmation-of-return': 'its word on the return',
  'answer-to-step': 'its word on a step that is reported done',
  'answer-to-assertion':
    'its word on what the other side says that it owes: an undertaking, or that it declines',
  'answer-to-fulfilment': 'its word on the reported fulfilment',
  'answer-to-breach': 'an answer to the alleged breach',
  'answer-to-extension': 'an answer to the proposed date',
  assent: 'its assent to the text',
  'confirmation-by-capital': 'the confirmation by its capital',
  withdrawal: 'its own withdrawal, as a raiser',
  'answer-to-withdrawal': 'its word on the withdrawal of what both had agreed on',
  'stage-review': 'its conclusion of the stage review',
};

/** What the next word must be; of a claim that is confirmed in part, only what is said to the rest of it. */
export function awaitedInWords({
  what,
  inPart,
}: {
  readonly what: AwaitedKind;
  readonly inPart?: unknown;
}): string {
  return inPart === true ? 'an answer to the rest of the claim' : awaitedWords[what];
}

interface Raised {
  readonly raisers: readonly string[];
  readonly raisedBasis: string;
}

/** Who raised it, each by its own word; none where nobody says who. */
export function raisersInWords({ raisers, raisedBasis }: Raised): string {
  return raisers.length === 0 ? 'nobody says who' : `${raisers.join(' and ')} (${term(raisedBasis)})`;
}

export function raisedInWords(raised: Raised): string {
  return raised.raisers.length === 0 ? 'nobody says who raised it' : `raised by ${raisersInWords(raised)}`;
}

/** Where an irritant stands, and the milestones that led there. */
export interface Climbed {
  readonly stage: string;
  readonly milestones: readonly { readonly stage: string }[];
}

/** The open stages from the lowest to the highest; those of one rank share a rung. */
export const ladder = [
  ['raised'],
  ['under-consultation'],
  ['roadmap-in-principle', 'agreed-in-principle'],
  ['roadmap-agreed', 'agreed'],
  ['in-implementation'],
] as const;

/** The place of an open stage on the ladder; a closed one has none. */
export function rungOf(stage: string): number | undefined {
  const rung = ladder.findIndex((one) => (one as readonly string[]).includes(stage));
  return rung === -1 ? undefined : rung;
}

/** The highest open stage that was reached: an irritant may end without having reached them all. */
export function reachedBy({
  stage,
  milestones,
}: Climbed): { readonly stage: string; readonly rung: number } | undefined {
  return [...milestones.map((one) => one.stage), stage]
    .flatMap((one) => {
      const rung = rungOf(one);
      return rung === undefined ? [] : [{ stage: one, rung }];
    })
    .toSorted((one, other) => one.rung - other.rung)
    .at(-1);
}

/** The stage, and of a closed irritant what it had reached when it ended. */
export function stageInWords(climbed: Climbed): string {
  const reached = reachedBy(climbed);
  return rungOf(climbed.stage) !== undefined || reached === undefined
    ? Term(climbed.stage)
    : `${Term(climbed.stage)}, after ${term(reached.stage)}`;
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
