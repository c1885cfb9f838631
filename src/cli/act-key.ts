import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { jwkOf, nodeCrypto, publicKeyOf, thumbprint } from '#libs/ledger';
import { CliFailure } from './cli-failure.js';
import { writeAnew } from './key-file.js';

/** An Ed25519 key by which a party signs its acts; it never leaves its file. */
export interface ActKey {
  readonly jwk: ReturnType<typeof jwkOf>;
  readonly thumbprint: string;
  /** Base64. */
  sign(bytes: Uint8Array): string;
}

const othersRights = 0o077;

function actKey(secret: KeyObject, file: string): ActKey {
  if (secret.asymmetricKeyType !== 'ed25519')
    throw new CliFailure(`${file} holds a key of another kind: acts are signed by Ed25519 keys.`);
  const publicKey = publicKeyOf(createPublicKey(secret).export({ format: 'jwk' }));
  return {
    jwk: jwkOf(publicKey),
    thumbprint: thumbprint(nodeCrypto, publicKey),
    sign: (bytes) => sign(null, bytes, secret).toString('base64'),
  };
}

/** Makes a key in a file for its owner alone (0600), in the form that openssl reads as well. */
export function makeActKey(file: string): ActKey {
  // It may be the only one that the party has registered.
  if (existsSync(file))
    throw new CliFailure(
      `${file} is there already, and no key is written over what is there: name another file. If it is your key, go on with it; "entente sign possession --key ${file}" registers it.`,
    );
  const { privateKey } = generateKeyPairSync('ed25519');
  writeAnew(file, String(privateKey.export({ format: 'pem', type: 'pkcs8' })));
  return actKey(privateKey, file);
}

/** A key that others could have read is not taken. */
export function readActKey(file: string): ActKey {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined)
    throw new CliFailure(`There is no key file ${file}; "entente sign key ${file}" makes one.`);
  if ((found.mode & othersRights) !== 0)
    throw new CliFailure(
      `Others may read or write ${file}: if nobody has, "chmod 600 ${file}"; else revoke the key and make another one.`,
    );
  let secret: KeyObject;
  try {
    secret = createPrivateKey(readFileSync(file, 'utf8'));
  } catch {
    throw new CliFailure(`${file} holds no private key as PEM (PKCS #8).`);
  }
  return actKey(secret, file);
}
