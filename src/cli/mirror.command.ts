import { resolve } from 'node:path';
import { LedgerFault } from '#libs/ledger';
import { entries } from '../checking/counted.js';
import { Folder } from '../checking/folder.js';
import { BegunAnew, mirror, SplitView } from '../checking/mirroring.js';
import { openedSource } from '../checking/source.js';
import { trustFrom } from '../checking/trust-files.js';
import { wrong } from '../checking/verifying.js';
import { answer, credentialFor, withProgress } from './checking.js';

interface MirrorCall {
  readonly policy: string;
  readonly evidence?: string;
}

/** Brings a folder up to a log's newest checkpoint; it goes on where a run was ended. */
export async function mirrorLog(
  where: string,
  into: string,
  { policy, evidence }: MirrorCall,
): Promise<void> {
  const path = resolve(into);
  const options = { ...trustFrom({ policy }), where, evidence: resolve(evidence ?? `${path}-evidence`) };
  const log = openedSource(where, await credentialFor(where));
  try {
    const { origin, before, size, withheld, firstWithheld } = await withProgress('mirroring', (onProgress) =>
      mirror(log, new Folder(path), { ...options, onProgress }),
    );
    const holds = `${into} holds ${entries(size)} of ${origin}, ${(size - before).toLocaleString('en')} of them new.`;
    if (withheld === 0) answer({ code: 0, lines: [holds] });
    else
      answer({
        code: 2,
        lines: [
          holds,
          `Not complete: of ${entries(withheld)}, the first of them #${firstWithheld}, the payload or its words are withheld, and no event says that they were erased.`,
          'What the mirror had of them it keeps, and the next run asks again; a key that may read the dialogue, in ENTENTE_KEY, gets what is withheld from others.',
        ],
      });
  } catch (error) {
    if (error instanceof SplitView || error instanceof BegunAnew)
      answer({ code: 1, lines: [`Wrong: ${error.message}`] });
    else if (error instanceof LedgerFault) answer({ code: 1, lines: [wrong(error)] });
    else throw error;
  }
}
