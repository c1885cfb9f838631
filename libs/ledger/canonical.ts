import type { Crypto } from './crypto.js';
import { sha256 } from './crypto.js';
import { LedgerFault } from './faults.js';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The record itself takes no more than 32 levels. */
export const depthMax = 64;

/**
 * The RFC 8785 form: keys in UTF-16 order, numbers and texts as ECMAScript writes them. A member that is undefined is
 * absent. It is written here and not taken from a package, because whoever reads what verifies must be able to read this
 * too; the specs hold it against the package that the record uses.
 */
export function canonicalText(value: Json): string {
  return isInOrder(value, 0) ? JSON.stringify(value) : written(value);
}

/**
 * Throws for what is no JSON. Whether the keys stand in order as they are: then what the language writes is canonical, at a
 * third of the cost, and what was read from canonical bytes mostly is.
 */
function isInOrder(value: Json | undefined, depth: number): boolean {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw notJson('a number that is not finite');
    return true;
  }
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value !== 'object') throw notJson(`a ${typeof value}`);
  if (depth === depthMax)
    throw new LedgerFault('too-large', `It is nested more than ${depthMax} levels deep.`);
  let isSorted = true;
  if (isList(value)) {
    for (const item of value) isSorted = isInOrder(item, depth + 1) && isSorted;
    return isSorted;
  }
  let last = '';
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    // Keys that begin with a digit are left to the writer: the language puts those that are numbers first.
    isSorted = wellFormed(key) && isSorted && last < key && !isDigit(key.charCodeAt(0));
    isSorted = isInOrder(member, depth + 1) && isSorted;
    last = key;
  }
  return isSorted;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function wellFormed(text: string): true {
  if (!text.isWellFormed()) throw notJson('a lone surrogate');
  return true;
}

function written(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(written).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${written(member)}`);
  }
  return `{${members.join(',')}}`;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

function notJson(what: string): LedgerFault {
  return new LedgerFault('not-canonical', `It has ${what}, which canonical JSON does not know.`);
}

export function canonicalHash(crypto: Crypto, value: Json): Uint8Array {
  return sha256(crypto, canonicalText(value));
}

/** In hexadecimal digits, as leaves and envelopes hold hashes. */
export function canonicalHex(crypto: Crypto, value: Json): string {
  return crypto.sha256Hex(canonicalText(value));
}

/**
 * The hash of an event's words (`contentHash`), in hexadecimal digits: SHA-256 of the canonical bytes of `{salt, content}`.
 * It is kept from the append on and outlives the words.
 */
export function contentHash(crypto: Crypto, salt: string, content: JsonObject): string {
  return canonicalHex(crypto, { content, salt });
}
