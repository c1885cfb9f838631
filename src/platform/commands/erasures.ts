import type { Projections } from '#libs/projections';
import { erasedIn } from '../record/amendments.js';
import type { Stored } from '../record/envelope.js';
import { everyEvent } from '../record/every-event.js';
import type { Ids } from '../record/ids.js';
import type { World } from '../record/world.js';

function targetsOf(events: readonly Stored[]): readonly Stored[] {
  const erased = erasedIn(events);
  return events.filter((one) => erased.has(one.id));
}

/**
 * Takes words out of the store and of the read models after the record has said that they are erased. Every view obeys
 * that event at once; what a crash leaves undone is done at the next start.
 */
export class Erasures {
  constructor(
    private readonly world: World,
    private readonly projections: Pick<Projections, 'forget' | 'record'>,
    private readonly ids: Ids,
  ) {}

  /** Repeating it changes nothing. Throws what passes, of store or read models, while words are still on the disk. */
  async finish(stream: string): Promise<void> {
    const { store, registry } = this.world;
    for (const one of targetsOf(await this.world.events(stream))) {
      if (!one.erased) {
        // The words go last: as long as they are there, whoever finishes knows that something is left.
        await registry.ofStream(stream).erase?.({ store, ids: this.ids }, one);
        await store.eraseContent(stream, BigInt(one.revision));
      }
      this.projections.forget(one.id);
    }
    this.world.forget(stream);
  }

  /** What was begun before this process started. A store that can't erase has begun nothing. */
  async finishAll(): Promise<void> {
    if (!this.world.store.erasesContent) return;
    for (const stream of await this.#begun()) {
      const targets = targetsOf(await this.world.events(stream));
      if (targets.some((one) => !one.erased || this.#isKept(one.id))) await this.finish(stream);
    }
  }

  /** Whether the read models still have the words: the store loses them first, and a crash may come in between. */
  #isKept(eventId: string): boolean {
    const content = this.projections.record.byId(eventId)?.event.content;
    return content !== null && content !== undefined;
  }

  async #begun(): Promise<ReadonlySet<string>> {
    const streams = new Set<string>();
    for await (const { stream } of everyEvent(this.world.store, { types: ['ContentErased'] }))
      streams.add(stream);
    return streams;
  }
}
