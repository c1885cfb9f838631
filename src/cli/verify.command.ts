import { nodeCrypto } from '#libs/ledger';
import { refuseUnfinished } from '../checking/folder.js';
import { isFolder, isUrl, openedSource } from '../checking/source.js';
import { trustFrom } from '../checking/trust-files.js';
import type { TrustFiles } from '../checking/trust-files.js';
import { verified } from '../checking/verifying.js';
import { answer, credentialFor, withProgress } from './checking.js';

/** Checks a bundle, a mirror or a running server against the policy, and says the first thing that is wrong. */
export async function verify(where: string, files: TrustFiles): Promise<void> {
  const trust = trustFrom(files);
  const key = await credentialFor(where);
  if (!isUrl(where) && isFolder(where)) refuseUnfinished(where);
  answer(
    await withProgress('checking', (told) =>
      verified(nodeCrypto, () => openedSource(where, key), trust, told),
    ),
  );
}
