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
    ordinalsIn: (log: string, first: number, count: number) =>
      this.#ordinals(log).slice(first, first + count),
    seqAt: (log: string, ordinal: number) => this.#ordinals(log).filter((one) => one <= ordinal).length - 1,
    logs: () => [...new Set(this.#events.map(({ log }) => log))].filter((log) => log !== '').toSorted(),
  } as unknown as RecordReader;

  readonly logs: Logs;
  /** How far events were applied, of those that happened. */
  #applied = -1;

  private constructor(private readonly projection: LedgerProjection) {
    const view = () => ({ tables: this.tables, ordinal: this.#applied });
    this.logs = new Logs({ view, record: this.#record }, projection);
  }

  #ordinals(log: string): readonly number[] {
    return this.#events.filter((one) => one.log === log).map(({ ordinal }) => ordinal);
  }

  static async under(host: string): Promise<DerivedLogs> {
    const projection = await DerivedLogs.projection(host);
    const derived: DerivedLogs = new DerivedLogs(projection);
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

  /** The ordinal of the last event that was applied. */
  get last(): number {
    return this.#applied;
  }

  /** The transaction is rolled back, and the event of that ordinal is the last one that was applied. */
  rollBackTo(ordinal: number): void {
    this.tables.db.exec('ROLLBACK');
    this.#applied = ordinal;
  }

  apply(sequenced: Sequenced, by = this.projection): void {
    by.definition.apply(sequenced, this.tables, this.#record, new PutOff());
    this.#applied = sequenced.ordinal;
  }
}
