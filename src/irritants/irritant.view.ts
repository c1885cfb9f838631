import { hasSaid, markedView, since, toldView } from '#libs/decider';
import type { Said, WordsOf } from '#libs/decider';
import { linkagesView, unansweredLinkages } from './irritant-linkages.view.js';
import type { Overlay } from './irritant.events.js';
import type { Claim, Irritant, Resolution } from './irritant.facts.js';
import { isClosed, standing } from './irritant-stage.facts.js';

type Awaited =
  | 'acknowledgement'
  | 'answer-to-claim'
  | 'answer-to-resolution'
  | 'answer-to-dormancy'
  | 'answer-to-linkage'
  | 'withdrawal'
  | 'stage-review';

interface Awaiting {
  readonly what: Awaited;
  readonly from: string;
  readonly since: string;
  readonly claimId?: string;
  readonly resolutionId?: string;
  readonly linkageId?: string;
}

function parties(irritant: Irritant): readonly string[] {
  return [...new Set([...irritant.raisers, ...irritant.respondents])];
}

function others(irritant: Irritant, party: string | null): readonly string[] {
  return parties(irritant).filter((one) => one !== party);
}

function each(from: readonly string[], item: Omit<Awaiting, 'from'>): readonly Awaiting[] {
  return from.map((one) => ({ ...item, from: one }));
}

/** Who has not concluded the review; where both have and differ, both must speak again. */
function stillToConclude({ review, ...irritant }: Irritant): readonly string[] {
  if (review === null) return [];
  const all = parties({ review, ...irritant });
  const missing = all.filter((one) => review.conclusions[one] === undefined);
  return missing.length === 0 ? all : missing;
}

/** What the next word must be, from whom, and since when it is owed. */
function awaiting(irritant: Irritant): readonly Awaiting[] {
  const review = irritant.review;
  const underReview = stillToConclude(irritant);
  const reviewing = each(underReview, { what: 'stage-review', since: review?.since ?? '' });
  if (isClosed(irritant)) return reviewing;
  const unacknowledged =
    standing(irritant).stage === 'raised'
      ? irritant.respondents.filter(
          (one) => one !== irritant.raised.party && !hasSaid(irritant.coRaised, one),
        )
      : [];
  const withdrawn = irritant.withdrawals;
  const withdrawals = withdrawn.flatMap((one) =>
    each(
      irritant.raisers.filter((raiser) => !hasSaid(withdrawn, raiser)),
      { what: 'withdrawal', since: since(one) },
    ),
  );
  return [
    ...each(unacknowledged, { what: 'acknowledgement', since: since(irritant.raised) }),
    ...irritant.claims
      .filter((one) => one.state === 'unanswered')
      .flatMap((one) =>
        each(others(irritant, one.said.party), {
          what: 'answer-to-claim',
          since: since(one.said),
          claimId: one.claimId,
        }),
      ),
    ...irritant.resolutions
      .filter((one) => one.state === 'proposed')
      .flatMap((one) =>
        each(others(irritant, one.said.party), {
          what: 'answer-to-resolution',
          since: since(one.said),
          resolutionId: one.resolutionId,
        }),
      ),
    ...(irritant.dormancy === null
      ? []
      : each(others(irritant, irritant.dormancy.party), {
          what: 'answer-to-dormancy',
          since: since(irritant.dormancy),
        })),
    ...unansweredLinkages(irritant).flatMap(({ said, linkageId }) =>
      each(others(irritant, said.party), { what: 'answer-to-linkage', since: since(said), linkageId }),
    ),
    ...withdrawals.slice(0, 1),
    ...reviewing,
  ];
}

export function overlaysOf(irritant: Irritant): readonly Overlay[] {
  return [
    ...(irritant.suspensions.length > 0 ? ['suspended' as const] : []),
    ...(irritant.partialResolutions.length > 0 && !isClosed(irritant) ? ['part-resolved' as const] : []),
    ...(irritant.breaches.length > 0 ? ['breach-alleged' as const] : []),
    ...(irritant.review === null ? [] : ['stage-under-review' as const]),
  ];
}

function answerView({ said, ...answer }: NonNullable<Claim['answer']>, wordsOf: WordsOf) {
  return { ...answer, ...toldView(said, wordsOf) };
}

function claimView(claim: Claim, wordsOf: WordsOf) {
  const { said, answer, ...rest } = claim;
  return {
    ...rest,
    ...toldView(said, wordsOf),
    ...(answer === undefined ? {} : { answer: answerView(answer, wordsOf) }),
  };
}

function resolutionView(resolution: Resolution, wordsOf: WordsOf) {
  const { said, answer, ...rest } = resolution;
  return {
    ...rest,
    ...toldView(said, wordsOf),
    ...(answer === undefined ? {} : { answer: toldView(answer, wordsOf) }),
  };
}

function told(all: readonly Said[], wordsOf: WordsOf) {
  return all.map((one) => toldView(one, wordsOf));
}

function positionsView(irritant: Irritant, wordsOf: WordsOf) {
  return Object.fromEntries(
    Object.entries(irritant.positions).map(([party, { said, ...position }]) => [
      party,
      { ...position, ...toldView(said, wordsOf) },
    ]),
  );
}

/** The joint stage beside each side's own position and the claims still unanswered. */
export function irritantView(irritant: Irritant, wordsOf: WordsOf) {
  const raising = wordsOf(irritant.raised.eventId);
  const present = standing(irritant);
  return {
    key: irritant.key,
    dialogueId: irritant.dialogueId,
    title: raising['title'] ?? null,
    statement: raising['statement'] ?? null,
    designations: raising['designations'] ?? {},
    category: irritant.category,
    legalBasis: irritant.legalBasis,
    raisers: irritant.raisers,
    respondents: irritant.respondents,
    raisedBasis: irritant.raisedBasis,
    synthetic: irritant.synthetic,
    stage: present.stage,
    basis: present.basis,
    stageSince: since(present),
    milestones: [irritant.base, ...irritant.milestones],
    overlays: overlaysOf(irritant),
    positions: positionsView(irritant, wordsOf),
    claims: irritant.claims.map((one) => claimView(one, wordsOf)),
    linkages: linkagesView(irritant, wordsOf),
    instruments: irritant.instruments,
    awaiting: awaiting(irritant),
    flags: irritant.flags,
    acknowledgements: told(irritant.acknowledgements, wordsOf),
    contests: told(irritant.contests, wordsOf),
    coRaised: told(irritant.coRaised, wordsOf),
    resolutions: irritant.resolutions.map((one) => resolutionView(one, wordsOf)),
    dormancy: irritant.dormancy === null ? null : toldView(irritant.dormancy, wordsOf),
    withdrawals: told(irritant.withdrawals, wordsOf),
    suspensions: told(irritant.suspensions, wordsOf),
    partialResolutions: told(irritant.partialResolutions, wordsOf),
    breaches: irritant.breaches,
    review: irritant.review,
    raised: markedView(irritant.raised, wordsOf),
    updatedAt: irritant.updated.recordedAt,
  };
}
