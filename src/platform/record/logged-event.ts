import { formatPosition } from '#libs/event-store';
import type { JsonObject, Recorded } from '#libs/event-store';
import type { Leaf, Payload } from '#libs/ledger';

/** Positions are of a store, and a log has none: its places stand in for them. */
const epoch = 'log';

/** The event as a store would give it, made of its leaf and payload; undefined where its data is withheld. */
export function loggedEvent(leaf: Leaf, payload: Payload | undefined): Recorded | undefined {
  if (payload === undefined || payload.data === null) return undefined;
  const { data, ...envelope } = payload.data;
  const { act, content: contentHash } = leaf;
  return {
    id: leaf.id,
    stream: leaf.stream,
    revision: BigInt(leaf.rev),
    position: formatPosition(epoch, BigInt(leaf.seq)),
    recordedAt: leaf.recorded,
    type: leaf.type,
    data: data as JsonObject,
    // Words that are withheld are as those that are erased: no rule reads either.
    content: contentHash === undefined ? {} : payload.content,
    salt: payload.salt,
    meta: {
      ...envelope,
      schemaVersion: leaf.schema,
      ...(leaf.occurred === undefined ? {} : { occurred: { ...leaf.occurred } }),
      act: {
        party: act.party ?? null,
        capacity: act.capacity,
        recordedBy: act.recordedBy,
        recorderParty: act.recorderParty ?? null,
      },
      ...(contentHash === undefined ? {} : { contentHash }),
      ...(payload.signature === undefined ? {} : { signature: { ...payload.signature } }),
    },
  };
}
