import { Unavailable } from '#libs/event-store';
import type { EventStore, Recorded } from '#libs/event-store';
import { eventBeside, heldIn } from '../platform/record/beside.js';
import type { Ids } from '../platform/record/ids.js';
import { unlessAway } from '../platform/record/unless-away.js';
import { cosignedAt } from './cosigned-at.js';
import { lastUntil, lastUntilOf } from './last-until.js';
import { besideName } from './logged.js';
import { Newest } from '#libs/newest';
import type { Release, ReleaseFound } from './release-check.js';

/** Outside the record: one stream for each log, and an event for each checkpoint that was ever shown of it. */
export const releasePrefix = 'ledger-';

export interface Last {
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
    /** By the name under which it was signed. */
    private readonly foundOf: (origin: string, release: Release) => ReleaseFound,
    /** The name of the log of a dialogue. */
    private readonly originOf: (log: string) => string,
  ) {}

  async last(log: string): Promise<Last> {
    const origin = this.originOf(log);
    for await (const { revision, data } of heldIn(this.store, streamOf(origin), {
      backwards: true,
      limit: 1,
    })) {
      const release = data as unknown as Release;
      const known = this.#known.get(log);
      // Verified once for each note.
      const isKnown = known?.found !== undefined && isSame(known.release, release);
      const found = isKnown ? known.found : this.foundOf(origin, release);
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

  /** After the last one, as it was read. Throws `Conflict` where somebody else has released one meanwhile. */
  async add(
    log: string,
    { size, root, note }: Release,
    { revision: after, release: last }: Last,
  ): Promise<void> {
    const until = Math.max(untilOf(last), cosignedAt(note) ?? 0);
    const added = { size, root, note, until };
    const { revision } = await this.store.append(
      streamOf(this.originOf(log)),
      [eventBeside(this.ids, 'CheckpointReleased', added)],
      { expected: after ?? 'no_stream' },
    );
    // Whoever has just signed it need not verify it.
    this.#known.set(log, { revision, release: added, found: 'signed' });
  }

  /**
   * The largest that the log had cosigned by then, in seconds since 1970: the clocks of servers may differ, so that it is
   * the end of the longest run of checkpoints none of which is of a later time. `next` is the time after which it is another.
   * Of a log that began anew it may be one of an earlier name.
   */
  async by(log: string, seconds: number): Promise<ReleasedBy> {
    const timeOf = ({ data }: Recorded) => untilOf(data as unknown as Release);
    const { origin, found, after } = await lastUntilOf(this.originOf(log), (name) =>
      lastUntil(this.store, streamOf(name), seconds, timeOf),
    );
    const release = found === undefined ? undefined : (found.data as unknown as Release);
    return {
      ...(release === undefined ? {} : { release, found: this.foundOf(origin, release) }),
      ...(after === undefined ? {} : { next: timeOf(after) }),
    };
  }
}

function streamOf(origin: string): string {
  return `${releasePrefix}${besideName(origin)}`;
}

export interface ReleasedBy {
  readonly release?: Release;
  readonly found?: ReleaseFound;
  /** In seconds; absent where none is later yet. */
  readonly next?: number;
}

function untilOf(release: Release | undefined): number {
  return release === undefined ? 0 : (release.until ?? cosignedAt(release.note) ?? 0);
}

function isSame(one: Release | undefined, other: Release): boolean {
  return one?.note === other.note && one.size === other.size && one.root === other.root;
}
