import { Conflict, formatPosition, parsePosition } from '#libs/event-store';
import type { EventStore, Position } from '#libs/event-store';
import { Problem } from '#libs/problem-details';
import { Seal, sealKeyBytes } from '#libs/seal';
import { eventBeside, heldIn } from './beside.js';
import type { Ids } from './ids.js';
import { platformProblems } from '../problems/platform.problems.js';

/** Outside the record, and of one life of one store: every server on it reads what the first one made. */
export const sealingKeyStream = 'sealing-key';

const form = /^m[\w-]{64}$/;
/** One of them appends, the others read: more than twice means that the stream can be neither read nor begun. */
const attempts = 3;

export function isMoment(text: string): boolean {
  return form.test(text);
}

/**
 * Moments: places in the order of the whole store, sealed, so that they tell nothing of what others write. The epoch is no
 * part of what is sealed but of what it is sealed for, so a moment of another life of the store does not open.
 */
export class Moments {
  constructor(private readonly seal: Seal) {}

  /** Where the context is the same, so is the text: what is final must not change. Without one each text is another. */
  sealed(position: Position, context?: string): string {
    const { epoch, commit, prepare } = parsePosition(position);
    const bytes = Buffer.alloc(16);
    bytes.writeBigUInt64BE(commit, 0);
    bytes.writeBigUInt64BE(prepare, 8);
    return `m${this.seal.seal(`moment ${epoch}`, bytes, context)}`;
  }

  /** Throws the problem that says what the text is instead. */
  open(text: string, epoch: string, parameter: string): Position {
    if (!isMoment(text)) {
      const detail = 'is no moment: take it from an answer, or from the Event-Position header of your write';
      throw new Problem(platformProblems.PARAMETER_INVALID, {
        detail: `${parameter} ${detail}.`,
        errors: [{ parameter, detail }],
      });
    }
    const bytes = this.seal.open(`moment ${epoch}`, text.slice(1));
    if (bytes === undefined) {
      throw new Problem(platformProblems.EPOCH_CHANGED, {
        detail: `${parameter} is of another life of this record, or of another one, or was changed on its way. Read without it.`,
        errors: [{ parameter, detail: 'is no moment of this life of the record' }],
      });
    }
    return formatPosition(epoch, bytes.readBigUInt64BE(0), bytes.readBigUInt64BE(8));
  }

  /** Where a page ended, for the list of that name alone. */
  cursor(list: string, after: number, context?: string): string {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(after));
    return this.seal.seal(`cursor ${list}`, bytes, context);
  }

  /** What is kept in the store and shall not stand there as it is. */
  hidden(purpose: string, text: string): string {
    return this.seal.seal(`hidden ${purpose}`, Buffer.from(text));
  }

  /** Undefined where it was not hidden here for that purpose. */
  shownIfOurs(purpose: string, hidden: string): string | undefined {
    return this.seal.open(`hidden ${purpose}`, hidden)?.toString();
  }

  /** Throws where it was not hidden here for that purpose. */
  shown(purpose: string, hidden: string): string {
    const text = this.shownIfOurs(purpose, hidden);
    if (text === undefined) throw new Error(`What was hidden for ${purpose} can't be opened.`);
    return text;
  }

  /** Undefined where that list did not give it out. */
  afterCursor(list: string, text: string): number | undefined {
    const bytes = this.seal.open(`cursor ${list}`, text);
    return bytes === undefined ? undefined : Number(bytes.readBigUInt64BE());
  }
}

async function storedKey(store: EventStore): Promise<unknown> {
  for await (const { data } of heldIn(store, sealingKeyStream, { limit: 1 })) return data['key'];
  return undefined;
}

/** The key of the store, made where there is none yet; what only reads has one of its own, and gives no moments out. */
export async function momentsOf(store: EventStore, ids: Ids, readOnly: boolean): Promise<Moments> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const key = (await storedKey(store)) ?? (readOnly ? ids.secret() : undefined);
    if (key !== undefined) return momentsUnder(key);
    const made = eventBeside(ids, 'SealingKeyMade', { key: ids.secret() });
    try {
      await store.append(sealingKeyStream, [made], { expected: 'no_stream' });
    } catch (error) {
      // Another server was first: the next attempt reads its key.
      if (!(error instanceof Conflict)) throw error;
    }
  }
  throw new Error(`The stream ${sealingKeyStream} holds no key and takes none.`);
}

/** With the key as the stream holds it. */
export function momentsUnder(key: unknown): Moments {
  const bytes = Buffer.from(typeof key === 'string' ? key : '', 'base64url');
  if (bytes.length === sealKeyBytes) return new Moments(new Seal(bytes));
  throw new Error(
    `The key in the stream ${sealingKeyStream} has ${bytes.length} bytes, not ${sealKeyBytes}.`,
  );
}
