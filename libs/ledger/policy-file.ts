import { fromLatin1, hex, latin1, textOf } from './bytes.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { formatVerifierKey, parseVerifierKey, signatureTypes } from './keys.js';
import type { VerifierKey } from './keys.js';
import type { Group, LogOfPolicy, Policy } from './policy.js';

const fileBytesMax = 1_000_000;

/** The lines of a file of this kind by their words, with their numbers; comments and empty lines are left out. */
export function linesOf(
  bytes: Uint8Array,
  what: string,
): readonly { line: number; words: readonly string[] }[] {
  if (bytes.length > fileBytesMax) throw new LedgerFault('too-large', `${what} has ${bytes.length} bytes.`);
  const text = latin1(bytes);
  if (/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/.test(text))
    throw new LedgerFault(
      'malformed',
      `${what} begins with a byte order mark: save it as plain UTF-8, without one.`,
    );
  // eslint-disable-next-line no-control-regex -- the octets that no policy may hold
  const control = /[\u0000-\u0008\u000b-\u001f\u007f]/.exec(text);
  if (control !== null) {
    const [name, mend] =
      control[0] === '\r'
        ? ['a carriage return', ': save it with the line ends of Unix']
        : ['a control character', ''];
    const line = text.slice(0, control.index).split('\n').length;
    throw new LedgerFault('malformed', `${what} has ${name} in line ${line}${mend}.`);
  }
  if (text !== '' && !text.endsWith('\n'))
    throw new LedgerFault('malformed', `${what} does not end with a line feed.`);
  return text
    .split('\n')
    .map((line, index) => ({ line: index + 1, words: line.split(/[ \t]+/).filter((word) => word !== '') }))
    .filter(({ words }) => words.length > 0 && words[0]?.startsWith('#') !== true);
}

/** Names are octets, compared as such; this is how they are shown. */
function shown(octets: string): string {
  return new TextDecoder().decode(fromLatin1(octets));
}

class PolicyReader {
  readonly logs: LogOfPolicy[] = [];
  readonly witnesses = new Map<string, LogOfPolicy>();
  readonly groups = new Map<string, Group>();
  quorum: string | undefined;
  readonly #members = new Set<string>();
  readonly #keys = { log: new Set<string>(), witness: new Set<string>() };
  /** By public key alone: no log is a witness of itself. */
  readonly #signers = { log: new Set<string>(), witness: new Set<string>() };

  constructor(private readonly crypto: Crypto) {}

  read(words: readonly string[]): void {
    const [kind, ...rest] = words;
    if (kind === 'log') this.#log(rest);
    else if (kind === 'witness') this.#witness(rest);
    else if (kind === 'group') this.#group(rest);
    else if (kind === 'quorum') this.#quorum(rest);
    else throw wrong(`begins with “${shown(kind ?? '')}”, and not with log, witness, group or quorum`);
  }

  #log([key, url, ...more]: readonly string[]): void {
    if (key === undefined || more.length > 0) throw wrong('is not of the form “log key [url]”');
    this.logs.push(
      this.#keyed('log', key, url, [signatureTypes.note, signatureTypes.cosignature, signatureTypes.subtree]),
    );
  }

  #witness([name, key, url, ...more]: readonly string[]): void {
    if (name === undefined || key === undefined || more.length > 0)
      throw wrong('is not of the form “witness name key [url]”');
    this.#free(name);
    this.witnesses.set(
      name,
      this.#keyed('witness', key, url, [signatureTypes.cosignature, signatureTypes.subtree]),
    );
  }

  /**
   * One key is one witness, under whatever names and ids it is listed. A log has a line for each way in which its key signs:
   * type 1 under checkpoints and receipts, type 4 with a time; no quorum counts logs.
   */
  #keyed(
    kind: 'log' | 'witness',
    key: string,
    url: string | undefined,
    types: readonly number[],
  ): LogOfPolicy {
    const parsed: VerifierKey = parseVerifierKey(this.crypto, textOf(fromLatin1(key), 'A verifier key'));
    if (!types.includes(parsed.type))
      throw wrong(`names a key of type ${parsed.type}, with which no ${kind} signs`);
    const publicKey = hex(parsed.publicKey);
    const known = kind === 'log' ? formatVerifierKey(parsed) : publicKey;
    if (this.#keys[kind].has(known))
      throw new LedgerFault('key-twice', `names the key of ${parsed.name}, which an earlier ${kind} has`);
    this.#keys[kind].add(known);
    this.#signers[kind].add(publicKey);
    if (this.#signers.log.has(publicKey) && this.#signers.witness.has(publicKey))
      throw new LedgerFault(
        'key-twice',
        `names the key of ${parsed.name} for a log and for a witness of logs`,
      );
    return { key: parsed, ...(url === undefined ? {} : { url: shown(url) }) };
  }

  #group([name, amount, ...members]: readonly string[]): void {
    if (name === undefined || amount === undefined || members.length === 0)
      throw wrong('is not of the form “group name all|any|number member…”');
    this.#free(name);
    const threshold = amount === 'all' ? members.length : amount === 'any' ? 1 : Number(amount);
    if (!/^(all|any|[1-9]\d*)$/.test(amount) || threshold > members.length)
      throw wrong(`asks for ${shown(amount)} of ${members.length}`);
    for (const member of members) {
      if (!this.#isKnown(member)) throw wrong(`names ${shown(member)}, which no line before it defines`);
      if (this.#members.has(member)) throw wrong(`names ${shown(member)}, which is in a group already`);
      this.#members.add(member);
    }
    this.groups.set(name, { threshold, members });
  }

  #quorum([name, ...more]: readonly string[]): void {
    if (name === undefined || more.length > 0) throw wrong('is not of the form “quorum name”');
    if (this.quorum !== undefined) throw wrong('is a second quorum');
    if (name !== 'none' && !this.#isKnown(name))
      throw wrong(`names ${shown(name)}, which no line before it defines`);
    this.quorum = name;
  }

  #isKnown(name: string): boolean {
    return this.witnesses.has(name) || this.groups.has(name);
  }

  #free(name: string): void {
    if (name === 'none') throw wrong('calls something “none”');
    if (this.#isKnown(name)) throw wrong(`defines ${shown(name)} again`);
  }
}

function wrong(why: string): LedgerFault {
  return new LedgerFault('malformed', why);
}

/** Throws with the number of the first line that is not as c2sp.org/tlog-policy has it. */
export function parsePolicy(crypto: Crypto, bytes: Uint8Array): Policy {
  const reader = new PolicyReader(crypto);
  for (const { line, words } of linesOf(bytes, 'The policy'))
    namingLine(`Line ${line} of the policy`, () => reader.read(words));
  const { logs, witnesses, groups, quorum } = reader;
  if (quorum === undefined) throw wrong('The policy has no quorum; “quorum none” asks for no cosignature.');
  return { logs, witnesses, groups, quorum };
}

export function namingLine(line: string, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    const why = error.message.endsWith('.') ? `is wrong: ${error.message}` : `${error.message}.`;
    throw new LedgerFault(error.code, `${line} ${why}`);
  }
}
