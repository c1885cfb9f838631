import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatVerifierKey, nodeCrypto, parsePolicy, signatureTypes } from '#libs/ledger';
import type { Policy } from '#libs/ledger';
import { signedBy, testSigner } from '#libs/ledger/testing';
import type { TestLog } from '#libs/ledger/testing';

export const origin = 'record.example/dialogue-1';
export const signer = testSigner(origin, 1);
export const ru = testSigner('witness.ru.example', 3, signatureTypes.cosignature);

export const policyText = `log ${formatVerifierKey(signer.key)}\nwitness RU ${formatVerifierKey(ru.key)}\nquorum RU\n`;
export const policy: Policy = parsePolicy(nodeCrypto, Buffer.from(policyText));

/** A checkpoint of the first leaves that the log and the witness of RU have signed, at the time of the last of them. */
export const signed = (log: TestLog, count = log.tree.size) =>
  signedBy(log.checkpoint(count), [signer, ru], log.now - (log.tree.size - count));

export type Files = Map<string, Uint8Array>;

/** A folder of one spec, with what is put into it. */
export class Place {
  readonly top = mkdtempSync(join(tmpdir(), 'entente-checking-'));

  in(name: string): string {
    return join(this.top, name);
  }

  put(name: string, text: string | Uint8Array): string {
    const path = this.in(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Files in a folder of this name, which is empty before. */
  folder(name: string, files: Files): string {
    rmSync(this.in(name), { recursive: true, force: true });
    mkdirSync(this.in(name));
    for (const [path, bytes] of files) this.put(join(name, path), bytes);
    return this.in(name);
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }
}
