import { Damaged } from '#libs/event-store';
import type { Projections } from '#libs/projections';
import type { Principal } from '../record/principal.js';
import { notFound } from '../record/refusals.js';
import { streamOf } from '../record/fold.js';
import type { EventRegistry } from '../record/event-registry.js';
import { dialogueOfStream } from '../record/references.js';
import type { Streams } from '../record/streams.js';

interface Reading {
  readonly registry: EventRegistry;
  readonly projections: Pick<Projections, 'view'>;
}

/** The dialogues that a principal sees, by id. */
export type Sight = 'all' | readonly string[];

/** Whoever acts for a party sees the dialogues of that party; others what was granted to them, by id, or all. */
export function sightOf({ projections, registry }: Reading, { party, dialogues }: Principal): Sight {
  if (party === null) return dialogues ?? 'all';
  return projections
    .view(registry.part('dialogue').name)
    .tables.prepare(`SELECT id FROM {labels} WHERE name = 'party' AND value = ?`)
    .all(party)
    .map(({ id }) => String(id));
}

/** Whether the party has joined any dialogue: then a negotiator of it has spoken, by key or by token. */
export async function hasJoinedAny(
  { projections, streams }: Omit<Reading, 'registry'> & { readonly streams: Streams },
  party: string,
): Promise<boolean> {
  const reading = { projections, registry: streams.registry };
  const principal = { id: '', name: '', party, roles: [] };
  for (const dialogueId of sightOf(reading, principal)) {
    if ((await streams.dialogue(dialogueId))?.joined.includes(party) === true) return true;
  }
  return false;
}

/** Whoever acts for no party and was not given single dialogues. */
export function seesAll({ party, dialogues }: Principal): boolean {
  return party === null && dialogues === undefined;
}

/** From the stream of the dialogue itself, which no list lags behind. */
export async function sees(
  streams: Streams,
  { party, dialogues }: Principal,
  dialogueId: string,
): Promise<boolean> {
  if (party === null) return dialogues === undefined || dialogues.includes(dialogueId);
  return (await streams.dialogue(dialogueId))?.parties.includes(party) === true;
}

/**
 * What a principal does not see answers as what is not there, by the name under which it was asked for; and what is not
 * there at once, whatever else is wrong with the request: else its other faults would tell the one from the other.
 */
export async function refuseUnseen(
  streams: Streams,
  principal: Principal,
  slice: string,
  { id, asked }: { readonly id: string; readonly asked: string },
): Promise<void> {
  const stream = streamOf(streams.registry.get(slice), id);
  const { dialogueId, damaged } = await whose(streams, stream);
  const isSeen = dialogueId !== undefined && (await sees(streams, principal, dialogueId));
  if (!isSeen) throw notFound(streams.registry.get(slice), asked);
  if (damaged !== undefined) throw damaged;
}

/** The dialogue of an entry; of one whose stream was damaged by hand, as it was read before. */
async function whose(
  streams: Streams,
  stream: string,
): Promise<{ readonly dialogueId?: string | undefined; readonly damaged?: Damaged }> {
  try {
    const [first] = await streams.events(stream);
    return first === undefined ? {} : { dialogueId: dialogueOfStream(streams.registry, stream, first) ?? '' };
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    return { dialogueId: streams.dialogueReadOf(stream), damaged: error };
  }
}
