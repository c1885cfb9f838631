import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatVerifierKey, LedgerFault, nodeCrypto, signatureTypes, verifierKey } from '#libs/ledger';
import type { Sign, VerifierKey } from '#libs/ledger';
import { NotPrivate, syncEntriesOf } from '#libs/private-files';
import { CannotCheck, fileFault } from './cannot-check.js';
import { draftIn, draftPrefix, readBounded } from './plain-files.js';
import { hasMemory, nothingYet } from './witness-state.js';

export interface WitnessKey {
  readonly key: VerifierKey;
  readonly sign: Sign;
  /** To be written into policies. */
  readonly line: string;
}

const keyFile = 'key.pem';
const nameFile = 'name';
/** The folder of what was cosigned; it is as old as the key. */
export const seenFolder = 'seen';

/**
 * The key of the witness in a folder of its own, made at the first start, for its owner alone. What it has cosigned lies
 * beside it, or that it has cosigned nothing yet. A key without either is refused: whoever has forgotten could sign a
 * second history.
 */
export function witnessKey(folder: string, name: string | undefined): WitnessKey {
  const file = join(folder, keyFile);
  const pem = readBounded(file, 10_000);
  if (pem === undefined) return madeKey(folder, name);
  if (!hasMemory(join(folder, seenFolder)))
    throw new CannotCheck(
      `${folder} has a key and nothing of what it cosigned: a witness that has forgotten may cosign a second history. Put the folder ${seenFolder} back as it was last, or make a new key in another folder.`,
    );
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) throw new NotPrivate(file);
  const kept = Buffer.from(readBounded(join(folder, nameFile), 1_000) ?? [])
    .toString('utf8')
    .trim();
  if (name !== undefined && name !== kept)
    throw new CannotCheck(
      `The key in ${folder} is that of ${kept}: leave --name out, or name another folder.`,
    );
  return keyOf(parsed(file, pem), kept);
}

function parsed(file: string, pem: Uint8Array): KeyObject {
  try {
    const key = createPrivateKey(Buffer.from(pem));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // OpenSSL's words help nobody.
  }
  throw new CannotCheck(`${file} holds no Ed25519 key in PKCS #8.`);
}

/** The key comes last and whole: a start that breaks off leaves nothing that could be taken for an old key. */
function madeKey(folder: string, name: string | undefined): WitnessKey {
  if (name === undefined)
    throw new CannotCheck(
      `There is no key in ${folder} yet: name the witness with --name, for instance witness.example.org.`,
    );
  const { privateKey } = generateKeyPairSync('ed25519');
  const made = keyOf(privateKey, name);
  try {
    mkdirSync(join(folder, seenFolder), { recursive: true, mode: 0o700 });
    if (
      readdirSync(join(folder, seenFolder)).some((one) => one !== nothingYet && !one.startsWith(draftPrefix))
    )
      throw new CannotCheck(
        `${folder} has what a witness cosigned, and no key: put the key back, or name another folder.`,
      );
    put(join(folder, seenFolder), nothingYet, '');
    put(folder, nameFile, `${name}\n`);
    put(folder, keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    syncEntriesOf(folder);
  } catch (error) {
    throw error instanceof CannotCheck ? error : fileFault(folder, error);
  }
  return made;
}

function put(folder: string, name: string, text: string): void {
  renameSync(draftIn(folder, Buffer.from(text)), join(folder, name));
}

function keyOf(privateKey: KeyObject, name: string): WitnessKey {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  try {
    const key = verifierKey(nodeCrypto, name, signatureTypes.cosignature, new Uint8Array(spki.subarray(-32)));
    return {
      key,
      sign: (message) => new Uint8Array(sign(null, message, privateKey)),
      line: formatVerifierKey(key),
    };
  } catch (error) {
    throw error instanceof LedgerFault ? new CannotCheck(error.message) : error;
  }
}
