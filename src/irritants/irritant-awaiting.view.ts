import { hasSaid, since } from '#libs/decider';
import type { Said } from '#libs/decider';
import { awaitedOnClaims } from '../kernel/claims.view.js';
import { inPartShape } from '../platform/shapes/claim-shapes.js';
import { described, uuid } from '../platform/shapes/json-schema.js';
import { awaitingOf } from '../platform/shapes/said-shapes.js';
import { isWithdrawnByAll } from './irritant-closing.facts.js';
import type { Irritant } from './irritant.facts.js';
import { conditionalIn } from './irritant-resolutions.facts.js';
import { raisingsOf } from './irritant-raising.facts.js';
import { isAtLeast, isClosed, stageOf } from './irritant-stage.facts.js';

const awaited = [
  'answer-to-raising',
  'answer-to-claim',
  'answer-to-resolution',
  'answer-to-dormancy',
  'answer-to-linkage',
  'answer-to-release',
  'resolution-of-linked',
  'answer-to-withdrawal',
  'withdrawal',
  'stage-review',
] as const;

interface Awaiting {
  readonly what: (typeof awaited)[number];
  readonly from: string;
  readonly since: string;
  readonly claimId?: string;
  /** Only the rest of the claim, which is confirmed in part. */
  readonly inPart?: true;
  readonly resolutionId?: string;
  readonly linkageId?: string;
  /** The linked irritant whose resolution an acceptance waits for. */
  readonly irritantId?: string;
}

function others({ parties }: Irritant, party: string | null): readonly string[] {
  return parties.filter((one) => one !== party);
}

/** What is owed by every other party than the one that said it. */
function owed(irritant: Irritant, said: Said, item: Omit<Awaiting, 'from' | 'since'>): readonly Awaiting[] {
  return others(irritant, said.party).map((from) => ({ ...item, from, since: since(said) }));
}

/** A party that has said anything to the other side on the matter is not silent; contested is answered. */
function hasAnswered(irritant: Irritant, party: string): boolean {
  const { acknowledgements, contests, coRaised, positions, claims, resolutions, raised } = irritant;
  const answers = [...claims, ...resolutions].flatMap(({ said, answer }) => {
    const word = answer === undefined || 'eventId' in answer ? answer : answer.said;
    return word === undefined ? [said] : [said, word];
  });
  return (
    party in positions || hasSaid([raised, ...acknowledgements, ...contests, ...coRaised, ...answers], party)
  );
}

/** One side's grievance on which the other is silent; what both have agreed on is answered. */
function answersToRaising(irritant: Irritant): readonly Awaiting[] {
  if (isAtLeast(stageOf(irritant), 'roadmap-in-principle')) return [];
  return raisingsOf(irritant)
    .flatMap((one) => owed(irritant, one, { what: 'answer-to-raising' }))
    .filter(({ from }) => !hasAnswered(irritant, from));
}

/** The other raisers' withdrawals; and where all have withdrawn and it is open, the other side's acceptance. */
function onWithdrawal(irritant: Irritant): readonly Awaiting[] {
  const { withdrawals, raisers, parties } = irritant;
  const [first] = withdrawals;
  if (first === undefined) return [];
  const isAll = isWithdrawnByAll(irritant);
  const what = isAll ? 'answer-to-withdrawal' : 'withdrawal';
  return (isAll ? parties : raisers)
    .filter((one) => !hasSaid(withdrawals, one))
    .map((from) => ({ what, from, since: since(first) }));
}

/** Who has not concluded the review; where both have and differ, both must speak again. */
function onReview({ review, parties }: Irritant): readonly Awaiting[] {
  if (review === null) return [];
  const missing = parties.filter((one) => review.conclusions[one] === undefined);
  const from = missing.length === 0 ? parties : missing;
  return from.map((one) => ({ what: 'stage-review', from: one, since: since(review.opened) }));
}

/** While an acceptance is conditional, both sides owe the resolution of what it waits for. */
function onConditions(irritant: Irritant): readonly Awaiting[] {
  const { resolutionId, answer, conditions = [] } = conditionalIn(irritant) ?? {};
  if (answer === undefined || resolutionId === undefined) return [];
  return [...new Set(conditions.map(({ on }) => on))].flatMap((irritantId) =>
    irritant.parties.map((from) => ({
      what: 'resolution-of-linked' as const,
      from,
      since: since(answer),
      resolutionId,
      irritantId,
    })),
  );
}

/** Where one side says that a linkage which both accept ends, the other one's word on that. */
function onReleases(irritant: Irritant): readonly Awaiting[] {
  return irritant.linkages
    .filter((one) => one.state === 'accepted')
    .flatMap(({ released, linkageId }) =>
      released.flatMap((one) => owed(irritant, one, { what: 'answer-to-release', linkageId })),
    );
}

/** What the next word must be, from whom, and since when it is owed. */
export function awaiting(irritant: Irritant): readonly Awaiting[] {
  if (isClosed(irritant)) return onReview(irritant);
  const { resolutions, dormancy, linkages } = irritant;
  return [
    ...answersToRaising(irritant),
    ...awaitedOnClaims(irritant, irritant.parties),
    ...resolutions
      .filter((one) => one.state === 'proposed')
      .flatMap(({ said, resolutionId }) =>
        owed(irritant, said, { what: 'answer-to-resolution', resolutionId }),
      ),
    ...(dormancy === null ? [] : owed(irritant, dormancy, { what: 'answer-to-dormancy' })),
    ...linkages
      .filter((one) => one.state === 'asserted')
      .flatMap(({ said, linkageId }) => owed(irritant, said, { what: 'answer-to-linkage', linkageId })),
    ...onReleases(irritant),
    ...onConditions(irritant),
    ...onWithdrawal(irritant),
    ...onReview(irritant),
  ];
}

export const awaitingShape = awaitingOf(awaited, {
  claimId: uuid,
  inPart: inPartShape,
  resolutionId: uuid,
  linkageId: uuid,
  irritantId: described(uuid, 'The linked irritant whose resolution an acceptance waits for.'),
});
