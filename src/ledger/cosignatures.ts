import { Conflict } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import {
  formatNote,
  formatSignatures,
  LedgerFault,
  nodeCrypto,
  parseCheckpoint,
  parseNote,
  verifyNote,
} from '#libs/ledger';
import type { NoteSignature, Verified, VerifierKey } from '#libs/ledger';
import { eventBeside, heldIn } from '../platform/record/beside.js';
import { unlessAway } from '../platform/record/unless-away.js';
import type { Ids } from '../platform/record/ids.js';
import { Newest } from './newest.js';

/** Outside the record: one stream for each log, of which the last event says all that is kept. */
export const cosignedPrefix = 'ledger-cosigned-';

/** What several servers keep at once is joined so often before one of them gives up. */
const triesMax = 10;

/** A countersignature that verifies, with its line. */
export interface Cosignature extends Verified {
  readonly signature: NoteSignature;
}

/** A checkpoint as it was released, and the countersignatures of it that verify. */
export interface CosignedCheckpoint {
  readonly size: number;
  /** What is signed. */
  readonly text: string;
  /** With the signatures of the log and of those who countersigned. */
  readonly note: string;
  readonly cosigned: readonly Cosignature[];
}

interface Kept {
  readonly revision: bigint | undefined;
  /** The greatest first. */
  readonly checkpoints: readonly CosignedCheckpoint[];
}

/** Collects what witnesses have countersigned; what does not verify by a key of the settings is never kept nor shown. */
export class Cosignatures {
  readonly #read = new Newest<Kept>(1_000);
  readonly #writing = new Map<string, Promise<void>>();

  constructor(
    private readonly store: EventStore,
    private readonly ids: Ids,
    private readonly keys: readonly VerifierKey[],
    /** What the log of a dialogue is called beside the record. */
    private readonly nameOf: (log: string) => string,
  ) {}

  /** Of each witness the newest that it countersigned, and the newest of those that most have; the greatest first. */
  async of(log: string): Promise<readonly CosignedCheckpoint[]> {
    if (this.keys.length === 0) return [];
    const last = await unlessAway(this.#last(log));
    return (last === 'away' ? this.#read.get(this.#streamOf(log)) : last)?.checkpoints ?? [];
  }

  /** The newest that somebody countersigned. */
  async newestBy(log: string, { id }: VerifierKey): Promise<CosignedCheckpoint | undefined> {
    return (await this.of(log)).find(({ cosigned }) => cosigned.some(({ key }) => key.id === id));
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
      const { revision, checkpoints } = await this.#last(log);
      const notes = worthKeeping(this.#joined(checkpoints, note, signatures)).map((one) => one.note);
      try {
        const event = eventBeside(this.ids, 'CheckpointsCosigned', { notes });
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
    return [...checkpoints.filter((one) => one !== same), this.#checked(Buffer.from(joined))];
  }

  #streamOf(log: string): string {
    return `${cosignedPrefix}${this.nameOf(log)}`;
  }

  async #last(log: string): Promise<Kept> {
    const stream = this.#streamOf(log);
    for await (const { revision, data } of heldIn(this.store, stream, { backwards: true, limit: 1 })) {
      const known = this.#read.get(stream);
      if (known?.revision === revision) return known;
      const notes = Array.isArray(data['notes']) ? data['notes'] : [];
      const checkpoints = notes.flatMap((note) => this.#checkedOrNothing(String(note)));
      const kept = { revision, checkpoints: checkpoints.toSorted((one, other) => other.size - one.size) };
      this.#read.set(stream, kept);
      return kept;
    }
    return { revision: undefined, checkpoints: [] };
  }

  /** Whoever changes the store by hand does not make us show a signature that is none. */
  #checkedOrNothing(note: string): readonly CosignedCheckpoint[] {
    try {
      const checked = this.#checked(Buffer.from(note));
      return checked.cosigned.length === 0 ? [] : [checked];
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      return [];
    }
  }

  #checked(bytes: Uint8Array): CosignedCheckpoint {
    const { text, signatures } = parseNote(bytes);
    const cosigned = signatures.flatMap((signature) =>
      verifyNote(nodeCrypto, { text, signatures: [signature] }, this.keys).map((one) => ({
        ...one,
        signature,
      })),
    );
    return { size: parseCheckpoint(text).size, text, note: Buffer.from(bytes).toString('utf8'), cosigned };
  }
}

/** So many as there are witnesses, and one: the newest of each, and the newest of those that most of them countersigned. */
export function worthKeeping(checkpoints: readonly CosignedCheckpoint[]): readonly CosignedCheckpoint[] {
  const newestFirst = checkpoints.toSorted((one, other) => other.size - one.size);
  const most = Math.max(0, ...newestFirst.map(({ cosigned }) => cosigned.length));
  const best = newestFirst.find(({ cosigned }) => cosigned.length === most);
  const seen = new Set<string>();
  return newestFirst.filter((one) => {
    const fresh = one.cosigned.filter(({ key }) => !seen.has(key.id));
    for (const { key } of fresh) seen.add(key.id);
    return fresh.length > 0 || one === best;
  });
}
