import { isOfKeys } from './act-keys.js';
import type { JsonObject } from './canonical.js';
import { LedgerFault } from './faults.js';
import type { Leaf } from './leaf.js';
import type { Payload } from './payload.js';

/** `{target}`: the act of that id counts for nothing. */
const voidEvent = 'AttributionVoid';

/** The id of the act that an event says is void; undefined where it says no such thing, or its data is withheld. */
export function voidedBy(leaf: Leaf, payload: Payload | undefined): string | undefined {
  if (!isVoiding(leaf)) return undefined;
  const target = (payload?.data?.['data'] as JsonObject | undefined)?.['target'];
  return typeof target === 'string' ? target : undefined;
}

function isVoiding({ type, act: { capacity } }: Leaf): boolean {
  return type === voidEvent && capacity === 'derived';
}

/**
 * An act that lacks the signature of its party may have come through another server a moment after the party asked for
 * signatures; then an event says that it is void. The event stands after it, so that this can be told only once all has passed.
 */
export class VoidActs {
  readonly #owed = new Map<string, { readonly seq: number; readonly fault: LedgerFault }>();
  #isBlind = false;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /**
   * What changes keys stands in their own stream, where nothing passes anything; and no capacity but the direct one is
   * found void for want of a signature: either is wrong at once.
   */
  owe({ id, seq, type, act: { capacity } }: Leaf, fault: LedgerFault): void {
    if (isOfKeys(type) || capacity !== 'direct' || fault.code !== 'act-wrong') throw fault;
    this.#owed.set(id, { seq, fault });
  }

  add(leaf: Leaf, payload: Payload | undefined): void {
    if (!isVoiding(leaf)) return;
    const target = voidedBy(leaf, payload);
    // One whose data is withheld may be that of any act.
    if (target === undefined) this.#isBlind = true;
    else if (this.#owed.delete(target)) this.#count += 1;
  }

  finish(): void {
    const [first] = this.#owed.values();
    if (first === undefined || this.#isBlind) return;
    const { fault, seq } = first;
    throw new LedgerFault(fault.code, `${fault.message} No event says that it is void.`, seq);
  }
}
