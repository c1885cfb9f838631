import type { Asked, Policy } from '#libs/decider';
import type { Sequenced } from '#libs/projections';
import { countedIn } from './amendments.js';
import { consequenceId } from './consequences.js';
import type { Taken } from './consequences.js';
import { takesOut } from './dropping.js';
import type { Stored } from './envelope.js';
import type { EventRegistry } from './event-registry.js';
import { fold, idOf, streamOf } from './fold.js';
import type { Ids } from './ids.js';
import { dialogueOfStream } from './named-facts.js';
import { placeOf } from './place.js';

/** What a policy asked of the stream of a consequence that has fallen, and its cause as it counts now. */
export interface Again {
  readonly policy: Policy;
  readonly cause: Stored;
  readonly asked: Asked;
}

/**
 * What the policy asked on account of the cause, as its stream was then without what has fallen there since; nothing
 * where the cause itself has fallen.
 */
export function askedAgain(
  registry: EventRegistry,
  ids: Ids,
  { id, causationId, stream }: Stored,
  { seq, record }: Taken,
): readonly Again[] {
  const found = causationId === undefined ? undefined : record.byId(causationId);
  if (causationId === undefined || found === undefined) return [];
  const target = registry.ofStream(stream);
  const policy = target.policies.find((one) => consequenceId(ids, one, causationId, idOf(stream)) === id);
  const origin = registry.ofStream(found.event.stream);
  const counts = (one: Sequenced) => one.seq <= found.seq || takesOut(one.event);
  const events = record
    .ofStream(found.event.stream, { uptoSeq: seq })
    .filter(counts)
    .map((one) => registry.read(one.event));
  const cause = countedIn(origin, events).counted.find((one) => one.id === causationId);
  const state = fold(origin, events)?.state;
  if (policy === undefined || cause === undefined || state === undefined) return [];
  const place = placeOf(registry, events, { seq, record }, counts);
  return policy
    .react(cause, state as never, place)
    .filter((asked) => streamOf(target, asked.id) === stream)
    .map((asked) => ({ policy, cause, asked }));
}

/** What is attributed to a party after that party has joined is void: the order in the store decides. */
export function isVoid(
  registry: EventRegistry,
  { act, stream }: Stored,
  prefix: () => readonly Stored[],
  { seq, record }: Taken,
): boolean {
  const { party, capacity } = act;
  if (capacity !== 'attributed' || party === null) return false;
  const dialogueId = dialogueOfStream(stream, prefix()[0]) ?? '';
  return record
    .ofStream(`dialogue-${dialogueId}`, { uptoSeq: seq - 1 })
    .some(({ event }) => event.type === 'PartyJoined' && registry.read(event).act.party === party);
}
