import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { realpathSync } from 'node:fs';
import { createPrivately, syncEntriesOf } from '#libs/private-files';
import { nodeCrypto, signatureTypes, verifierKey } from '#libs/ledger';
import type { Sign, VerifierKey } from '#libs/ledger';

import { Newest } from '#libs/newest';

/** Why the log's key or guard can't be used, and what to do about it. */
export class LedgerKeyUnusable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LedgerKeyUnusable';
  }
}

/** One key of the log, under the name that a dialogue's log has. */
export interface NamedKey {
  readonly note: VerifierKey;
  readonly cosignature: VerifierKey;
  readonly sign: Sign;
}

const block = /-----BEGIN PRIVATE KEY-----[^-]*-----END PRIVATE KEY-----/g;

/** The present key first; while keys overlap, the one before it as well. */
export class LogKeys {
  readonly #keys: readonly { readonly privateKey: KeyObject; readonly publicKey: Uint8Array }[];

  readonly #named = new Newest<readonly NamedKey[]>(1_000);

  private constructor(keys: readonly KeyObject[]) {
    this.#keys = keys.map((privateKey) => ({ privateKey, publicKey: publicBytesOf(privateKey) }));
  }

  /** From a file of PKCS #8 keys in PEM, one or two. Throws in a sentence what is wrong with it. */
  static read(file: string): LogKeys {
    return new LogKeys(LogKeys.blocksIn(file).map((pem) => keyIn(file, pem)));
  }

  /** The keys as they stand in the file. */
  static blocksIn(file: string): readonly string[] {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined)
      throw new LedgerKeyUnusable(
        `There is no ${file}, where ENTENTE_LEDGER_KEY says that the key of the log is: "entente ledger key create" makes one.`,
      );
    if ((found.mode & 0o077) !== 0)
      throw new LedgerKeyUnusable(
        `Others may read ${file}, and whoever has the key of the log can sign in its place: chmod 600 it.`,
      );
    const blocks = readFileSync(file, 'utf8').match(block) ?? [];
    if (blocks.length === 0 || blocks.length > 2)
      throw new LedgerKeyUnusable(
        `${file} holds ${blocks.length} private keys in PEM, and one, or two while they overlap, sign a log.`,
      );
    return blocks;
  }

  /** Under the name of the log. */
  named(origin: string): readonly NamedKey[] {
    const known = this.#named.get(origin);
    if (known !== undefined) return known;
    const named = this.#keys.map(({ privateKey, publicKey }) => ({
      note: verifierKey(nodeCrypto, origin, signatureTypes.note, publicKey),
      cosignature: verifierKey(nodeCrypto, origin, signatureTypes.cosignature, publicKey),
      sign: (message: Uint8Array) => sign(null, message, privateKey),
    }));
    this.#named.set(origin, named);
    return named;
  }
}

function keyIn(file: string, pem: string): KeyObject {
  const key = keyOrNothing(pem);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new LedgerKeyUnusable(`${file} holds something else than an Ed25519 key in PKCS #8.`);
}

function keyOrNothing(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function publicBytesOf(privateKey: KeyObject): Uint8Array {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url');
}

export function newKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** Whoever copies or restores the folder must not copy or restore these with it. */
export function refuseInside(directory: string | undefined, file: string, what: string): void {
  if (directory === undefined || !existsSync(directory)) return;
  const path = relative(realpathSync(directory), realFolderOf(file));
  if (path.startsWith('..') || resolve(path) === path) return;
  throw new LedgerKeyUnusable(
    `${file} lies in the data folder ${directory}: ${what} must lie elsewhere, or it goes into every copy of the folder.`,
  );
}

function realFolderOf(file: string): string {
  const folder = dirname(resolve(file));
  return existsSync(folder) ? realpathSync(folder) : folder;
}

/** A file that was not there, for its owner alone, on the disk once this returns. */
export function writePrivateFile(file: string, text: string): void {
  const handle = createPrivately(file);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  syncEntriesOf(dirname(file));
}
