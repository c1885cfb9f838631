import type { Act, Decision } from '#libs/decider';
import { accept, nothing, refuse, rest, restOnThis } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { classOf } from './body-class.js';
import { platformProblems } from './platform.problems.js';
import { checked } from './validation.js';
import { amendmentEvents, erasedIn } from './amendments.js';
import type { Stored } from './envelope.js';
import type { PlatformCode } from './platform.problems.js';
import type { Slice } from './slice.js';

type Fields = { readonly [field: string]: unknown };

export interface AmendmentRequest {
  readonly type: string;
  readonly act: Act;
  readonly data: Fields;
  readonly content: Fields;
}

function sameRecorder(target: Stored, act: Act): boolean {
  return target.act.recordedBy === act.recordedBy;
}

/** A party corrects what it recorded, whoever was at the desk then. */
function mayCorrect(target: Stored, act: Act): boolean {
  return (
    sameRecorder(target, act) ||
    (act.recorderParty !== null && target.act.recorderParty === act.recorderParty)
  );
}

function isRetracted(events: readonly Stored[], id: string): boolean {
  return events.some((one) => one.type === 'EventRetracted' && one.data['target'] === id);
}

/** The rules of corrections, retractions and requests to erase: the same in every stream. */
export function decideAmendment(
  slice: Slice,
  events: readonly Stored[],
  request: AmendmentRequest,
  erases: boolean,
): Decision<PlatformCode> {
  const targetId = request.data['target'] as string;
  const target = events.find((one) => one.id === targetId);
  if (target === undefined) {
    return refuse('TARGET_UNKNOWN', `The event ${targetId} is not in this stream.`);
  }
  switch (request.type) {
    case 'CorrectEvent':
      return correct(slice, events, target, request);
    case 'RetractEvent':
      return retract(events, target, request);
    default:
      return requestErasure(events, target, request, erases);
  }
}

function correct(
  slice: Slice,
  events: readonly Stored[],
  target: Stored,
  request: AmendmentRequest,
): Decision<PlatformCode> {
  if (target.act.capacity === 'derived' || Object.hasOwn(amendmentEvents, target.type)) {
    return refuse(
      'TARGET_NOT_AMENDABLE',
      `A ${target.type} is not corrected itself; correct the act that it follows from, or names.`,
    );
  }
  if (request.content['content'] === undefined && request.data['occurred'] === undefined) {
    return refuse(
      'NOTHING_CORRECTED',
      'A correction gives the new words in "content", or the new time in "occurred", or both.',
    );
  }
  if (isRetracted(events, target.id)) {
    return refuse('TARGET_RETRACTED', `The event ${target.id} is retracted: enter it anew.`);
  }
  if (!mayCorrect(target, request.act)) {
    return refuse('NOT_THE_RECORDER', 'Only its recorder, or the same party, corrects an event.');
  }
  if (request.content['content'] !== undefined && erasedIn(events).has(target.id)) {
    return refuse('TARGET_ERASED', `The words of ${target.id} are erased: new ones would go the same way.`);
  }
  if (request.content['content'] !== undefined && slice.schemas[target.type]?.sealed === true) {
    return refuse(
      'CONTENT_SEALED',
      `The data of a ${target.type} holds the hash of its words: make a new one instead.`,
    );
  }
  return accept({
    type: 'EventCorrected',
    data: { ...request.data, schemaVersion: target.schemaVersion },
    content: request.content,
  });
}

function retract(
  events: readonly Stored[],
  target: Stored,
  request: AmendmentRequest,
): Decision<PlatformCode> {
  if (isRetracted(events, target.id)) return nothing;
  if (target.revision === 0) {
    return refuse('TARGET_IS_FIRST', 'The first event of a stream is never retracted.');
  }
  if (target.act.capacity === 'derived' || target.type === 'EventRetracted') {
    return refuse(
      'TARGET_NOT_AMENDABLE',
      'Consequences and retractions are not retracted: retract the act that it follows from, or enter anew what was retracted.',
    );
  }
  return sameRecorder(target, request.act)
    ? accept({ type: 'EventRetracted', data: request.data, content: request.content })
    : refuse('NOT_THE_RECORDER', 'Only the principal that recorded an event retracts it.');
}

/**
 * The words go once two principals have asked for it on the same ground, not both of one party: no side alone takes
 * words out of the record, its own or the other's.
 */
function requestErasure(
  events: readonly Stored[],
  target: Stored,
  request: AmendmentRequest,
  erases: boolean,
): Decision<PlatformCode> {
  const { act, data } = request;
  if (target.type === 'EventCorrected') {
    return refuse(
      'TARGET_NOT_AMENDABLE',
      `Without the correction the first words would stand again: ask for ${String(target.data['target'])}, which it corrects, and both go.`,
    );
  }
  const asked = events.filter(
    (one) =>
      one.type === 'ErasureRequested' &&
      one.data['target'] === target.id &&
      one.data['basis'] === data['basis'] &&
      !isRetracted(events, one.id),
  );
  if (erasedIn(events).has(target.id) || asked.some((one) => one.act.recordedBy === act.recordedBy))
    return nothing;
  const first = asked.find((one) => one.act.recorderParty !== act.recorderParty);
  const requested = { type: 'ErasureRequested', data, content: request.content };
  if (first === undefined) return accept(requested);
  if (!erases) {
    return refuse(
      'ERASURE_UNSUPPORTED',
      'The store behind this server rewrites no event, so the words can not be taken out of it.',
    );
  }
  const erasing = {
    type: 'ContentErased',
    data: { target: target.id, basis: data['basis'], askedBy: [first.act.recordedBy, act.recordedBy] },
    content: {},
    derivedFrom: [rest(first), restOnThis({ act })],
  };
  return accept(requested, erasing);
}

/** Corrected words have the shape that the words of that event have; each fault is named where it stands. */
export async function refuseWrongWords(
  slice: Slice,
  events: readonly Stored[],
  data: Fields,
  content: Fields,
): Promise<void> {
  const target = events.find((one) => one.id === data['target']);
  const shape = slice.schemas[target?.type ?? '']?.content;
  if (content['content'] === undefined || shape === undefined) return;
  const { faults } = await checked(classOf(shape), content['content'], ['content']);
  if (faults.all.length === 0) return;
  throw new Problem(platformProblems.VALIDATION_FAILED, {
    detail: `The words of a ${target?.type} are not of that shape.`,
    errors: faults.all,
  });
}
