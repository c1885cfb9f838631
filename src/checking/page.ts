import { checkedLater, onOneLine, parsePartyKeys, parsePolicy } from '#libs/ledger';
import type { VerifyLater } from '#libs/ledger';
import { Archive } from './archive.js';
import { verified } from './verifying.js';
import type { Verdict } from './verifying.js';

const encoder = new TextEncoder();
/** Of "abc" (FIPS 180-4): whatever runs the page hashes as everybody does. */
const ofAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

export interface Given {
  /** A bundle or the log of a dialogue, as `entente bundle` makes it. */
  readonly archive: Uint8Array;
  readonly policy: string;
  /** What is known of the parties' keys; may be empty. */
  readonly keys: string;
}

/** Checks an archive in a page. A policy that is not one keeps from checking and is thrown as a sentence. */
export function checkArchive({ archive, policy, keys }: Given, verify: VerifyLater): Promise<Verdict> {
  return checkedLater(verify, async (crypto) => {
    if (crypto.sha256Hex('abc') !== ofAbc)
      throw new Error('This browser computes other hashes than all others.');
    const trust = {
      policy: parsePolicy(crypto, encoder.encode(withEnd(policy))),
      partyKeys: parsePartyKeys(encoder.encode(withEnd(keys))),
    };
    const { code, lines } = await verified(
      crypto,
      () => new Archive((offset, length) => archive.subarray(offset, offset + length)),
      trust,
    );
    // What is checked writes no lines of the verdict.
    return { code, lines: lines.map(onOneLine) };
  });
}

/** What is pasted into a field often lacks the last line feed. */
function withEnd(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
}
