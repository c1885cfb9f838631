import { firstKeyOf } from '../platform/access/first-key.js';
import type { ReadFor, ReadingTools, ReadsOf } from '../platform/record/slice.js';
import type { Dialogue, DialogueCommand, DialogueKnown } from './dialogue.decider.js';

/** Keys stand beside the record: how the first one of a party's negotiators came about. */
async function firstKey(
  { store }: ReadingTools,
  { principal }: Pick<ReadFor<unknown, Dialogue>, 'principal'>,
): Promise<DialogueKnown> {
  const found = principal.party === null ? undefined : await firstKeyOf(store, principal);
  return found === undefined ? {} : { firstKey: found };
}

export const dialogueReads: ReadsOf<DialogueCommand, Dialogue> = {
  OpenDialogue: firstKey,
  JoinDialogue: firstKey,
};
