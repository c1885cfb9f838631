import { base64, decimal, fromBase64, isSame, utf8 } from './bytes.js';
import { canonicalHash } from './canonical.js';
import type { JsonObject } from './canonical.js';
import { hashBytes } from './crypto.js';
import type { Crypto } from './crypto.js';
import { LedgerFault } from './faults.js';
import { signatureBase, thumbprint } from './message-signature.js';

/** The size and root of the last checkpoint that the signer checked. */
export interface Seen {
  readonly size: number;
  readonly root: Uint8Array;
}

/** The signature of an act as it is kept with the event: the fields that it covers, its parameters, and itself. */
export interface ActSignature {
  /** The value of `Entente-Act`. */
  readonly act: string;
  /** The value of `Entente-Seen`. */
  readonly seen: string;
  /** The member of `Signature-Input`, from its parenthesis on. */
  readonly input: string;
  /** Base64. */
  readonly signature: string;
}

/** What is signed is the event: everything of it that its party says. */
export interface ActObject {
  readonly origin: string;
  readonly stream: string;
  readonly rev: number;
  readonly type: string;
  readonly data: JsonObject;
  readonly contentHash: string;
  readonly sources: unknown;
  readonly wording: unknown;
  readonly audience: unknown;
  readonly occurred: unknown;
  /** The hash of the idempotency key, as the event keeps it. */
  readonly key: unknown;
}

const covered = '("entente-act" "entente-seen")';
const lifetimeMaxSeconds = 300;

export function actField(crypto: Crypto, act: ActObject): string {
  return `:${base64(canonicalHash(crypto, act as unknown as JsonObject))}:`;
}

export function seenField({ size, root }: Seen): string {
  return `${size};root=:${base64(root)}:`;
}

export function parseSeen(value: string): Seen {
  const [, size, root] = /^(\d+);root=:([^:]*):$/.exec(value) ?? [];
  if (size === undefined || root === undefined)
    throw wrongAct('Entente-Seen is not of the form size;root=:hash:');
  return {
    size: decimal(size, 'The size in Entente-Seen'),
    root: fromBase64(root, 'The root in Entente-Seen', hashBytes),
  };
}

export interface Parameters {
  readonly created: number;
  readonly expires: number;
  readonly keyid: string;
}

export function formatParameters({ created, expires, keyid }: Parameters): string {
  return `${covered};created=${created};expires=${expires};keyid="${keyid}";alg="ed25519";tag="entente"`;
}

/** The key by which it says to be, whatever else may be wrong with it. */
export function keyidOf({ input }: Pick<ActSignature, 'input'>): string | undefined {
  return /;keyid="([\w-]*)"/.exec(input)?.[1];
}

/** The parameters in any order, each once, and none besides. */
export function parseParameters(input: string): Parameters {
  if (!input.startsWith(`${covered};`)) throw wrongAct(`the signature does not cover ${covered}`);
  const found = new Map<string, string>();
  for (const part of input.slice(covered.length + 1).split(';')) {
    const [, name, value] = /^([a-z]+)=(\d{1,15}|"[\w-]*")$/.exec(part) ?? [];
    if (name === undefined || value === undefined || found.has(name))
      throw wrongAct(`the signature has a parameter that is not understood: “${part.slice(0, 40)}”`);
    found.set(name, value);
  }
  const { created, expires, keyid, alg, tag, ...others } = Object.fromEntries(found);
  if (
    alg !== '"ed25519"' ||
    tag !== '"entente"' ||
    keyid?.startsWith('"') !== true ||
    Object.keys(others).length > 0
  )
    throw wrongAct(
      'the signature does not have created, expires, keyid, alg "ed25519" and tag "entente", or has more',
    );
  const parameters = {
    created: decimal(created ?? '', 'The time at which the act was signed'),
    expires: decimal(expires ?? '', 'The time at which the signature of the act ends'),
    keyid: keyid.slice(1, -1),
  };
  const lifetime = parameters.expires - parameters.created;
  if (lifetime <= 0 || lifetime > lifetimeMaxSeconds)
    throw wrongAct(`the signature holds for ${lifetime} s, and ${lifetimeMaxSeconds} s at the most`);
  return parameters;
}

export function wrongAct(why: string): LedgerFault {
  return new LedgerFault('act-wrong', `Of the signature of the act: ${why}.`);
}

/** What the key of a party signs. */
export function signedText({ act, seen, input }: Omit<ActSignature, 'signature'>): string {
  return signatureBase(
    [
      ['entente-act', act],
      ['entente-seen', seen],
    ],
    input,
  );
}

/** Throws where the signature is not of this key, or of another act. Its times are for whoever knows the time. */
export function verifyAct(
  crypto: Crypto,
  signature: ActSignature,
  act: ActObject,
  publicKey: Uint8Array,
): Parameters {
  const parameters = parseParameters(signature.input);
  if (parameters.keyid !== thumbprint(crypto, publicKey)) throw wrongAct('it names another key');
  if (signature.act !== actField(crypto, act)) throw wrongAct('it is that of another act');
  const bytes = fromBase64(signature.signature, 'The signature of the act', 64);
  if (!crypto.verify('ed25519', publicKey, utf8(signedText(signature)), bytes))
    throw wrongAct('it does not verify');
  return parameters;
}

/** Whether two say the same; a signer has seen a prefix of this log, or another log. */
export function isSeen({ root }: Seen, rootOfLog: Uint8Array): boolean {
  return isSame(root, rootOfLog);
}
