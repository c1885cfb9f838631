import { MemoryEventStore } from '#libs/event-store';
import { Projections, ReadModels } from '#libs/projections';
import type { Sequenced } from '#libs/projections';
import { hasJoinedAny } from '../../src/platform/access/sight.js';
import { SignIns } from '../../src/platform/access/sign-ins.js';
import { Keys } from '../../src/platform/access/keys.js';
import { Credentials } from '../../src/platform/access/credentials.js';
import { Erasures } from '../../src/platform/commands/erasures.js';
import { Appends } from '../../src/platform/record/appends.js';
import { EventRegistry } from '../../src/platform/record/event-registry.js';
import { LogStandings } from '../../src/platform/record/log-standings.js';
import { Ids } from '../../src/platform/record/ids.js';
import { soleHolder } from '../../src/platform/reactions/lease.js';
import { listProjection } from '../../src/platform/lists/lists.projection.js';
import { Reactions } from '../../src/platform/reactions/reactions.service.js';
import type { OpenRecord } from '../../src/platform/record.js';
import { Deciding } from '../../src/platform/commands/deciding.js';
import { noLogs } from '../../src/platform/record/dialogue-logs.js';
import { Recorder } from '../../src/platform/commands/recorder.service.js';
import type { PassedRecord } from '../../src/platform/record/place.js';
import { StoredStreams } from '../../src/platform/record/stored-streams.js';
import type { Slice } from '../../src/platform/record/slice.js';
import { slices as allSlices } from '../../src/slices.js';
import { Desk } from '../support/desk.js';
import { projected } from '../support/settling.js';
import { ManualClock } from '../support/manual-clock.js';
import { momentsOf } from '../../src/platform/record/moments.js';

/** Ids drawn from the number of the command, so that the same command has the same ids wherever it is given. */
class NumberedIds extends Ids {
  #number = -1;
  #count = 0;

  constructor(private readonly present: () => number) {
    super();
  }

  override next(): string {
    const number = this.present();
    this.#count = number === this.#number ? this.#count + 1 : 0;
    this.#number = number;
    return this.drawnFrom('simulated', String(number), String(this.#count));
  }

  override salt(): string {
    return Buffer.from(this.next().replaceAll('-', '').padEnd(64, '0'), 'hex').toString('base64');
  }

  override nonce(): string {
    return Buffer.from(this.next().replaceAll('-', ''), 'hex').toString('base64');
  }
}

/**
 * A record whose consequences follow when the history says so. With a runner of its own they would follow at some
 * moment that no seed decides, and a failed history could not be played again.
 */
export class SimulatedRecord {
  #ordinal = -1;

  private constructor(
    readonly desk: Desk,
    private readonly policies: Reactions,
  ) {}

  static async open(slices: readonly Slice[] = allSlices): Promise<SimulatedRecord> {
    const clock = new ManualClock();
    const given: { desk?: Desk } = {};
    const ids = new NumberedIds(() => given.desk?.commands ?? 0);
    const store = new MemoryEventStore({ clock: () => clock.iso() });
    const registry = new EventRegistry(slices);
    const streams = new StoredStreams(store, registry);
    const readModels = ReadModels.open();
    const projections = new Projections({
      store,
      readModels,
      recordPrefixes: registry.streamPrefixes,
      definitions: slices.map((slice) => listProjection(slice, registry)),
    });
    await projections.start();
    const credentials = new Credentials(store, ids, clock);
    const erasures = new Erasures(streams, projections, ids);
    const record: OpenRecord = {
      registry,
      store,
      appends: new Appends(),
      streams,
      present: streams,
      // Two acts may always be under way at once, so none waits here for what follows from another.
      recorder: new Recorder(new Deciding(streams, ids, noLogs, clock, erasures, async (_, seen) => seen)),
      projections,
      lease: soleHolder,
      credentials,
      keys: new Keys(credentials, clock, (party) => hasJoinedAny({ projections, streams }, party), streams),
      signIns: new SignIns(store, ids, clock, projections),
      moments: await momentsOf(store, ids, false),
      standings: new LogStandings(),
      clock,
      ids,
      close: async () => {
        await projections.stop();
        readModels.close();
        await store.close();
      },
    };
    const desk = Desk.over(record, clock);
    given.desk = desk;
    return new SimulatedRecord(desk, new Reactions(streams, ids, soleHolder));
  }

  /** Until everything recorded, and all that follows from it, is in the lists. */
  async settle(): Promise<void> {
    do await this.#project();
    while (await this.#follow());
  }

  /** Goes through the record after this place again, as if no consequence of it had been drawn yet. */
  async repeatAfter(ordinal: number, times: number): Promise<void> {
    const { record } = this.desk.record.projections;
    const news = record.after(ordinal, 10_000);
    const read = new Map<string, Sequenced[]>();
    // Nothing is added to what is read here, unless it should not be; reading it once makes this five times as fast.
    const reader: PassedRecord = {
      byId: (id) => record.byId(id),
      logOf: (stream) => record.logOf(stream),
      ofStream: (stream, bounds) => {
        const { fromRevision, uptoOrdinal, uptoRevision } = bounds ?? {};
        const key = [stream, fromRevision, uptoOrdinal, uptoRevision].join(' ');
        const found = read.get(key) ?? record.ofStream(stream, bounds);
        read.set(key, found);
        return found;
      },
    };
    for (let time = 0; time < times; time += 1) {
      for (const sequenced of news) await this.policies.handle(sequenced, reader);
    }
  }

  #project(): Promise<void> {
    return projected(this.desk.record.projections);
  }

  /** Whether there was anything that consequences could follow from. */
  async #follow(): Promise<boolean> {
    const reader = this.desk.record.projections.record;
    const news = reader.after(this.#ordinal, 10_000);
    for (const sequenced of news) await this.policies.handle(sequenced, reader);
    this.#ordinal += news.length;
    return news.length > 0;
  }

  close(): Promise<void> {
    return this.desk.close();
  }
}
