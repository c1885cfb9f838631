import type { DialogueFacts } from '../dialogues/dialogue.events.js';
import { fold, streamOf } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import type { StoredStreams } from '../platform/record/stored-streams.js';
import type { Registered } from './checkpoint-by.js';
import { partyWitnessesIn } from './party-witnesses.js';

/** By the events of the dialogue that were recorded by then. */
export async function registeredBy(
  dialogues: Slice,
  streams: StoredStreams,
  dialogueId: string,
  ms: number,
): Promise<Registered> {
  const all = await streams.events(streamOf(dialogues, dialogueId));
  const end = all.findIndex(({ recordedAt }) => Date.parse(recordedAt) > ms);
  const folded = fold(dialogues, end === -1 ? all : all.slice(0, end));
  if (folded === undefined) return { parties: [], witnesses: [] };
  const facts = folded.state as DialogueFacts;
  return { parties: facts.parties, witnesses: partyWitnessesIn(facts) };
}
