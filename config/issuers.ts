import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readIssuersFile } from './issuers-file.js';
import type { IssuerEntry, SignInEntry } from './issuers-file.js';
import type { ClientAuthentication, OidcSettings, SignInSettings } from './oidc-settings.js';

const place = 'ENTENTE_OIDC_FILE';
const fileBytesMax = 256 * 1024;
const secretBytesMax = 16 * 1024;

/** The issuers of a file, or what is wrong with it and with what it names: each with its place, and without its value. */
export function issuersIn(file: string): {
  readonly issuers: readonly OidcSettings[];
  readonly faults: readonly string[];
} {
  const text = contentsOf(file, fileBytesMax);
  if (text instanceof Fault) return { issuers: [], faults: [`${place}: ${text.words}`] };
  const read = readIssuersFile(text);
  if (!('issuers' in read)) return { issuers: [], faults: read.map((one) => `${place}: ${one}`) };
  const { address, issuers } = read;
  const folder = dirname(resolve(file));
  const taken = issuers.map((entry) => issuerFrom(entry, { address, folder }));
  const faults = [
    ...taken.flatMap(({ faults }, at) => faults.map((one) => `issuers[${at}].${one}`)),
    ...twice(issuers, 'id'),
    ...twice(issuers, 'issuer'),
  ];
  return { issuers: taken.map(({ issuer }) => issuer), faults: faults.map((one) => `${place}: ${one}`) };
}

/** An issuer that stood there twice would be bound to two parties, and could speak for either. */
function twice(issuers: readonly IssuerEntry[], member: 'id' | 'issuer'): readonly string[] {
  return issuers.flatMap((one, at) => {
    const first = issuers.findIndex((other) => other[member] === one[member]);
    return first === at ? [] : [`issuers[${at}].${member} is that of issuers[${first}] too`];
  });
}

interface Around {
  readonly address: string | undefined;
  /** From which the paths in the file start. */
  readonly folder: string;
}

function issuerFrom(entry: IssuerEntry, around: Around) {
  const { party = null, signIn } = entry;
  const faults: string[] = [];
  if (signIn !== undefined && signIn.clientId === entry.audience)
    faults.push('audience must be another name than the client’s, or ID tokens would pass for access tokens');
  const people = signIn === undefined ? undefined : signInFrom(entry, signIn, around);
  if (people !== undefined && 'faults' in people) faults.push(...people.faults);
  const issuer: OidcSettings = {
    issuer: entry.issuer,
    audience: entry.audience,
    jwksUrl: entry.jwksUrl,
    rolesClaim: entry.rolesClaim ?? 'entente_roles',
    rolePrefix: entry.rolePrefix ?? '',
    partyClaim: entry.partyClaim ?? 'entente_party',
    parties: party === null ? [] : [party],
    boundTo: { party },
    ...(people === undefined || 'faults' in people ? {} : { signIn: people }),
  };
  return { issuer, faults };
}

function signInFrom(
  { id, name }: IssuerEntry,
  { clientId, clientKeyId, scope = 'profile', ...files }: SignInEntry,
  { address, folder }: Around,
): SignInSettings | { readonly faults: readonly string[] } {
  const faults = address === undefined ? ['signIn needs "address" at the top of the file'] : [];
  const { clientSecretFile: secret, clientKeyFile: key } = files;
  if ((secret === undefined) === (key === undefined))
    return { faults: [...faults, 'signIn must name either clientSecretFile or clientKeyFile'] };
  if (clientKeyId !== undefined && key === undefined) faults.push('signIn.clientKeyId is for clientKeyFile');
  const member = key === undefined ? 'clientSecretFile' : 'clientKeyFile';
  const held = secretIn(resolve(folder, key ?? secret ?? ''));
  const authentication = held instanceof Fault ? held : proofFrom(held, key !== undefined, clientKeyId);
  if (authentication instanceof Fault) faults.push(`signIn.${member}: ${authentication.words}`);
  if (authentication instanceof Fault || address === undefined || faults.length > 0) return { faults };
  const scopes = [...new Set(['openid', ...scope.split(' ')])];
  return { id, name, address, clientId, authentication, scopes };
}

class Fault {
  constructor(readonly words: string) {}
}

function contentsOf(file: string, bytesMax: number): string | Fault {
  try {
    const { size } = statSync(file);
    if (size > bytesMax) return new Fault(`the file is longer than ${bytesMax / 1024} KiB`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return new Fault(`the file can’t be read (${code})`);
  }
}

/** A secret that every account of the machine can read is none. */
function secretIn(file: string): string | Fault {
  const text = contentsOf(file, secretBytesMax);
  if (text instanceof Fault) return text;
  if ((statSync(file).mode & 0o007) !== 0)
    return new Fault('the file is open to every account of this machine: make it mode 0600');
  return text.trim() === '' ? new Fault('the file is empty') : text.trim();
}

function proofFrom(text: string, isKey: boolean, keyId: string | undefined): ClientAuthentication | Fault {
  if (!isKey) return { kind: 'secret', secret: text };
  const algorithm = algorithmOf(text);
  if (algorithm === undefined)
    return new Fault(
      'the file must hold a private key in PEM: RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519',
    );
  return { kind: 'key', pem: text, algorithm, ...(keyId === undefined ? {} : { keyId }) };
}

const curves: { readonly [curve: string]: string } = {
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
};

/** The JWS algorithm for the key (RFC 7518 §3.1, RFC 8037); undefined where there is none, or no key. */
function algorithmOf(pem: string): string | undefined {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details = {} } = createPrivateKey(pem);
    if (!pem.includes('BEGIN PRIVATE KEY')) return undefined;
    if (type === 'rsa') return (details.modulusLength ?? 0) >= 2048 ? 'RS256' : undefined;
    return type === 'ed25519' ? 'EdDSA' : curves[details.namedCurve ?? ''];
  } catch {
    // Not a key at all; OpenSSL's reasons name nothing that would help.
    return undefined;
  }
}
