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
 * too; the specs hold it against the package that the record uses. Throws `LedgerFault` for what is no JSON.
 */
export function canonicalText(value: Json): string {
  return isInOrder(value, 0) ? JSON.stringify(value) : written(value, 0);
}

/**
 * Whether it is JSON whose keys stand in order as they are: then what the language writes is canonical, at half the cost, and
 * what was read from canonical bytes mostly is. Of anything else no more is said than that it is not.
 */
function isInOrder(value: Json | undefined, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value !== 'object' || depth === depthMax) return false;
  if (isList(value)) {
    for (const item of value) if (!isInOrder(item, depth + 1)) return false;
    return true;
  }
  const keys = Object.keys(value);
  let last = '';
  for (const key of keys) {
    // Keys that begin with a digit are left to the writer: the language puts those that are numbers first.
    if (last >= key || isDigit(key.charCodeAt(0)) || !key.isWellFormed()) return false;
    last = key;
  }
  for (const key of keys) {
    const member = value[key];
    if (member !== undefined && !isInOrder(member, depth + 1)) return false;
  }
  return true;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function written(value: Json, depth: number): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') throw notJson(`a ${typeof value}`);
  if (depth === depthMax)
    throw new LedgerFault('too-large', `It is nested more than ${depthMax} levels deep.`);
  return isList(value) ? listText(value, depth + 1) : objectText(value, depth + 1);
}

function listText(list: readonly Json[], depth: number): string {
  let text = '[';
  for (let at = 0; at < list.length; at++) text += (at === 0 ? '' : ',') + written(list[at] as Json, depth);
  return `${text}]`;
}

function objectText(members: JsonObject, depth: number): string {
  let text = '';
  for (const key of sortedKeys(members)) {
    const member = members[key];
    if (member !== undefined) text += (text === '' ? '{' : ',') + keyText(key) + written(member, depth);
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Most stand in order as they are. */
function sortedKeys(members: JsonObject): readonly string[] {
  const keys = Object.keys(members);
  for (let at = 1; at < keys.length; at++)
    if ((keys[at - 1] as string) > (keys[at] as string)) return keys.sort();
  return keys;
}

/** Of printable ASCII without quotation mark and backslash: what the language would not escape. */
const plain = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw notJson('a lone surrogate');
  return JSON.stringify(text);
}

/** The names of members are short and few, and come again; what a forger makes up is not kept without end. */
const keysMax = 1_000;
const keptLength = 64;
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = `${quoted(key)}:`;
  if (keyTexts.size < keysMax && key.length <= keptLength) keyTexts.set(key, text);
  return text;
}

/** ECMAScript's own, with which JSON.stringify writes minus zero as zero. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw notJson('a number that is not finite');
  return String(value);
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
