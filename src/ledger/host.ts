import { Conflict } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { eventBeside, heldIn } from '../platform/record/beside.js';
import type { Ids } from '../platform/record/ids.js';

/** Outside the record, and of one life of one store: every leaf names the host, so it is chosen once. */
export const hostStream = 'ledger-host';

/** Where nobody has said another one. */
export const hostUnlessSet = 'localhost';

/** The settings say another host than the one under which the logs of this record began. */
export class HostDiffers extends Error {
  constructor(kept: string, wanted: string) {
    super(
      `The logs of this record began under the host ${kept}, which stands in each of their leaves, and ENTENTE_LEDGER_HOST says ${wanted}. Set it to ${kept}, or leave it out.`,
    );
    this.name = 'HostDiffers';
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(`The stream ${hostStream} names no host.`);
}

async function keptIn(store: EventStore): Promise<string | undefined> {
  for await (const { data } of heldIn(store, hostStream, { limit: 1 })) return textOf(data['host']);
  return undefined;
}

/** The host in the origins of this record's logs: the one that is kept, or the one that is wanted, which is kept from now on. */
export async function hostOf(
  store: EventStore,
  ids: Ids,
  wanted: string | undefined,
  readOnly: boolean,
): Promise<string> {
  let kept = await keptIn(store);
  if (kept === undefined && !readOnly) {
    const chosen = eventBeside(ids, 'LedgerHostChosen', { host: wanted ?? hostUnlessSet });
    try {
      await store.append(hostStream, [chosen], { expected: 'no_stream' });
    } catch (error) {
      // Another server was first.
      if (!(error instanceof Conflict)) throw error;
    }
    kept = await keptIn(store);
  }
  if (kept !== undefined && wanted !== undefined && kept !== wanted) throw new HostDiffers(kept, wanted);
  return kept ?? wanted ?? hostUnlessSet;
}
