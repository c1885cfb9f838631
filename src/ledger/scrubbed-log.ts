import { ActCheck, isOfKeys, LedgerFault, nodeCrypto, RecordedOrder, VoidActs } from '#libs/ledger';
import type { Leaf, Payload } from '#libs/ledger';
import type { Alarms } from './alarm.js';
import type { Logs } from './logs.js';

interface Told {
  readonly seq: number;
  readonly because: string;
}

/** One log, as far as a round of the scrubber has come in it: what its leaves say is judged by what stands before them. */
class ScrubbedLog {
  readonly #order = new RecordedOrder();
  #seen: { readonly size: number; readonly root: Uint8Array } | undefined;
  /** Most logs have no keys of parties: nothing in them has to be signed. */
  #judging: { readonly acts: ActCheck; readonly void: VoidActs } | undefined;

  /** `origin`: its name in the leaf that was looked at last. `rootOf`: its root after so many leaves. */
  constructor(
    public origin: string,
    private readonly rootOf: (size: number) => Uint8Array,
  ) {}

  /** Acts that were signed one after the other have often seen the same checkpoint. */
  #rootOf(size: number): Uint8Array {
    const seen = this.#seen?.size === size ? this.#seen : { size, root: this.rootOf(size) };
    this.#seen = seen;
    return seen.root;
  }

  /** Why a leaf can't stand there, though it is its event's; undefined where it can. Leaves are asked in their order. */
  fault(leaf: Leaf, payload: Payload): string | undefined {
    return this.#wrongWord(leaf, payload) ?? this.#order.fault(leaf.seq, leaf.recorded);
  }

  /** What a party would have signed and did not, as whoever verifies the log is told. */
  #wrongWord(leaf: Leaf, payload: Payload): string | undefined {
    if (isOfKeys(leaf.type) || leaf.sig !== undefined)
      this.#judging ??= { acts: new ActCheck(nodeCrypto, undefined), void: new VoidActs() };
    if (this.#judging === undefined) return undefined;
    const { acts, void: voided } = this.#judging;
    try {
      acts.add(leaf, payload, { root: (size) => this.#rootOf(size) });
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      const because = messageOf(() => voided.owe(leaf, error));
      if (because !== undefined) return because;
    }
    voided.add(leaf, payload);
    return undefined;
  }

  /** Once it was gone through: the first act that lacks its signature, and of which no event says that it is void. */
  unsigned(): Told | undefined {
    try {
      this.#judging?.void.finish();
      return undefined;
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      return { seq: error.at ?? 0, because: error.message };
    }
  }
}

/** All logs in one round after the other, by the ids of their dialogues. */
export class ScrubbedLogs {
  #logs = new Map<string, ScrubbedLog>();
  /** The first act without its signature, as the last round found it. */
  #unsigned = new Map<string, number>();

  constructor(private readonly logs: Pick<Logs, 'prefix' | 'root'>) {}

  of(log: string): ScrubbedLog {
    const { logs } = this;
    const known = this.#logs.get(log);
    const scrubbed = known ?? new ScrubbedLog(`${logs.prefix}${log}`, (size) => logs.root(log, size));
    if (known === undefined) this.#logs.set(log, scrubbed);
    return scrubbed;
  }

  /**
   * At the end of a round, the acts that lack their signature. Where several servers write, one may have come through
   * another a moment after its party asked for signatures, and what says that it is void may be on its way: so it is told of by the
   * second round that finds it.
   */
  end(writers: 'one' | 'several', alarms: Pick<Alarms, 'tell'>): void {
    const found = new Map<string, number>();
    for (const [log, scrubbed] of this.#logs) {
      const unsigned = scrubbed.unsigned();
      if (unsigned === undefined) continue;
      const { seq, because } = unsigned;
      found.set(log, seq);
      if (writers === 'one' || this.#unsigned.get(log) === seq) alarms.tell(log, seq, because);
    }
    this.#logs = new Map();
    this.#unsigned = found;
  }
}

function messageOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    return error.message;
  }
}
