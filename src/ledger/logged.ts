import type { LedgerEvent, Payload } from '#libs/ledger';
import { payloadOf } from '#libs/ledger';
import type { Recorded } from '#libs/event-store';

/** The origin of a dialogue's log, which is the name of its keys as well. */
export function originOf(host: string, dialogueId: string): string {
  return `${host}/${dialogueId}`;
}

export function asLedgerEvent({ id, stream, revision, type, recordedAt, data, meta }: Recorded): LedgerEvent {
  return { id, stream, revision: Number(revision), type, recordedAt, data, meta };
}

/** Words from before the ledger have no hash that anybody could hold them against. */
const unbound = 'its words were recorded before there was a ledger, so no leaf has a hash of them';

/** What the leaf of an event stands for, for whoever may read the dialogue. */
export function payloadAt(seq: number, { data, meta, content, salt }: Recorded): Payload {
  const { contentHash, signature } = meta;
  const hasWords = content !== null && Object.keys(content).length > 0;
  const isBound = contentHash !== undefined;
  return {
    seq,
    data: payloadOf({ data, meta }),
    content: isBound ? content : null,
    salt: isBound ? salt : null,
    ...(signature === undefined
      ? {}
      : { signature: signature as unknown as NonNullable<Payload['signature']> }),
    ...(hasWords && !isBound ? { withheld: unbound } : {}),
  };
}
