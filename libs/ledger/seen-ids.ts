import { LedgerFault } from './faults.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';

const keptBytes = 16;
const firstSlots = 1_024;
/** As many slots are used at the most, so that a free one is near. */
const fill = 0.5;

/**
 * The ids of the events that have passed: 128 bits of the SHA-256 of each in one table, 32 to 64 bytes an id. Events name
 * one another by id, so one that stood there twice would leave it to whoever reads what was endorsed, corrected or erased.
 */
export class SeenIds {
  #table = new Uint8Array(firstSlots * keptBytes);
  #count = 0;
  readonly #digest = new Uint8Array(hashBytes);

  constructor(private readonly crypto: Crypto) {}

  /** Throws for one that has passed. */
  add(id: string): void {
    if (this.#count + 1 > (this.#table.length / keptBytes) * fill) this.#grow();
    this.crypto.sha256(id, this.#digest, 0);
    const found = slotOf(this.#table, this.#digest);
    if (!isFree(this.#table, found))
      throw new LedgerFault('id-twice', `An event before it has the same id, ${id}.`);
    this.#table.set(this.#digest.subarray(0, keptBytes), found);
    this.#count += 1;
  }

  #grow(): void {
    const before = this.#table;
    const table = new Uint8Array(before.length * 2);
    for (let at = 0; at < before.length; at += keptBytes) {
      if (isFree(before, at)) continue;
      const kept = before.subarray(at, at + keptBytes);
      table.set(kept, slotOf(table, kept));
    }
    this.#table = table;
  }
}

/** Where it stands, or the free slot where it would. */
function slotOf(table: Uint8Array, kept: Uint8Array): number {
  const slots = table.length / keptBytes;
  const first = kept.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) % slots;
  for (let slot = first; ; slot = (slot + 1) % slots) {
    const at = slot * keptBytes;
    if (isFree(table, at) || isAt(table, at, kept)) return at;
  }
}

/** No SHA-256 that anybody knows begins with so many zeros. */
function isFree(table: Uint8Array, at: number): boolean {
  for (let index = 0; index < keptBytes; index++) if (table[at + index] !== 0) return false;
  return true;
}

function isAt(table: Uint8Array, at: number, kept: Uint8Array): boolean {
  for (let index = 0; index < keptBytes; index++) if (table[at + index] !== kept[index]) return false;
  return true;
}
