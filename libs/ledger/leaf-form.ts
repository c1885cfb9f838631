import { textOf, utf8 } from './bytes.js';
import { canonicalText } from './canonical.js';
import type { JsonObject } from './canonical.js';
import { LedgerFault } from './faults.js';
import { LeafBytes } from './leaf-bytes.js';
import type { Leaf } from './leaf.js';

/** The bytes that are logged: RFC 8785, kept as they are and never written anew to be verified. */
export function formatLeaf(leaf: Leaf): Uint8Array {
  return utf8(canonicalText(leaf as unknown as JsonObject));
}

/** A text that is not empty, in the one way in which RFC 8785 writes it. */
const escaped = String.raw`\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f]))`;
const plain = String.raw`[^"\\\u0000-\u001f]*`;
const text = `"(?!")${plain}(?:${escaped}${plain})*"`;
const hash = '"[0-9a-f]{64}"';
const count = '(?:0|[1-9][0-9]{0,15})';

function member(name: string, value: string): string {
  return `"${name}":${value}`;
}

function optional(name: string, value: string): string {
  return `(?:,${member(name, value)})?`;
}

const act =
  `\\{${member('capacity', text)}${optional('party', text)},` +
  `${member('recordedBy', text)}${optional('recorderParty', text)}\\}`;
const occurred = `\\{${member('edtf', text)}${optional('zone', text)}\\}`;
const instant = String.raw`"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"`;

/** The members, each with all the ways in which it can be written. */
const members = [
  ['act', act],
  ['content', hash],
  ['data', hash],
  ['id', text],
  ['log', text],
  ['occurred', occurred],
  ['prev', hash],
  ['recorded', instant],
  ['rev', count],
  ['schema', count],
  ['seq', count],
  ['sig', hash],
  ['stream', text],
  ['type', text],
  ['v', '1'],
].map(([name, pattern]) => [name as keyof Leaf, new RegExp(`^${pattern}$`)] as const);
const mayBeAbsent = new Set<keyof Leaf>(['content', 'occurred', 'prev', 'sig']);

/** Takes the one form that `formatLeaf` gives: known members, of their types, in canonical bytes. */
export function parseLeaf(entry: Uint8Array): Leaf {
  const written = textOf(entry, 'The leaf');
  return new LeafBytes(entry, written).read() ?? parsedLeaf(written);
}

function wrong(why: string): LedgerFault {
  return new LedgerFault('malformed', `The leaf ${why}.`);
}

/** Whatever texts it holds; what is wrong with what is no leaf is named. */
function parsedLeaf(written: string): Leaf {
  const value = jsonOf(written, 'The leaf');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('is no object');
  const leaf = value as JsonObject;
  const other = Object.keys(leaf).find((name) => !members.some(([known]) => known === name));
  if (other !== undefined) throw wrong(`has a member “${other}”`);
  for (const [name, pattern] of members) {
    const one = leaf[name];
    const isGood = one === undefined ? mayBeAbsent.has(name) : pattern.test(canonicalText(one));
    if (!isGood || (typeof one === 'number' && !Number.isSafeInteger(one)))
      throw wrong(`has a wrong “${name}”`);
  }
  if (Number.isNaN(Date.parse(leaf['recorded'] as string))) throw wrong('has a wrong “recorded”');
  if (canonicalText(leaf) !== written)
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
