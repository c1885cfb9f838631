import { utf8 } from './bytes.js';
import type { Crypto } from './crypto.js';
import { sha256 } from './crypto.js';
import { LedgerFault } from './faults.js';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The record itself takes no more than 32 levels. */
const depthMax = 64;

/**
 * The RFC 8785 form: keys in UTF-16 order, numbers and texts as ECMAScript writes them. A member that is undefined is
 * absent. It is written here and not taken from a package, because whoever reads what verifies must be able to read this
 * too; the specs hold it against the package that the record uses.
 */
export function canonicalText(value: Json, depth = 0): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw notJson('a number that is not finite');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (depth === depthMax)
    throw new LedgerFault('too-large', `It is nested more than ${depthMax} levels deep.`);
  if (isList(value)) return `[${value.map((item) => canonicalText(item, depth + 1)).join(',')}]`;
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined)
      text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalText(member, depth + 1)}`;
  }
  return `{${text}}`;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

/** JSON.stringify escapes what RFC 8785 escapes, and lone surrogates as well, which RFC 8785 refuses. */
function quoted(text: string): string {
  if (!text.isWellFormed()) throw notJson('a lone surrogate');
  return JSON.stringify(text);
}

function notJson(what: string): LedgerFault {
  return new LedgerFault('not-canonical', `It has ${what}, which canonical JSON does not know.`);
}

export function canonicalHash(crypto: Crypto, value: Json): Uint8Array {
  return sha256(crypto, utf8(canonicalText(value)));
}

/**
 * The hash of an event's words (`contentHash`): SHA-256 of the canonical bytes of `{salt, content}`. It is kept from the
 * append on and outlives the words.
 */
export function contentHash(crypto: Crypto, salt: string, content: JsonObject): Uint8Array {
  return canonicalHash(crypto, { salt, content });
}
