import type { Act } from '#libs/decider';
import type { Stored } from '../../platform/record/envelope.js';

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

/** Why an act can't amend what it names; undefined where it can, or amends nothing. */
export function amendingFault(
  amending: Stored,
  find: (id: string) => Stored | undefined,
): string | undefined {
  const mayAmend = Object.hasOwn(voices, amending.type) ? voices[amending.type] : undefined;
  if (mayAmend === undefined) return undefined;
  const target = find(String(amending.data['target']));
  if (target === undefined || target.stream !== amending.stream)
    return `${amending.type} names nothing that stands before it in ${amending.stream}.`;
  if (mayAmend(amending.act, target.act)) return undefined;
  const { party, recordedBy } = amending.act;
  return `${amending.type} of the ${target.type} ${target.id} is not for ${recordedBy}, of ${party ?? 'no party'}, to say.`;
}
