import { Unavailable } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import { eventBeside, heldIn } from '../platform/record/beside.js';
import type { Ids } from '../platform/record/ids.js';
import { unlessAway } from '../platform/record/unless-away.js';
import type { Release, ReleaseFound } from './release-check.js';
import { Newest } from './newest.js';

/** Outside the record: one stream for each log, and an event for each checkpoint that was ever shown of it. */
export const releasePrefix = 'ledger-';

interface Last {
  readonly revision: bigint | undefined;
  readonly release: Release | undefined;
  /** What its signatures say; absent where there is none. */
  readonly found?: ReleaseFound;
}

/** The checkpoints that were shown: each is stored before anybody sees it, at the revision that its signer has read. */
export class Releases {
  readonly #known = new Newest<Last>(1_000);

  /** Why the last checkpoint in the store is none that the log signed, by the dialogue. */
  readonly faults = new Map<string, string>();

  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
    private readonly foundOf: (log: string, release: Release) => ReleaseFound,
    /** What the log of a dialogue is called beside the record. */
    private readonly nameOf: (log: string) => string,
  ) {}

  async last(log: string): Promise<Last> {
    const stream = `${releasePrefix}${this.nameOf(log)}`;
    for await (const { revision, data } of heldIn(this.store, stream, {
      backwards: true,
      limit: 1,
    })) {
      const release = data as unknown as Release;
      const known = this.#known.get(log);
      // Verified once for each note.
      const isKnown = known?.found !== undefined && isSame(known.release, release);
      const found = isKnown ? known.found : this.foundOf(log, release);
      if (typeof found === 'object') this.faults.set(log, found.fault);
      else this.faults.delete(log);
      const last = { revision, release, found };
      this.#known.set(log, last);
      return last;
    }
    return { revision: undefined, release: undefined };
  }

  /**
   * For who only reads: the one that was read last, where the store is away, and none where the log has not signed it. Throws `Unavailable` where none was read.
   */
  async shown(log: string): Promise<Release | undefined> {
    const last = await unlessAway(this.last(log));
    const found = last === 'away' ? this.#known.get(log) : last;
    if (found !== undefined) return found.found === 'signed' ? found.release : undefined;
    throw new Unavailable('The store is away, and no checkpoint of this log was read before.');
  }

  /** Throws `Conflict` where somebody else has released one meanwhile. */
  async add(log: string, { size, root, note }: Release, after: bigint | undefined): Promise<void> {
    const event = eventBeside(this.ids, 'CheckpointReleased', { size, root, note });
    const { revision } = await this.store.append(`${releasePrefix}${this.nameOf(log)}`, [event], {
      expected: after ?? 'no_stream',
    });
    // Whoever has just signed it need not verify it.
    this.#known.set(log, { revision, release: { size, root, note }, found: 'signed' });
  }
}

function isSame(one: Release | undefined, other: Release): boolean {
  return one?.note === other.note && one.size === other.size && one.root === other.root;
}
