import { LedgerFault } from './faults.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';

/** 128 bits: a UUID, or as much of a hash. */
const keptWords = 4;
const firstSlots = 1_024;
/** As many slots are used at the most, so that a free one is near. */
const fill = 0.5;
const dash = 0x2d;
/** Where the hyphens of a UUID stand, and how long it is. */
const dashes = [8, 13, 18, 23];
const uuidLength = 36;

/**
 * The ids of the events that have passed, 32 to 64 bytes an id: a UUID as it is, of any other id 128 bits of its SHA-256. Events
 * name one another by id, so one that stood there twice would leave it to whoever reads what was endorsed, corrected or erased.
 */
export class SeenIds {
  #table = new Uint32Array(firstSlots * keptWords);
  #count = 0;
  readonly #digest = new Uint8Array(hashBytes);
  readonly #words = new Uint32Array(this.#digest.buffer);

  /** `seed`: a number that nobody knew who chose the ids, so that they are not all in one place of the table. */
  constructor(
    private readonly crypto: Crypto,
    private readonly seed = 0,
  ) {}

  /** Throws for one that has passed. */
  add(id: string): void {
    if (this.#count + 1 > (this.#table.length / keptWords) * fill) this.#grow();
    if (!readUuid(id, this.#words)) this.crypto.sha256(id, this.#digest, 0);
    const found = this.#slotOf(this.#table, this.#words, 0);
    if (!isFree(this.#table, found))
      throw new LedgerFault('id-twice', `An event before it has the same id, ${id}.`);
    copy(this.#words, 0, this.#table, found);
    this.#count += 1;
  }

  #grow(): void {
    const before = this.#table;
    const table = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += keptWords)
      if (!isFree(before, at)) copy(before, at, table, this.#slotOf(table, before, at));
    this.#table = table;
  }

  /** Where the words at a place stand in the table, or the free slot where they would. Its slots are a power of two. */
  #slotOf(table: Uint32Array, words: Uint32Array, from: number): number {
    const last = table.length / keptWords - 1;
    let mixed = this.seed;
    for (let index = 0; index < keptWords; index++) {
      mixed = Math.imul(mixed ^ (words[from + index] as number), 0x9e3779b1);
      mixed ^= mixed >>> 15;
    }
    for (let slot = mixed & last; ; slot = (slot + 1) & last) {
      const at = slot * keptWords;
      if (isFree(table, at) || isAt(table, at, words, from)) return at;
    }
  }
}

/** The value of a hexadecimal digit as a UUID is written, in small letters; -1 for anything else. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

/** Whether the id is a UUID in the one way in which it is written (RFC 9562); not the nil one, which is as a free slot. */
function readUuid(id: string, words: Uint32Array): boolean {
  if (id.length !== uuidLength) return false;
  let [digits, word, any] = [0, 0, 0];
  for (let at = 0; at < uuidLength; at++) {
    const code = id.charCodeAt(at);
    if (code === dash) {
      if (!dashes.includes(at)) return false;
      continue;
    }
    const digit = digitOf(code);
    if (digit === -1 || dashes.includes(at)) return false;
    word = (word << 4) | digit;
    digits += 1;
    if (digits % 8 !== 0) continue;
    words[digits / 8 - 1] = word;
    any |= word;
    word = 0;
  }
  return any !== 0;
}

/** No SHA-256 that anybody knows begins with so many zeros, and the nil UUID is told by its own. */
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
