import { Conflict } from '#libs/event-store';
import { formatCheckpoint, formatNote, signText } from '#libs/ledger';
import type { Clock } from '../platform/record/clock.js';
import type { Guard, Head } from './guard.js';
import type { LogKeys } from './log-keys.js';
import type { Logs } from './logs.js';
import type { Releases } from './releases.js';
import type { Witnessing } from './witnesses.service.js';

interface Signing {
  readonly logs: Logs;
  readonly releases: Releases;
  readonly keys: LogKeys;
  readonly guard: Guard;
  readonly witnesses: Witnessing;
  readonly clock: Clock;
}

/** How a log goes on whose past is not what was signed. */
const goOn =
  'Nothing is signed of this log until that is mended: put back the newest copy of the data folder, or append what is missing from a mirror; the guide on the ledger says how.';

/** Signs what has grown: the one place where a checkpoint is made. */
export class Signer {
  /** Why nothing is signed of a log, by the dialogue. */
  readonly refused = new Map<string, string>();

  constructor(private readonly parts: Signing) {}

  /**
   * A checkpoint of all leaves that are there, unless the last one says so already. Kept in the guard file, then in the
   * store at the revision that was read, and only then to be seen. False where somebody else was first, and while a witness
   * is asked of the last one.
   */
  async release(log: string): Promise<boolean> {
    const { logs, releases, guard, witnesses } = this.parts;
    if (witnesses.isMeeting(log)) return false;
    const { revision, release: last } = await releases.last(log);
    if (!witnesses.meets(log, last)) return false;
    const size = logs.size(log);
    const origin = logs.originOf(log);
    const signed = { 'The store': last, 'The guard file': guard.headOf(origin) };
    const because = this.#refusal(log, size, signed) ?? witnesses.objectionTo(log);
    if (because !== undefined) {
      this.refused.set(log, `${because} ${goOn}`);
      return true;
    }
    this.refused.delete(log);
    if (size === 0 || last?.size === size) return true;
    const root = logs.root(log, size);
    const head = { size, root: Buffer.from(root).toString('base64') };
    guard.keep([{ origin, ...head }]);
    try {
      const release = { ...head, note: this.#note(origin, size, root) };
      await releases.add(log, release, revision);
      witnesses.released(log, release);
      return true;
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
  }

  /** Why the leaves are not a continuation of what was signed; undefined where they are. */
  #refusal(
    log: string,
    size: number,
    signed: { readonly [where: string]: Head | undefined },
  ): string | undefined {
    for (const [where, head] of Object.entries(signed)) {
      if (head === undefined) continue;
      if (head.size > size)
        return `${where} knows a signed checkpoint of ${head.size} leaves, and the record gives ${size}.`;
      const root = Buffer.from(this.parts.logs.root(log, head.size)).toString('base64');
      if (root !== head.root)
        return `${where} knows a signed checkpoint of ${head.size} leaves with another root than the record gives.`;
    }
    return undefined;
  }

  #note(origin: string, size: number, root: Uint8Array): string {
    const text = formatCheckpoint({ origin, size, root });
    const time = Math.floor(this.parts.clock.now() / 1_000);
    const signatures = this.parts.keys
      .named(origin)
      .flatMap(({ note, cosignature, sign }) => [
        signText(text, note, sign),
        signText(text, cosignature, sign, time),
      ]);
    return Buffer.from(formatNote({ text, signatures })).toString('utf8');
  }
}
