import { LedgerFault } from './faults.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';

/** 128 bits of a hash. */
const keptWords = 4;
const firstSlots = 1_024;
/** As many slots are used at the most, so that a free one is near. */
const fill = 0.5;

/**
 * The ids of the events that have passed: 128 bits of the SHA-256 of each in one table, 32 to 64 bytes an id. Events name
 * one another by id, so one that stood there twice would leave it to whoever reads what was endorsed, corrected or erased.
 */
export class SeenIds {
  #table = new Uint32Array(firstSlots * keptWords);
  #count = 0;
  readonly #digest = new Uint8Array(hashBytes);
  readonly #words = new Uint32Array(this.#digest.buffer);

  constructor(private readonly crypto: Crypto) {}

  /** Throws for one that has passed. */
  add(id: string): void {
    if (this.#count + 1 > (this.#table.length / keptWords) * fill) this.#grow();
    this.crypto.sha256(id, this.#digest, 0);
    const found = slotOf(this.#table, this.#words, 0);
    if (!isFree(this.#table, found))
      throw new LedgerFault('id-twice', `An event before it has the same id, ${id}.`);
    copy(this.#words, 0, this.#table, found);
    this.#count += 1;
  }

  #grow(): void {
    const before = this.#table;
    const table = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += keptWords)
      if (!isFree(before, at)) copy(before, at, table, slotOf(table, before, at));
    this.#table = table;
  }
}

/** Where the words at a place stand in the table, or the free slot where they would. */
function slotOf(table: Uint32Array, words: Uint32Array, from: number): number {
  const slots = table.length / keptWords;
  for (let slot = (words[from] ?? 0) % slots; ; slot = (slot + 1) % slots) {
    const at = slot * keptWords;
    if (isFree(table, at) || isAt(table, at, words, from)) return at;
  }
}

/** No SHA-256 that anybody knows begins with so many zeros. */
function isFree(table: Uint32Array, at: number): boolean {
  for (let index = 0; index < keptWords; index++) if (table[at + index] !== 0) return false;
  return true;
}

function isAt(table: Uint32Array, at: number, words: Uint32Array, from: number): boolean {
  for (let index = 0; index < keptWords; index++) if (table[at + index] !== words[from + index]) return false;
  return true;
}

function copy(from: Uint32Array, start: number, to: Uint32Array, at: number): void {
  for (let index = 0; index < keptWords; index++) to[at + index] = from[start + index] ?? 0;
}
