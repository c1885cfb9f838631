import type { Position } from '#libs/event-store';

import type { Coverage, Followed } from './coverage.js';
import type { Waited, WaitOptions } from './definitions.js';
import type { ProjectionsOptions } from './options.js';

/** Whoever is further behind than this does not come level while somebody waits. */
const behindMax = 500;

/**
 * Waits until the policy has taken all that the store holds by now, and what follows from that is stored too. The store
 * is asked what the record has not read, not where it ends: that may be a technical event, of which the record hears late.
 */
export class Drawn {
  constructor(
    private readonly options: Pick<ProjectionsOptions, 'store' | 'recordPrefixes'>,
    private readonly coverage: Coverage,
    private readonly followed: () => Followed,
  ) {}

  /** `level` where there was nothing to wait for: what was read before is still all that there is. */
  async upToNow(options: WaitOptions): Promise<'level' | Waited> {
    const { record, policy } = this.followed();
    if (policy === undefined) return 'level';
    const { position, headOrdinal } = record.ofThisStore();
    const isLevel = policy.covers(headOrdinal);
    const { last, isFar } = await this.#storedAfter(position);
    if (isFar) return 'lagging';
    const end = last ?? position;
    if (end === undefined || (last === undefined && isLevel)) return 'level';
    return this.coverage.waitFor(end, options, false);
  }

  async #storedAfter(after: Position | undefined) {
    const { store, recordPrefixes: streamPrefixes } = this.options;
    const from = after === undefined ? {} : { after };
    let last: Position | undefined;
    let count = 0;
    for await (const one of store.readAll({ ...from, filter: { streamPrefixes }, limit: behindMax })) {
      if (one.kind !== 'event') continue;
      last = one.event.position;
      count += 1;
    }
    return { last, isFar: count === behindMax };
  }
}
