import { isOfKeys } from './act-keys.js';
import type { JsonObject } from './canonical.js';
import { LedgerFault } from './faults.js';
import type { Leaf } from './leaf.js';
import type { Payload } from './payload.js';

/** `{target}`: the act of that id counts for nothing. */
const voidEvent = 'AttributionVoid';

/** Whether nothing takes an event of the type out: what says that an act is void, or whose keys are whose. */
export function neverTakenOut(type: string): boolean {
  return type === voidEvent || isOfKeys(type);
}

/** The id of the act that an event says is void; undefined where it says no such thing, or its data is withheld. */
export function voidedBy(leaf: Leaf, payload: Payload | undefined): string | undefined {
  if (!isVoiding(leaf)) return undefined;
  const target = (payload?.data?.['data'] as JsonObject | undefined)?.['target'];
  return typeof target === 'string' ? target : undefined;
}

function isVoiding({ type, act: { capacity } }: Leaf): boolean {
  return type === voidEvent && capacity === 'derived';
}

/** Events with a `{target}` that they may take out. Nobody who keeps to the rules takes out what says that an act is void. */
const taking: ReadonlySet<string> = new Set([
  voidEvent,
  'EventRetracted',
  'AttributionDisavowed',
  'AttributionContradicted',
  'ActReviewConcluded',
]);

interface Owed {
  readonly id: string;
  readonly seq: number;
  readonly fault: LedgerFault;
}

/**
 * An act that lacks the signature of its party may have come through another server a moment after the party asked for
 * signatures; then an event says that it is void, in the stream of the act, for elsewhere it takes nothing out, and nothing
 * takes that back. The event stands after the act, so that this can be told only once all has passed.
 */
export class VoidActs {
  /** By stream and id of the act. */
  readonly #owed = new Map<string, Owed>();
  /** The same by stream and id of what says that it is void. */
  readonly #void = new Map<string, Owed>();
  #isBlind = false;

  get count(): number {
    return this.#void.size;
  }

  /**
   * What changes keys stands in their own stream, where nothing passes anything; and no capacity but the direct one is
   * found void for want of a signature: either is wrong at once.
   */
  owe({ id, seq, stream, type, act: { capacity } }: Leaf, fault: LedgerFault): void {
    if (isOfKeys(type) || capacity !== 'direct' || fault.code !== 'act-wrong') throw fault;
    this.#owed.set(keyOf(stream, id), { id, seq, fault });
  }

  add(leaf: Leaf, payload: Payload | undefined): void {
    if (!taking.has(leaf.type)) return;
    const target = (payload?.data?.['data'] as JsonObject | undefined)?.['target'];
    if (typeof target === 'string') this.#take(leaf, target);
    // One whose data is withheld may be that of any act.
    else if (isVoiding(leaf)) this.#isBlind = true;
  }

  #take(leaf: Leaf, target: string): void {
    const key = keyOf(leaf.stream, target);
    const [owed, back] = [this.#owed.get(key), this.#void.get(key)];
    if (back !== undefined) {
      this.#void.delete(key);
      this.#owed.set(keyOf(leaf.stream, back.id), back);
    }
    if (owed === undefined || !isVoiding(leaf)) return;
    this.#owed.delete(key);
    this.#void.set(keyOf(leaf.stream, leaf.id), owed);
  }

  finish(): void {
    const [first] = [...this.#owed.values()].toSorted((one, other) => one.seq - other.seq);
    if (first === undefined || this.#isBlind) return;
    const { fault, seq } = first;
    throw new LedgerFault(fault.code, `${fault.message} No event says that it is void.`, seq);
  }
}

function keyOf(stream: string, id: string): string {
  return `${stream} ${id}`;
}
