import { isAmendment } from '../../platform/record/amendment-events.js';
import type { Stored } from '../../platform/record/envelope.js';
import { commandFor } from '../../platform/record/slice.js';
import type { Slice } from '../../platform/record/slice.js';
import { isConcluded, mayAmend } from '../../platform/record/voices.js';

/** What no request records, in whatever capacity; of the dialogue itself the service records some things by itself. */
function isConclusion({ commands, schemas, part }: Slice, type: string): boolean {
  if (isAmendment({ type })) return isConcluded(type);
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
  if (!isAmendment(amending)) return undefined;
  const target = find(String(amending.data['target']));
  if (target === undefined || target.stream !== amending.stream)
    return `${amending.type} names nothing that stands before it in ${amending.stream}.`;
  if (mayAmend(amending, target)) return undefined;
  const { party, recordedBy } = amending.act;
  return `${amending.type} of the ${target.type} ${target.id} is not for ${recordedBy}, of ${party ?? 'no party'}, to say.`;
}
