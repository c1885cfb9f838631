import type { LedgerEvent, Payload } from '#libs/ledger';
import { payloadOf } from '#libs/ledger';
import type { Recorded } from '#libs/event-store';

/** The first origin of a dialogue's log, which is the name of its keys as well. */
export function originOf(host: string, dialogueId: string): string {
  return `${host}/${dialogueId}`;
}

/** The dialogue whose log has that name, or had it before it began anew. */
export function dialogueIn(origin: string): string {
  return origin.split('/')[1] ?? '';
}

/** What a log is called among the streams beside the record: by its dialogue, and how often it began anew. */
export function besideName(origin: string): string {
  return origin.split('/').slice(1).join('-');
}

export function asLedgerEvent({ id, stream, revision, type, recordedAt, data, meta }: Recorded): LedgerEvent {
  return { id, stream, revision: Number(revision), type, recordedAt, data, meta };
}

/**
 * What the leaf of an event stands for, for whoever may read the dialogue. Words of which no leaf has a hash were put there
 * by hand: they are handed on as they are, and whoever verifies sees that they were never logged.
 */
export function payloadAt(seq: number, { data, meta, content, salt }: Recorded): Payload {
  const { contentHash, signature } = meta;
  const hasWords = contentHash !== undefined || (content !== null && Object.keys(content).length > 0);
  return {
    seq,
    data: payloadOf({ data, meta }),
    content: hasWords ? content : null,
    salt: hasWords ? salt : null,
    ...(signature === undefined
      ? {}
      : { signature: signature as unknown as NonNullable<Payload['signature']> }),
  };
}
