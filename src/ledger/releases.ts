import type { EventStore } from '#libs/event-store';
import { eventBeside, heldIn } from '../platform/record/beside.js';
import type { Ids } from '../platform/record/ids.js';
import type { Head } from './guard.js';

/** Outside the record: one stream for each log, and an event for each checkpoint that was ever shown of it. */
export const releasePrefix = 'ledger-';

/** A checkpoint as it is served, and what it says. */
export interface Release extends Head {
  readonly note: string;
}

interface Last {
  readonly revision: bigint | undefined;
  readonly release: Release | undefined;
}

/** The checkpoints that were shown: each is stored before anybody sees it, at the revision that its signer has read. */
export class Releases {
  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
  ) {}

  async last(log: string): Promise<Last> {
    for await (const { revision, data } of heldIn(this.store, `${releasePrefix}${log}`, {
      backwards: true,
      limit: 1,
    }))
      return { revision, release: data as unknown as Release };
    return { revision: undefined, release: undefined };
  }

  /** Throws `Conflict` where somebody else has released one meanwhile. */
  async add(log: string, { size, root, note }: Release, after: bigint | undefined): Promise<void> {
    const event = eventBeside(this.ids, 'CheckpointReleased', { size, root, note });
    await this.store.append(`${releasePrefix}${log}`, [event], { expected: after ?? 'no_stream' });
  }
}
