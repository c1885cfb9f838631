import { StreamNotFound } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import type { Stored } from './envelope.js';
import type { EventRegistry } from './event-registry.js';
import { fold, streamOf } from './fold.js';
import type { Folded } from './fold.js';

/** Reads of single streams, straight from the store: never from a projection that may lag. */
export class World {
  constructor(
    readonly store: EventStore,
    readonly registry: EventRegistry,
  ) {}

  /** All events of the stream in order; none where there is no such stream. */
  async events(stream: string): Promise<readonly Stored[]> {
    const events: Stored[] = [];
    try {
      for await (const recorded of this.store.readStream(stream)) events.push(this.registry.read(recorded));
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
    }
    return events;
  }

  async folded(sliceName: string, id: string): Promise<Folded | undefined> {
    const slice = this.registry.get(sliceName);
    return fold(slice, await this.events(streamOf(slice, id)));
  }

  async facts(sliceName: string, id: string): Promise<Record<string, unknown> | undefined> {
    return (await this.folded(sliceName, id))?.state as Record<string, unknown> | undefined;
  }

  /** The dialogue that reserved a guard stream of the store, outside the record. */
  async guarded(stream: string): Promise<string | undefined> {
    try {
      for await (const { data } of this.store.readStream(stream, { limit: 1 }))
        return data['dialogueId'] as string;
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
    }
    return undefined;
  }
}
