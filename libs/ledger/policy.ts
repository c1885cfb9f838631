import { parseCheckpoint } from './checkpoint.js';
import type { Checkpoint } from './checkpoint.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import type { VerifierKey } from './keys.js';
import { isEarlierName } from './log-names.js';
import type { Note } from './note.js';
import { verifyNote } from './signing.js';
import type { Verified } from './signing.js';

/** At least so many of the members, which are witnesses or groups that stand before it. */
export interface Group {
  readonly threshold: number;
  readonly members: readonly string[];
}

export interface LogOfPolicy {
  readonly key: VerifierKey;
  readonly url?: string;
}

/** Whom somebody trusts, and how much of that is enough (c2sp.org/tlog-policy). */
export interface Policy {
  readonly logs: readonly LogOfPolicy[];
  /** By the name that the policy gives. */
  readonly witnesses: ReadonlyMap<string, LogOfPolicy>;
  readonly groups: ReadonlyMap<string, Group>;
  /** `none`, or a witness or group. */
  readonly quorum: string;
}

export interface Cosigned {
  /** The witness's name in the policy. */
  readonly name: string;
  readonly verified: Verified;
}

/** A checkpoint that the policy takes, and by whose word. */
export interface Trusted {
  readonly checkpoint: Checkpoint;
  readonly log: readonly Verified[];
  readonly witnesses: readonly Cosigned[];
}

/** Whether those that have cosigned are enough. */
export function isQuorum({ groups, quorum }: Policy, cosigned: ReadonlySet<string>): boolean {
  const has = (name: string): boolean => {
    const group = groups.get(name);
    if (group === undefined) return cosigned.has(name);
    return group.members.filter(has).length >= group.threshold;
  };
  return quorum === 'none' || has(quorum);
}

function unknownLog(origin: string, { logs }: Policy): LedgerFault {
  const before = logs.map(({ key }) => key.name).find((name) => isEarlierName(name, origin));
  const anew =
    before === undefined
      ? ''
      : ` It knows ${before}, which would have begun anew under that name: something that it had signed is not there any more. Ask why, and for the new key.`;
  return new LedgerFault('origin-wrong', `The policy knows no log called ${origin}.${anew}`);
}

/** A log whose key was changed looks at first like one that a stranger signs: only the operator knows which it is. */
function unknownKeys({ signatures }: Note, origin: string): string {
  const ids = new Set(signatures.filter(({ name }) => name === origin).map(({ id }) => id));
  if (ids.size === 0) return '';
  return ` It says to be signed by ${[...ids].join(' and ')}, which the policy does not name. Where the operator has changed the key, ask for the new one another way than by the server, and keep the line of the old one: what was signed before takes it.`;
}

/**
 * Takes a checkpoint only if a log of the policy that has its origin as name signed it, and enough witnesses cosigned it.
 * A signature of a known key that does not verify spoils the whole note.
 */
export function checkPolicy(crypto: Crypto, note: Note, policy: Policy): Trusted {
  const checkpoint = parseCheckpoint(note.text);
  const logKeys = policy.logs.map(({ key }) => key).filter(({ name }) => name === checkpoint.origin);
  if (logKeys.length === 0) throw unknownLog(checkpoint.origin, policy);
  const log = verifyNote(crypto, note, logKeys);
  if (log.length === 0)
    throw new LedgerFault(
      'signature-missing',
      `No key of the log ${checkpoint.origin} signed the checkpoint.${unknownKeys(note, checkpoint.origin)}`,
    );
  const witnesses = [...policy.witnesses].flatMap(([name, { key }]) =>
    verifyNote(crypto, note, [key]).map((verified) => ({ name, verified })),
  );
  if (!isQuorum(policy, new Set(witnesses.map(({ name }) => name))))
    throw new LedgerFault(
      'quorum-missing',
      `The checkpoint of size ${checkpoint.size} lacks the cosignatures that the policy asks for (${policy.quorum}).`,
    );
  return { checkpoint, log, witnesses };
}
