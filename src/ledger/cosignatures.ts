import { Conflict } from '#libs/event-store';
import type { EventStore, JsonObject, Recorded } from '#libs/event-store';
import { formatNote, formatSignatures, LedgerFault, nodeCrypto, parseNote, verifyNote } from '#libs/ledger';
import type { NoteSignature, VerifierKey } from '#libs/ledger';
import { eventBeside, heldIn } from '../platform/record/beside.js';
import { unlessAway } from '../platform/record/unless-away.js';
import type { Ids } from '../platform/record/ids.js';
import { eventAt, lastUntil, lastUntilOf } from './last-until.js';
import { marksAfter, marksIn } from './marks.js';
import type { Marks } from './marks.js';
import { checkedNote, checkedOrNothing, isBy, worthKeeping } from './cosigned.js';
import type { CosignedCheckpoint } from './cosigned.js';
import { besideName } from './logged.js';
import { Newest } from '#libs/newest';

/** Outside the record: one stream for each log, of which the last event says all that is kept. */
export const cosignedPrefix = 'ledger-cosigned-';

/** What several servers keep at once is joined so often before one of them gives up. */
const triesMax = 10;

interface Kept {
  readonly revision: bigint | undefined;
  /** The greatest first. */
  readonly checkpoints: readonly CosignedCheckpoint[];
  readonly marks: Marks;
}

/** What a witness had countersigned by a moment. */
export interface CosignedBy {
  readonly checkpoint?: CosignedCheckpoint;
  /** The time after which it is another, in seconds since 1970; absent where none is later yet. */
  readonly next?: number;
}

/** Collects what witnesses have countersigned; what does not verify by a key of the settings is never kept nor shown. */
export class Cosignatures {
  readonly #read = new Newest<Kept>(1_000);
  readonly #writing = new Map<string, Promise<void>>();

  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
    private readonly keys: readonly VerifierKey[],
    /** The name of the log of a dialogue. */
    private readonly originOf: (log: string) => string,
  ) {}

  /** Of each witness the newest that it countersigned, and the newest of those that most have; the greatest first. */
  async of(log: string): Promise<readonly CosignedCheckpoint[]> {
    if (this.keys.length === 0) return [];
    const last = await unlessAway(this.#last(log));
    return (last === 'away' ? this.#read.get(this.#streamOf(log)) : last)?.checkpoints ?? [];
  }

  /** The newest that somebody countersigned. */
  async newestBy(log: string, { id }: VerifierKey): Promise<CosignedCheckpoint | undefined> {
    return (await this.of(log)).find(isBy(id));
  }

  /**
   * What a witness had countersigned by then, in seconds since 1970, by the times that it says itself: the newest of the
   * longest run of its countersignatures, in the order in which they were kept, none of which is of a later time. Of a log
   * that began anew it may be one of an earlier name.
   */
  async by(log: string, { id }: VerifierKey, seconds: number): Promise<CosignedBy> {
    const markIn = (event: Recorded) => marksIn(event.data)[id];
    const untilOf = (event: Recorded) => markIn(event)?.until ?? -1;
    const { origin, found, after } = await lastUntilOf(this.originOf(log), async (name) => {
      const reached = await lastUntil(this.store, streamOf(name), seconds, untilOf);
      // What stands there may be of other witnesses alone.
      const { found: last, ...rest } = reached;
      return last === undefined || markIn(last) === undefined ? rest : reached;
    });
    const at = found && markIn(found)?.at;
    const holding = at === Number(found?.revision) ? found : await this.#eventAt(streamOf(origin), at);
    const checkpoint = holding && this.#checkpointsIn(holding.data).find(isBy(id));
    return {
      ...(checkpoint === undefined ? {} : { checkpoint }),
      ...(after === undefined ? {} : { next: untilOf(after) }),
    };
  }

  async #eventAt(stream: string, revision: number | undefined): Promise<Recorded | undefined> {
    return revision === undefined ? undefined : eventAt(this.store, stream, BigInt(revision));
  }

  /** A released checkpoint with the countersignatures that there are of it. */
  async noted(log: string, note: string): Promise<string> {
    const { text } = parseNote(Buffer.from(note));
    const found = (await this.of(log)).find((one) => one.text === text);
    return found === undefined
      ? note
      : `${note}${formatSignatures(found.cosigned.map(({ signature }) => signature))}`;
  }

  /** The signatures of that key among those that were answered; throws `LedgerFault` where there is none that verifies. */
  verified(key: VerifierKey, note: string, signatures: readonly NoteSignature[]): readonly NoteSignature[] {
    const { text } = parseNote(Buffer.from(note));
    const own = signatures.filter(({ name, id }) => name === key.name && id === key.id).slice(0, 1);
    verifyNote(nodeCrypto, { text, signatures: own }, [key]);
    if (own.length === 0) throw new LedgerFault('signature-missing', 'no signature of its own is in it.');
    return own;
  }

  /** After what is being kept of that log already; throws what the store throws. */
  async keep(log: string, note: string, signatures: readonly NoteSignature[]): Promise<void> {
    const before = this.#writing.get(log) ?? Promise.resolve();
    const work = before.catch(() => undefined).then(() => this.#keep(log, note, signatures));
    this.#writing.set(log, work);
    try {
      await work;
    } finally {
      if (this.#writing.get(log) === work) this.#writing.delete(log);
    }
  }

  async #keep(log: string, note: string, signatures: readonly NoteSignature[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const { revision, checkpoints, marks: before } = await this.#last(log);
      const kept = worthKeeping(this.#joined(checkpoints, note, signatures));
      const marks = marksAfter(before, kept, Number(revision ?? -1n) + 1);
      try {
        const event = eventBeside(this.ids, 'CheckpointsCosigned', {
          notes: kept.map((one) => one.note),
          marks: marks as unknown as JsonObject,
        });
        await this.store.append(this.#streamOf(log), [event], { expected: revision ?? 'no_stream' });
        return;
      } catch (error) {
        if (!(error instanceof Conflict) || tries === triesMax) throw error;
      }
    }
  }

  /** A later signature of the same key takes the place of the earlier one. */
  #joined(
    checkpoints: readonly CosignedCheckpoint[],
    note: string,
    signatures: readonly NoteSignature[],
  ): readonly CosignedCheckpoint[] {
    const added = parseNote(Buffer.from(note));
    const same = checkpoints.find(({ text }) => text === added.text);
    const others = (same?.cosigned ?? [])
      .map(({ signature }) => signature)
      .filter(({ id }) => !signatures.some((one) => one.id === id));
    const joined = formatNote({
      text: added.text,
      signatures: [...added.signatures, ...others, ...signatures],
    });
    return [...checkpoints.filter((one) => one !== same), checkedNote(Buffer.from(joined), this.keys)];
  }

  #streamOf(log: string): string {
    return streamOf(this.originOf(log));
  }

  async #last(log: string): Promise<Kept> {
    const stream = this.#streamOf(log);
    for await (const { revision, data } of heldIn(this.store, stream, { backwards: true, limit: 1 })) {
      const known = this.#read.get(stream);
      if (known?.revision === revision) return known;
      const kept = { revision, checkpoints: this.#checkpointsIn(data), marks: marksIn(data) };
      this.#read.set(stream, kept);
      return kept;
    }
    return { revision: undefined, checkpoints: [], marks: {} };
  }

  /** Those that verify, the greatest first. */
  #checkpointsIn(data: JsonObject): readonly CosignedCheckpoint[] {
    const notes = Array.isArray(data['notes']) ? data['notes'] : [];
    return notes
      .flatMap((note) => checkedOrNothing(String(note), this.keys))
      .toSorted((one, other) => other.size - one.size);
  }
}

function streamOf(origin: string): string {
  return `${cosignedPrefix}${besideName(origin)}`;
}
