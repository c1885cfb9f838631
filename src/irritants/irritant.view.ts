import { markedView, since, toldView } from '#libs/decider';
import type { LangText, Said, WordsOf } from '#libs/decider';
import { awaiting } from './irritant-awaiting.view.js';
import { linkagesView } from './irritant-linkages.view.js';
import { overlayDetails, overlaysOf } from './irritant-overlays.view.js';
import type { Irritant } from './irritant.facts.js';
import type { Claim } from './irritant-claims.facts.js';
import type { Resolution } from './irritant-resolutions.facts.js';
import { standing } from './irritant-stage.facts.js';

function answerView({ said, ...answer }: NonNullable<Claim['answer']>, wordsOf: WordsOf) {
  return { ...answer, ...toldView(said, wordsOf) };
}

function claimView({ said, answer, partial, withdrawn, ...rest }: Claim, wordsOf: WordsOf) {
  // The confirmation in part stands beside a later answer to the rest.
  const inPart = partial === undefined || partial.eventId === answer?.said.eventId ? undefined : partial;
  return {
    ...rest,
    ...toldView(said, wordsOf),
    ...(answer === undefined ? {} : { answer: answerView(answer, wordsOf) }),
    ...(inPart === undefined ? {} : { partial: toldView(inPart, wordsOf) }),
    ...(withdrawn === undefined ? {} : { withdrawn: toldView(withdrawn, wordsOf) }),
  };
}

function resolutionView(resolution: Resolution, wordsOf: WordsOf) {
  const { said, answer, takenBack, ...rest } = resolution;
  return {
    ...rest,
    ...toldView(said, wordsOf),
    ...(answer === undefined ? {} : { answer: toldView(answer, wordsOf) }),
    ...(takenBack === undefined ? {} : { takenBack: toldView(takenBack, wordsOf) }),
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

/** What each party calls the matter: its last own name, and until then the one under which it raised it. */
function designationsOf(irritant: Irritant, wordsOf: WordsOf): { readonly [party: string]: LangText } {
  const raising = wordsOf(irritant.raised.eventId)['designations'] as { readonly [party: string]: LangText };
  const own = Object.entries(raising ?? {}).filter(([party]) => party === irritant.raised.party);
  const later = irritant.designated.flatMap((one): [string, LangText][] => {
    const name = wordsOf(one.eventId)['name'] as LangText | undefined;
    return name === undefined || one.party === null ? [] : [[one.party, name]];
  });
  return Object.fromEntries([...own, ...later]);
}

/** Whose wording the title is, until the other side has accepted it or raised the matter under it. */
function titledView({ titleBy, titleAccepted, coRaised, parties }: Irritant) {
  const words = [...titleAccepted, ...coRaised].map((one) => one.party);
  const acceptedBy = parties.filter((one) => one !== titleBy && words.includes(one));
  const open = parties.filter((one) => one !== titleBy && !words.includes(one));
  return { by: titleBy, acceptedBy, isNeutral: open.length === 0 };
}

/** What one side undid by reopening stands beside who did. */
function reopeningsView({ reopenings }: Irritant, wordsOf: WordsOf) {
  return reopenings.map(({ said, ...reopening }) => ({ ...reopening, ...toldView(said, wordsOf) }));
}

function whatItIs(irritant: Irritant, wordsOf: WordsOf) {
  const raising = wordsOf(irritant.raised.eventId);
  return {
    key: irritant.key,
    dialogueId: irritant.dialogueId,
    title: raising['title'] ?? null,
    titled: titledView(irritant),
    statement: raising['statement'] ?? null,
    designations: designationsOf(irritant, wordsOf),
    designated: told(irritant.designated, wordsOf),
    category: irritant.category,
    tags: (raising['tags'] ?? []) as readonly string[],
    legalBasis: (raising['legalBasis'] ?? []) as readonly string[],
    parties: irritant.parties,
    raisers: irritant.raisers,
    respondents: irritant.respondents,
    raisedBasis: irritant.raisedBasis,
    synthetic: irritant.synthetic,
  };
}

/** The joint stage beside each side's own position and the claims still unanswered. */
export function irritantView(irritant: Irritant, wordsOf: WordsOf) {
  const present = standing(irritant);
  const { dormancy, withdrawalAccepted, review } = irritant;
  return {
    ...whatItIs(irritant, wordsOf),
    stage: present.stage,
    basis: present.basis,
    stageSince: since(present),
    milestones: [irritant.base, ...irritant.milestones],
    reopenings: reopeningsView(irritant, wordsOf),
    overlays: overlaysOf(irritant),
    overlayDetails: overlayDetails(irritant),
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
    dormancy: dormancy === null ? null : toldView(dormancy, wordsOf),
    withdrawals: told(irritant.withdrawals, wordsOf),
    withdrawalAccepted: withdrawalAccepted === null ? null : toldView(withdrawalAccepted, wordsOf),
    suspensions: told(irritant.suspensions, wordsOf),
    partialResolutions: told(irritant.partialResolutions, wordsOf),
    breaches: irritant.breaches.map(({ on }) => on.id),
    review: review === null ? null : { ...review, opened: toldView(review.opened, wordsOf) },
    raised: markedView(irritant.raised, wordsOf),
  };
}
