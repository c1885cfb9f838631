import { existsSync } from 'node:fs';
import { formatVerifierKey, nodeCrypto, parsePolicy } from '#libs/ledger';
import type { Trust } from '#libs/ledger';
import type { Settings } from '#config';
import { trustFrom } from '../checking/trust-files.js';
import { LogKeys } from '../ledger/log-keys.js';
import { ledgerFiles } from '../ledger/signing.js';
import { CliFailure } from './cli-failure.js';

/** By whose word a copy of a log of this record is taken: by a policy, or by the key by which the record is signed. */
export function trustInCopy(origin: string, settings: Settings, policy: string | undefined): Trust {
  if (policy !== undefined) return trustFrom({ policy });
  const files = ledgerFiles(settings);
  if (files === undefined || !existsSync(files.key))
    throw new CliFailure(
      'There is no key of the log here by which to verify the copy: name a policy with --policy.',
    );
  const keys = LogKeys.read(files.key).named(origin);
  const lines = keys.map(({ note }) => `log ${formatVerifierKey(note)}\n`).join('');
  return { policy: parsePolicy(nodeCrypto, Buffer.from(`${lines}quorum none\n`)) };
}
