import { textOf, utf8 } from './bytes.js';
import { canonicalText } from './canonical.js';
import type { JsonObject } from './canonical.js';
import { LedgerFault } from './faults.js';
import type { Leaf } from './leaf.js';

/** The bytes that are logged: RFC 8785, kept as they are and never written anew to be verified. */
export function formatLeaf(leaf: Leaf): Uint8Array {
  return utf8(canonicalText(leaf as unknown as JsonObject));
}

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string' && value !== '';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isInstant: Check = (value) =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !Number.isNaN(Date.parse(value));
const isTexts: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isText);
const mayBeAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const members: { readonly [Name in keyof Required<Leaf>]: Check } = {
  v: (value) => value === 1,
  log: isText,
  seq: isCount,
  stream: isText,
  rev: isCount,
  prev: mayBeAbsent(isHash),
  id: isText,
  type: isText,
  schema: isCount,
  recorded: isInstant,
  occurred: mayBeAbsent(isTexts),
  act: isTexts,
  data: isHash,
  content: mayBeAbsent(isHash),
  sig: mayBeAbsent(isHash),
};

/** Takes the one form that `formatLeaf` gives: known members, of their types, in canonical bytes. */
export function parseLeaf(entry: Uint8Array): Leaf {
  const text = textOf(entry, 'The leaf');
  const value = jsonOf(text, 'The leaf');
  const wrong = (why: string) => new LedgerFault('malformed', `The leaf ${why}.`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('is no object');
  const leaf = value as JsonObject;
  for (const name of Object.keys(leaf))
    if (!Object.hasOwn(members, name)) throw wrong(`has a member “${name}”`);
  for (const [name, check] of Object.entries(members))
    if (!check(leaf[name])) throw wrong(`has a wrong “${name}”`);
  if (canonicalText(leaf) !== text)
    throw new LedgerFault('not-canonical', 'The leaf is not in the bytes of RFC 8785.');
  return leaf as unknown as Leaf;
}

export function jsonOf(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new LedgerFault('malformed', `${what} is not JSON.`);
  }
}
