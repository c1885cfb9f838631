import { nodeCrypto, parsePartyKeys, parsePolicy, LedgerFault } from '#libs/ledger';
import type { Trust } from '#libs/ledger';
import { CannotCheck } from './cannot-check.js';
import { readGiven } from './plain-files.js';

const bytesMax = 1_000_000;

export interface TrustFiles {
  readonly policy: string;
  readonly keys?: string;
}

/** Whom whoever checks trusts: the policy, and what is known of the parties' keys. */
export function trustFrom({ policy, keys }: TrustFiles): Trust {
  return {
    policy: named(policy, (bytes) => parsePolicy(nodeCrypto, bytes)),
    ...(keys === undefined ? {} : { partyKeys: named(keys, parsePartyKeys) }),
  };
}

/** A file that is not as it should be keeps from checking; it says nothing about the record. */
export function named<T>(path: string, read: (bytes: Uint8Array) => T): T {
  try {
    return read(readGiven(path, bytesMax));
  } catch (error) {
    throw error instanceof LedgerFault ? new CannotCheck(`${path}: ${error.message}`) : error;
  }
}
