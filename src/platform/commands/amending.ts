import type { Decision } from '#libs/decider';
import { accept, nothing, refuse } from '#libs/decider';
import { latestMoment } from '#libs/edtf';
import { Problem } from '#libs/problem-details';
import { isAmendment } from '../record/amendment-events.js';
import { attributionRules } from './amending-attribution.js';
import { eraseWords } from './amending-erasure.js';
import { lacksRole } from './amending-terms.js';
import type { Amending, Fields } from './amending-terms.js';
import { classOf, sentContent } from '../shapes/body-class.js';
import { isBesideAnAct, mayCorrect, notCorrected, whoCorrects } from './correcting.js';
import { correctedWords } from './corrected-words.js';
import { restingUpon, standingsIn } from '../record/dropping.js';
import type { Stored } from '../record/envelope.js';
import type { PlatformCode } from '../problems/platform.problems.js';
import { platformProblems } from '../problems/platform.problems.js';
import { targetOf } from '../record/redating.js';
import { reliedUpon } from './reliance.js';
import type { Slice } from '../record/slice.js';
import { takenBackAlike } from '../record/voices.js';
import { checked } from '../shapes/validation.js';

/** The rules of everything that amends an earlier event: the same in every stream. */
export function decideAmendment(amending: Amending): Decision<PlatformCode> {
  const { events, request } = amending;
  const target = events.find((one) => one.id === request.data['target']);
  if (target === undefined) {
    return refuse('TARGET_UNKNOWN', `The event ${String(request.data['target'])} is not in this stream.`);
  }
  switch (request.type) {
    case 'CorrectEvent':
      return correct(amending, target);
    case 'RetractEvent':
      return retract(amending, target);
    case 'RequestErasure':
      return eraseWords(amending, target);
    default:
      return attributionRules[request.type as keyof typeof attributionRules](amending, target);
  }
}

function correct(amending: Amending, target: Stored): Decision<PlatformCode> {
  const { request } = amending;
  const hasWords = request.content['content'] !== undefined;
  if (!hasWords && request.data['occurred'] === undefined) {
    return refuse(
      'NOTHING_CORRECTED',
      'A correction gives the new words in "content", or the new time in "occurred", or both.',
    );
  }
  const refused = notCorrected(amending, target, { hasWords });
  if (refused !== undefined) return refused;
  const { reading, content } = correctedWords(amending, target);
  const data = { ...request.data, schemaVersion: target.schemaVersion, reading };
  return movedPast(amending, target) ?? accept({ type: 'EventCorrected', data, content });
}

/** No date moves past what relies on it: an answer would come before its question. */
function movedPast({ events, request }: Amending, target: Stored): Decision<PlatformCode> | undefined {
  const occurred = request.data['occurred'] as Stored['occurred'];
  if (occurred === undefined) return undefined;
  const relying = restingUpon(events, [target.id]);
  const earlier = events.find(
    (one) =>
      relying.has(one.id) &&
      one.act.capacity !== 'derived' &&
      one.occurred !== undefined &&
      latestMoment(one.occurred) < latestMoment(occurred),
  );
  return earlier === undefined
    ? undefined
    : refuse(
        'RELIED_UPON',
        `The ${earlier.type} ${earlier.id} relies on it and happened by ${earlier.occurred?.edtf}: the date can't move past that.`,
      );
}

/** Whether the same side has taken it back before: what another says of it besides is no repeat of that. */
function hasRetracted({ events, request }: Amending, target: Stored): boolean {
  const { dropped } = standingsIn(events);
  return events.some(
    (one) =>
      one.type === 'EventRetracted' &&
      targetOf(one) === target.id &&
      one.act.party === request.act.party &&
      !dropped.has(one.id),
  );
}

function retract(amending: Amending, target: Stored): Decision<PlatformCode> {
  const { events, principal, request } = amending;
  const { dropped, endorsed } = standingsIn(events);
  if (hasRetracted(amending, target)) return nothing;
  if (target.revision === 0) {
    return refuse('TARGET_IS_FIRST', 'The first event of a stream is never retracted.');
  }
  const isFinal = isAmendment(target) && !takenBackAlike.includes(target.type);
  if (target.act.capacity === 'derived' || isFinal || isBesideAnAct(amending, target)) {
    return refuse(
      'TARGET_NOT_AMENDABLE',
      'Joining, consequences, keys, retractions, endorsements, disavowals and reviews are final: say anew what holds now.',
    );
  }
  if (dropped.has(target.id)) {
    return refuse(
      'TARGET_RETRACTED',
      `The event ${target.id} no longer counts: there is nothing to take back.`,
    );
  }
  if (target.act.recordedBy !== principal.id) {
    return refuse('NOT_THE_RECORDER', 'Only the principal that recorded an event retracts it.');
  }
  // To take a correction back is to correct again, and needs what that needs.
  const corrected =
    target.type === 'EventCorrected' ? events.find(({ id }) => id === targetOf(target)) : undefined;
  if (corrected !== undefined && !mayCorrect(amending, corrected, endorsed.has(corrected.id))) {
    return refuse('NOT_THE_RECORDER', whoCorrects);
  }
  const role = lacksRole(amending, corrected ?? target);
  if (role !== undefined) {
    return refuse(
      'ROLE_OF_THE_ACT',
      `${target.type} is taken back by a ${role}, as ${corrected === undefined ? 'it is recorded' : 'what it corrects is'}.`,
    );
  }
  return (
    reliedUpon(amending, target) ??
    accept({ type: 'EventRetracted', data: request.data, content: request.content })
  );
}

/** Corrected words have the shape that the words of that event have; each fault is named where it stands. */
export async function refuseWrongWords(
  slice: Slice,
  events: readonly Stored[],
  data: Fields,
  content: Fields,
): Promise<void> {
  const target = events.find((one) => one.id === data['target']);
  const schema = slice.schemas[target?.type ?? ''];
  if (content['content'] === undefined || schema === undefined) return;
  const { faults } = await checked(classOf(sentContent(schema)), content['content'], ['content']);
  if (faults.all.length === 0) return;
  throw new Problem(platformProblems.VALIDATION_FAILED, {
    detail: `The words of a ${target?.type} are not of that shape.`,
    errors: faults.all,
  });
}
