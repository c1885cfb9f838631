import type { Decision } from '#libs/decider';
import { accept, nothing, refuse, restingOn } from '#libs/decider';
import { lacksRole } from './amending-terms.js';
import type { Amending } from './amending-terms.js';
import { isOut, restingUpon, standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { PlatformCode } from '../problems/platform.problems.js';

type Rule = (amending: Amending, target: Stored) => Decision<PlatformCode>;

/** What the party has said of it before, and still counts: what both found void was not its own. */
function earlier({ events, request }: Amending, type: string, target: Stored): Stored | undefined {
  const { dropped } = standingsIn(events);
  return events.findLast(
    (one) =>
      one.type === type &&
      one.data['target'] === target.id &&
      one.act.party === request.act.party &&
      !dropped.has(one.id),
  );
}

/** Only what somebody else recorded in its name, and only once. */
function unanswerable(amending: Amending, target: Stored): Decision<PlatformCode> | undefined {
  const { party } = amending.request.act;
  if (target.act.capacity !== 'attributed' || target.act.party !== party) {
    return refuse(
      'NOT_ATTRIBUTED_TO_YOU',
      `The event ${target.id} was not recorded by somebody else as an act of ${party}.`,
    );
  }
  const answer = ['AttributionEndorsed', 'AttributionDisavowed']
    .map((type) => earlier(amending, type, target))
    .find((one) => one !== undefined);
  if (answer !== undefined) {
    return refuse(
      'ATTRIBUTION_ANSWERED',
      `${party} has already answered for it, in ${answer.type} ${answer.id}.`,
    );
  }
  return standingsIn(amending.events).dropped.has(target.id)
    ? refuse('TARGET_RETRACTED', `The event ${target.id} no longer counts: there is nothing to answer for.`)
    : undefined;
}

/**
 * Whoever asks for a review contests what rests on it, and has not acted on it; who names the members of a delegation as
 * an account gives them keeps the record, and has not made that account its own.
 */
const notActing = new Set(['StageReviewOpened', 'DelegationNamed']);

/** What a direct act of its own has since rested on, the party has made its own. */
function actedUpon({ events, request, elsewhere }: Amending, target: Stored): Stored | undefined {
  const { dropped, endorsed } = standingsIn(events);
  const ids = restingUpon(events, [target.id]);
  const isOwn = ({ id, type, act }: Stored) =>
    act.party === request.act.party &&
    !notActing.has(type) &&
    (act.capacity === 'direct' || endorsed.has(id) || elsewhere.endorsed.has(id));
  return (
    events.find((one) => ids.has(one.id) && !dropped.has(one.id) && isOwn(one)) ??
    elsewhere.events.find(isOwn)
  );
}

/** A party takes out what was said in its name, by disavowing it or by its own word, only until it has acted on it. */
export function refuseActedUpon(
  amending: Amending,
  target: Stored,
): Extract<Decision<PlatformCode>, { refused: unknown }> | undefined {
  const own = actedUpon(amending, target);
  return own === undefined
    ? undefined
    : refuse(
        'ACTED_UPON',
        `${amending.request.act.party} has acted on it itself, in ${own.type} ${own.id}: terminate, withdraw or reopen what follows from it instead.`,
      );
}

function disavow(amending: Amending, target: Stored): Decision<PlatformCode> {
  const { request } = amending;
  if (earlier(amending, 'AttributionDisavowed', target) !== undefined) return nothing;
  const refused = unanswerable(amending, target);
  if (refused !== undefined) return refused;
  const actedOn = refuseActedUpon(amending, target);
  if (actedOn !== undefined) return actedOn;
  const { ground, sourceId } = request.data;
  const isNamed = (ground === 'not-our-source') === (sourceId !== undefined);
  const isCited = sourceId === undefined || target.sources.some((one) => one.sourceId === sourceId);
  return isNamed && isCited
    ? accept({ type: 'AttributionDisavowed', data: request.data, content: request.content })
    : refuse(
        'GROUND_WITHOUT_SOURCE',
        'The ground "not-our-source" names, in "sourceId", a source that the act cites; the other ground names none.',
      );
}

function repudiate(amending: Amending, target: Stored): Decision<PlatformCode> {
  const { events, request } = amending;
  const { party } = request.act;
  if (earlier(amending, 'ActRepudiated', target) !== undefined) return nothing;
  if (target.act.capacity !== 'direct' || target.act.party !== party) {
    return refuse(
      'NOT_A_DIRECT_ACT_OF_YOURS',
      `The event ${target.id} is no direct act under the name of ${party}.`,
    );
  }
  const declared = amending.declared(target);
  if (declared?.final === true) {
    const instead = declared.takenBackBy === undefined ? '' : ` Instead, ${declared.takenBackBy}.`;
    return refuse('NOT_A_DIRECT_ACT_OF_YOURS', `${target.type} is final and can’t be void.${instead}`);
  }
  return standingsIn(events).dropped.has(target.id)
    ? refuse('TARGET_RETRACTED', `The event ${target.id} no longer counts: there is nothing to repudiate.`)
    : accept({ type: 'ActRepudiated', data: request.data, content: request.content });
}

function concludeReview(amending: Amending, target: Stored): Decision<PlatformCode> {
  const { events, request } = amending;
  const last = earlier(amending, 'ActReviewConcluded', target);
  if (last?.data['outcome'] === request.data['outcome']) return nothing;
  const repudiation = standingsIn(events).repudiated.get(target.id);
  if (repudiation === undefined) {
    return refuse(
      'NO_REVIEW_OF_THE_ACT',
      `The event ${target.id} is not repudiated, or its review is concluded.`,
    );
  }
  const concluded = { type: 'ActReviewConcluded', data: request.data, content: request.content };
  // Without the repudiation there is nothing to review.
  return accept(restingOn(concluded, { eventId: repudiation.id }));
}

/**
 * Whoever recorded it in the name of another can no longer take it back once that party has endorsed it, or others rely on
 * it; that it is in doubt can be said at any time, for it changes nothing but how the word is shown (domain rule 4).
 */
function doubt(amending: Amending, target: Stored): Decision<PlatformCode> {
  const { events, principal, request } = amending;
  const standings = standingsIn(events);
  if (target.act.capacity !== 'attributed') {
    return refuse(
      'NOT_AN_ATTRIBUTION',
      `The event ${target.id} is not what somebody else is said to have said: correct it or take it back, or say what holds now.`,
    );
  }
  if (isOut(standings, target.id)) {
    return refuse(
      'TARGET_RETRACTED',
      `The event ${target.id} no longer counts: there is nothing left to doubt.`,
    );
  }
  if (target.act.recordedBy !== principal.id) {
    return refuse('NOT_THE_RECORDER', 'Only the principal that recorded an act in another’s name doubts it.');
  }
  const role = lacksRole(amending, target);
  if (role !== undefined) {
    return refuse('ROLE_OF_THE_ACT', `${target.type} is doubted by a ${role}, as it is recorded.`);
  }
  return standings.doubted.has(target.id)
    ? nothing
    : accept({ type: 'AttributionDoubted', data: request.data, content: request.content });
}

/** How a party answers for what stands under its name, and whoever recorded it there. */
export const attributionRules = {
  EndorseAttribution: (amending, target) => {
    const { request } = amending;
    if (earlier(amending, 'AttributionEndorsed', target) !== undefined) return nothing;
    return (
      unanswerable(amending, target) ??
      accept({ type: 'AttributionEndorsed', data: request.data, content: request.content })
    );
  },
  DisavowAttribution: disavow,
  DoubtAttribution: doubt,
  RepudiateAct: repudiate,
  ConcludeActReview: concludeReview,
} as const satisfies { readonly [type: string]: Rule };
