import type { EventStore } from '#libs/event-store';
import { everyEvent } from '../platform/record/every-event.js';
import type { EventRegistry } from '../platform/record/event-registry.js';
import { dialogueOfStream } from '../platform/record/references.js';
import { GrowingLog } from './growing-log.js';
import { asLedgerEvent, originOf } from './logged.js';

/** What of the record was recorded last, by the time that it says. */
export interface LatestEvent {
  readonly dialogueId: string;
  readonly recordedAt: string;
}

export interface HeldLogs {
  /** The logs that were asked for, as the store gives them now; empty ones where it gives nothing of them. */
  readonly logs: ReadonlyMap<string, GrowingLog>;
  /** Of each dialogue how many events there are. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly latest: LatestEvent | undefined;
}

interface Asked {
  readonly store: EventStore;
  readonly registry: EventRegistry;
  readonly host: string;
}

/** Derives logs from the store alone, without a read model: the whole record is read once. */
export async function heldLogs(
  { store, registry, host }: Asked,
  dialogueIds: Iterable<string>,
): Promise<HeldLogs> {
  const logs = new Map([...dialogueIds].map((id) => [id, new GrowingLog(originOf(host, id))]));
  const sizes = new Map<string, number>();
  const dialogues = new Map<string, string>();
  let latest: LatestEvent | undefined;
  for await (const event of everyEvent(store, { streamPrefixes: registry.streamPrefixes })) {
    const { stream, recordedAt } = event;
    const dialogueId = dialogues.get(stream) ?? dialogueOfStream(registry, stream, event) ?? '';
    dialogues.set(stream, dialogueId);
    sizes.set(dialogueId, (sizes.get(dialogueId) ?? 0) + 1);
    if (latest === undefined || recordedAt > latest.recordedAt) latest = { dialogueId, recordedAt };
    const log = logs.get(dialogueId);
    log?.take(log.leafOf(asLedgerEvent(event)));
  }
  return { logs, sizes, latest };
}
