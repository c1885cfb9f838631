import { nodeCrypto } from '#libs/ledger';
import { refuseUnfinished } from '../checking/folder.js';
import { isFolder, isUrl, openedSource } from '../checking/source.js';
import { trustFrom } from '../checking/trust-files.js';
import type { TrustFiles } from '../checking/trust-files.js';
import { verified } from '../checking/verifying.js';
import type { FurtherCheck } from '../checking/verifying.js';
import { answer, credentialFor, withProgress } from './checking.js';

interface VerifyOptions extends TrustFiles {
  readonly rules?: boolean;
}

/** Checks a bundle, a mirror or a running server against the policy, and says the first thing that is wrong. */
export async function verify(where: string, { rules, ...files }: VerifyOptions): Promise<void> {
  const trust = trustFrom(files);
  const key = await credentialFor(where);
  if (!isUrl(where) && isFolder(where)) refuseUnfinished(where);
  answer(
    await withProgress('checking', async (onProgress) =>
      verified(nodeCrypto, () => openedSource(where, key), trust, {
        onProgress,
        ...(rules === true ? { further: await byTheRules(onProgress) } : {}),
      }),
    ),
  );
}

/** The rules are the server's own, and many files: they are loaded for whoever asks for them. */
async function byTheRules(onProgress: (done: number, all: number) => void): Promise<FurtherCheck> {
  const { ByTheRules } = await import('../checking/rules/by-the-rules.js');
  return new ByTheRules(onProgress);
}
