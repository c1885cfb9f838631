import { MemoryEventStore } from '#libs/event-store';
import type { Position } from '#libs/event-store';
import { PutOff } from '#libs/projections';
import type { RecordReader, Sequenced } from '#libs/projections';
import { LedgerProjection } from '../../src/ledger/ledger.projection.js';
import { Logs } from '../../src/ledger/logs.js';
import { Ids } from '../../src/platform/record/ids.js';
import { OneSlot } from './one-slot.js';

/** Logs of events that a test makes up, without a record behind them. */
export class DerivedLogs {
  readonly tables = new OneSlot();
  readonly #events: Sequenced[] = [];
  readonly #record = {
    ordinalOf: (stream: string, revision: bigint) =>
      this.#events.find(({ event }) => event.stream === stream && event.revision === revision)?.ordinal,
  } as RecordReader;

  private constructor(
    private readonly projection: LedgerProjection,
    readonly logs: Logs,
  ) {}

  /** Whoever made the events up knows where they are. */
  private static readonly none = { ordinalOf: () => undefined } as unknown as RecordReader;

  static async under(host: string): Promise<DerivedLogs> {
    const projection = await DerivedLogs.projection(host);
    const view = () => ({ tables: derived.tables, ordinal: derived.#events.length - 1 });
    const derived = new DerivedLogs(projection, new Logs({ view, record: DerivedLogs.none }, projection));
    for (const statement of projection.definition.schema)
      derived.tables.db.exec(derived.tables.named(statement));
    return derived;
  }

  /** As another process would begin with it. */
  static async projection(host: string): Promise<LedgerProjection> {
    const projection = new LedgerProjection(host);
    await projection.prepare(new MemoryEventStore(), new Ids(), false);
    return projection;
  }

  /** The next event of a dialogue, in one of its streams. */
  happened(log: string, stream: string, meta: object = {}): Sequenced {
    const ordinal = this.#events.length;
    const revision = BigInt(this.#events.filter(({ event }) => event.stream === stream).length);
    const seq = this.#events.filter((before) => before.log === log).length;
    const act = { party: 'RU', capacity: 'direct', recordedBy: 'somebody', recorderParty: 'RU' };
    const event = {
      id: `0198d5d0-0000-7000-8000-${String(ordinal).padStart(12, '0')}`,
      stream,
      revision,
      type: 'Said',
      recordedAt: '2025-04-10T09:00:00.000Z',
      position: String(ordinal) as Position,
      data: { at: ordinal },
      content: null,
      salt: null,
      meta: { schemaVersion: 1, act, ...meta },
    };
    const sequenced = { ordinal, log, seq, event };
    this.#events.push(sequenced);
    return sequenced;
  }

  apply(sequenced: Sequenced, by = this.projection): void {
    by.definition.apply(sequenced, this.tables, this.#record, new PutOff());
  }
}
