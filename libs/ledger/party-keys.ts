import { fromLatin1, textOf } from './bytes.js';
import { LedgerFault } from './faults.js';
import { linesOf, namingLine } from './policy-file.js';

/** What somebody knows of the parties from outside: the thumbprints of their act keys, and which witnesses are theirs. */
export interface PartyKeys {
  /** Thumbprint → party. */
  readonly actKeys: ReadonlyMap<string, string>;
  /** Witness by its name in the policy → party. */
  readonly witnesses: ReadonlyMap<string, string>;
  /** Witnesses that cosign away from the network, long after a checkpoint was made. */
  readonly late: ReadonlySet<string>;
}

/**
 * The second file beside a tlog-policy, in its syntax: `act-key PARTY THUMBPRINT`, `witness PARTY NAME` and `late NAME`, where
 * the name is that of the policy.
 */
export function parsePartyKeys(bytes: Uint8Array): PartyKeys {
  const actKeys = new Map<string, string>();
  const witnesses = new Map<string, string>();
  const late = new Set<string>();
  const what = "The file of the parties' keys";
  for (const { line, words } of linesOf(bytes, what))
    namingLine(`Line ${line} of the file of the parties' keys`, () => {
      const [kind, party, value, ...more] = words.map((word) => textOf(fromLatin1(word), what));
      const wrong = (why: string) => new LedgerFault('malformed', why);
      if (kind === 'late' && party !== undefined && value === undefined) {
        late.add(party);
        return;
      }
      if (party === undefined || value === undefined || more.length > 0)
        throw wrong('is not of the form “act-key party thumbprint”, “witness party name” or “late name”');
      if (kind !== 'act-key' && kind !== 'witness')
        throw wrong(`begins with “${kind}”, and not with act-key, witness or late`);
      const known = kind === 'act-key' ? actKeys : witnesses;
      if (kind === 'act-key' && !/^[\w-]{43}$/.test(value)) throw wrong('names no thumbprint of RFC 7638');
      if (known.has(value)) throw new LedgerFault('key-twice', `names ${value} a second time`);
      known.set(value, party);
    });
  return { actKeys, witnesses, late };
}
