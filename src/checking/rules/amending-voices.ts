import type { Act } from '#libs/decider';
import { isAmendment } from '../../platform/record/amendment-events.js';
import type { Stored } from '../../platform/record/envelope.js';
import { commandFor } from '../../platform/record/slice.js';
import type { Slice } from '../../platform/record/slice.js';

type Voice = (amending: Act, target: Act) => boolean;

const isOfRecorder: Voice = (amending, target) =>
  amending.recordedBy === target.recordedBy && amending.recorderParty === target.recorderParty;
const answersForItsName: Voice = (amending, target) =>
  target.capacity === 'attributed' && target.party === amending.party;

/** By type, who alone can have recorded it, whatever else the rules ask: no order in which acts came changes that. */
const voices: { readonly [type: string]: Voice } = {
  EventRetracted: (amending, target) => target.capacity !== 'derived' && isOfRecorder(amending, target),
  EventCorrected: ({ recorderParty }, target) =>
    target.capacity !== 'derived' &&
    (recorderParty === null || recorderParty === target.recorderParty || recorderParty === target.party),
  AttributionEndorsed: answersForItsName,
  AttributionDisavowed: answersForItsName,
  AttributionDoubted: (amending, target) =>
    target.capacity === 'attributed' && isOfRecorder(amending, target),
  ActRepudiated: (amending, target) => target.capacity === 'direct' && target.party === amending.party,
};

/** Amendments that either side may ask for or say, of whatever was said. */
const ofEither = ['ErasureRequested', 'ActReviewConcluded'];

/** What no request records, in whatever capacity; of the dialogue itself the service records some things by itself. */
function isConclusion({ commands, schemas, part }: Slice, type: string): boolean {
  if (isAmendment({ type })) return !Object.hasOwn(voices, type) && !ofEither.includes(type);
  return part !== 'dialogue' && Object.hasOwn(schemas, type) && commandFor({ commands }, type) === undefined;
}

/** Why an act, which is no conclusion, can't be one of whoever it is said to be; undefined where it can. */
export function actingFault(
  slice: Slice,
  act: Stored,
  find: (id: string) => Stored | undefined,
): string | undefined {
  return isConclusion(slice, act.type)
    ? `${act.type} is concluded by rule and said by nobody, and it stands here as “${act.act.capacity}”.`
    : amendingFault(act, find);
}

/** Undefined also where it amends nothing. */
function amendingFault(amending: Stored, find: (id: string) => Stored | undefined): string | undefined {
  const mayAmend = Object.hasOwn(voices, amending.type) ? voices[amending.type] : undefined;
  if (mayAmend === undefined) return undefined;
  const target = find(String(amending.data['target']));
  if (target === undefined || target.stream !== amending.stream)
    return `${amending.type} names nothing that stands before it in ${amending.stream}.`;
  if (mayAmend(amending.act, target.act)) return undefined;
  const { party, recordedBy } = amending.act;
  return `${amending.type} of the ${target.type} ${target.id} is not for ${recordedBy}, of ${party ?? 'no party'}, to say.`;
}
