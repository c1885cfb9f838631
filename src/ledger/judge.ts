import { isEarlierName } from '#libs/ledger';
import { readModelsDamage } from '#libs/projections';
import type { Guard, Head } from './guard.js';
import { dialogueIn } from './logged.js';
import type { Logs } from './logs.js';
import type { Witnessing } from './witnesses.service.js';

interface Judging {
  readonly logs: Logs;
  readonly guard: Guard;
  /** That the guard file does not know what was signed of a log was accepted for this start. */
  readonly isLossAccepted: boolean;
  readonly witnesses: Pick<Witnessing, 'vouches'>;
}

/** How a log goes on whose past is not what was signed. */
export const goOn =
  'Nothing is signed of this log until that is mended: put back the newest copy of the data folder; or, with the server ended, append what is missing from a mirror (entente ledger resume), or begin the log anew (entente ledger begin-anew), as /docs/operating#ledger-restored says.';
/** The tree is read from the read models; who only puts back a copy or begins anew for that loses what was recorded since. */
const rebuildFirst =
  'First stop the server and run "entente rebuild": where it is the read models that are damaged, nothing else is to be done.';
const putAside =
  'Put back the data folder to which the guard file belongs; if this is another record, put that guard file aside and start once with --accept-ledger-loss.';

/** Holds the leaves that the record gives against what was signed, as guard file and store know it. */
export class Judge {
  /** Why nothing is signed of a log, by the dialogue. */
  readonly refused = new Map<string, string>();
  readonly #judged = new Set<string>();
  /** How much was signed, when this process met them first, of logs that the guard file does not know. */
  readonly #unknown = new Map<string, number>();
  #elsewhere: string | null = null;
  /** How the logs stood when all of the guard file was looked for last, and whether all was there. */
  #looked: { readonly tables: object; readonly ordinal: number; readonly isWhole: boolean } | undefined;

  constructor(private readonly parts: Judging) {}

  /** Why nothing is signed of any log: the guard file knows logs of another host. */
  get elsewhere(): string | undefined {
    return this.#elsewhere ?? undefined;
  }

  /**
   * Whether each log of which something was signed is still there and as long: one that is gone has nothing by which
   * anybody would come to look at it. Looked for anew where the leaves were derived anew, and while something is missing.
   */
  lookForLost(): void {
    const { logs, guard } = this.parts;
    const { tables, ordinal } = logs.read();
    const before = this.#looked;
    if (before?.tables === tables && (before.isWhole || before.ordinal === ordinal)) return;
    if (before?.tables !== tables) this.#judged.clear();
    const own = logs.prefix;
    let isWhole = true;
    for (const origin of guard.origins()) {
      if (!origin.startsWith(own)) {
        this.#elsewhere ??= `The guard file knows a signed checkpoint of ${origin}, and the logs of this record are called ${own}…: nothing is signed of any. ${putAside}`;
        continue;
      }
      const log = dialogueIn(origin);
      const lost = this.#lostOf(log, origin);
      if (lost === undefined) continue;
      isWhole = false;
      this.refuse(log, lost);
    }
    this.#looked = { tables, ordinal, isWhole };
  }

  #lostOf(log: string, origin: string): string | undefined {
    const { logs, guard } = this.parts;
    try {
      const name = logs.originOf(log);
      // What was signed under a name that is over stands in the entry by which the log began anew.
      if (isEarlierName(origin, name)) return undefined;
      const [known, size] = [guard.headOf(origin)?.size ?? 0, logs.size(log)];
      if (name !== origin && size > 0) return isLater(origin, name);
      return known <= size
        ? undefined
        : `${isLonger('The guard file', known, size)} ${size === 0 ? putAside : goOn}`;
    } catch (error) {
      const damage = readModelsDamage(error);
      if (damage === undefined) throw error;
      return damage.message;
    }
  }

  /** For who asks often: only where these leaves were not looked at yet. */
  lookOnce(): void {
    if (this.#looked?.tables !== this.parts.logs.read().tables) this.lookForLost();
  }

  /** Why nothing may be signed of the log; undefined where its leaves go on with what was signed. */
  judge(log: string, last: Head | undefined): string | undefined {
    if (this.elsewhere !== undefined) return this.elsewhere;
    const because = this.#differs(log, last) ?? this.#lacksWord(log, last);
    if (because === undefined) {
      this.#keep(log, last);
      this.refused.delete(log);
      this.#unknown.delete(log);
      this.#judged.add(log);
    } else this.refuse(log, because);
    return because;
  }

  /** Whether the guard file is about to learn what the store alone knows, because that was accepted. */
  acceptsLossOf(log: string, last: Head): boolean {
    return this.parts.isLossAccepted && !this.#isKnown(log) && this.#differs(log, last) === undefined;
  }

  /** Whether the leaves of the log were found in this process to go on with what was signed. */
  vouchesFor(log: string): boolean {
    return this.#judged.has(log);
  }

  refuse(log: string, because: string): void {
    this.#judged.delete(log);
    this.refused.set(log, because);
  }

  /** Whether somebody else's word may still come, by which this server may go on. */
  awaitsWord(log: string): boolean {
    return this.#unknown.has(log);
  }

  /**
   * A guard file that knows nothing of a log of which something was signed is as good as lost, unless this process has seen
   * that the log began, or followed it, before another server signed it. The store's own word is not enough, for a store
   * that was put back agrees with itself. Somebody's is who would have refused it then: another server that signs more of
   * the log while this one looks on, by a guard file of its own, or a witness that had countersigned the log before.
   */
  #lacksWord(log: string, last: Head | undefined): string | undefined {
    const { isLossAccepted, witnesses } = this.parts;
    if (last === undefined || isLossAccepted || this.#isKnown(log)) return undefined;
    const met = this.#unknown.get(log) ?? last.size;
    if (last.size > met || witnesses.vouches(log, last.size)) return undefined;
    this.#unknown.set(log, met);
    return `The guard file knows nothing of this log, and the store has a checkpoint of ${last.size} leaves. Nothing is signed of it here until another server or a witness vouches for it, until you put back the guard file as it was, or say with --accept-ledger-loss that the loss is accepted.`;
  }

  #isKnown(log: string): boolean {
    const { logs, guard } = this.parts;
    return guard.headOf(logs.originOf(log)) !== undefined || this.#judged.has(log);
  }

  /** What another server has signed is known to this one from then on. */
  #keep(log: string, last: Head | undefined): void {
    const { logs, guard } = this.parts;
    const origin = logs.originOf(log);
    if (last === undefined || (guard.headOf(origin)?.size ?? 0) >= last.size) return;
    guard.keep([{ origin, size: last.size, root: last.root }]);
  }

  #differs(log: string, last: Head | undefined): string | undefined {
    const { logs, guard } = this.parts;
    const [size, name] = [logs.size(log), logs.originOf(log)];
    const later = guard.laterName(name);
    if (later !== undefined) return isLater(later, name);
    const kept = guard.headOf(name);
    // Mostly both say the same, which is derived once.
    const isOne = kept !== undefined && kept.size === last?.size && kept.root === last.root;
    const signed = { 'The store': last, 'The guard file': isOne ? undefined : kept };
    for (const [where, head] of Object.entries(signed)) {
      if (head === undefined) continue;
      if (head.size > size) return `${isLonger(where, head.size, size)} ${goOn}`;
      const root = Buffer.from(logs.root(log, head.size)).toString('base64');
      if (root !== head.root)
        return `${where} knows a signed checkpoint of ${head.size} leaves with another root than the record gives. ${rebuildFirst} ${goOn}`;
    }
    return undefined;
  }
}

function isLater(known: string, name: string): string {
  return `The guard file knows this log as ${known}, and the record as ${name}. ${goOn}`;
}

function isLonger(where: string, known: number, size: number): string {
  return `${where} knows a signed checkpoint of ${known} leaves, and the record gives ${size}.`;
}
