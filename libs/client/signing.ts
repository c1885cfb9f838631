import { base64, canonicalText, formatParameters, seenField, signedText } from '../ledger/index.js';
import type { Json } from '../ledger/index.js';

/** The public half of an Ed25519 key (RFC 8037). */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** 32 bytes in base64url. */
  readonly x: string;
}

/** Whoever has the party's own key: in this program, or elsewhere. */
export interface ActSigner {
  readonly jwk: PublicJwk;
  /** Ed25519 (RFC 8032) over the bytes; 64 bytes. */
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

/** What a party signs: the event that will be recorded, with the hash of its words. */
export interface ActToSign {
  readonly origin: string;
  readonly stream: string;
  readonly rev: number;
  readonly type: string;
  readonly data: { readonly [field: string]: unknown };
  readonly contentHash: string;
  readonly [member: string]: unknown;
}

export interface Signing {
  readonly by: ActSigner;
  /**
   * Shown what is signed, and the words that its hash was checked to be of. Only `true` signs: a signature is of what is
   * recorded, whatever was asked for.
   */
  readonly approve: (
    act: ActToSign,
    words: { readonly [field: string]: unknown },
  ) => boolean | Promise<boolean>;
  /** Size and root (base64) of the last checkpoint of the log that you checked; none unless told. */
  readonly seen?: { readonly size: number; readonly root: string };
}

/** What is to be signed is not what was asked, or was not approved. Nothing was recorded. */
export class NotSigned extends Error {
  override readonly name = 'NotSigned';
}

/** A key of WebCrypto, as both Node and browsers type it. */
type OwnKey = Parameters<typeof crypto.subtle.sign>[1];

/** What makes keys says of no pair in the types of Node that it is one. */
type Generated = Awaited<ReturnType<typeof crypto.subtle.generateKey>>;

/**
 * A signer that keeps its key in this program; `crypto.subtle.generateKey('Ed25519', …)` makes one.
 *
 * @throws TypeError for another kind of key
 */
export async function actSigner(
  keys: { readonly publicKey: OwnKey; readonly privateKey: OwnKey } | Generated,
): Promise<ActSigner> {
  if (!('privateKey' in keys)) throw new TypeError('Acts are signed by a pair of keys.');
  const { crv, kty, x } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  if (crv !== 'Ed25519' || kty !== 'OKP' || x === undefined)
    throw new TypeError('Acts are signed by Ed25519.');
  return {
    jwk: { kty, crv, x },
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', keys.privateKey, bytes)),
  };
}

const utf8 = (text: string) => new TextEncoder().encode(text);

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text)));
}

function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('');

/** The name of a key (RFC 7638), as the record and signatures give it. */
export async function thumbprint(jwk: PublicJwk): Promise<string> {
  return base64url(await sha256(canonicalText({ crv: jwk.crv, kty: jwk.kty, x: jwk.x })));
}

/** The body of `register-key`: the key signs the name of the log and itself. `origin` stands in every act to be signed. */
export async function registration(signer: ActSigner, origin: string) {
  const { crv, kty, x } = signer.jwk;
  const jwk = { crv, kty, x };
  const possession = base64(await signer.sign(utf8(canonicalText({ origin, jwk }))));
  return { purpose: 'act' as const, jwk, possession };
}

/** 32 random bytes, by which nobody can guess the words from their hash. */
export function newSalt(): string {
  return base64(crypto.getRandomValues(new Uint8Array(32)));
}

/** What `?dryRun=true` answers under `dryRun`, as far as it is signed. */
export interface DryRun {
  readonly records: boolean;
  readonly act?: ActToSign;
  readonly salt?: string;
  readonly content?: { readonly [field: string]: unknown };
}

const holdsSeconds = 240;

/**
 * The header fields that make an act a signed one (RFC 9421), once what would be recorded was held against what was asked.
 *
 * @throws NotSigned
 */
export async function signedHeaders(
  { by, approve, seen }: Signing,
  { records, act, content, salt: answered }: DryRun,
  asked: { readonly salt: string; readonly revision: number | undefined },
): Promise<Readonly<Record<string, string>>> {
  if (!records || act === undefined || content === undefined)
    throw new NotSigned('Nothing would be recorded: it is recorded already.');
  const hasWords = Object.keys(content).length > 0;
  const { salt } = asked;
  const hash = hasWords ? hexOf(await sha256(canonicalText({ content, salt } as Json))) : '';
  if (answered !== salt || hash !== act.contentHash)
    throw new NotSigned('The hash of the words is not that of the words that the server shows.');
  if (asked.revision !== undefined && act.rev !== asked.revision + 1)
    throw new NotSigned(`It would be revision ${act.rev}, and was decided on ${asked.revision}.`);
  const approval: unknown = await approve(act, content);
  if (approval !== true) throw new NotSigned('It was not approved.');
  const field = `:${base64(await sha256(canonicalText(act as unknown as Json)))}:`;
  const checkpoint =
    seen === undefined ? seenField({ size: 0, root: await sha256('') }) : `${seen.size};root=:${seen.root}:`;
  const created = Math.floor(Date.now() / 1_000);
  const keyid = await thumbprint(by.jwk);
  const input = formatParameters({ created, expires: created + holdsSeconds, keyid });
  const signature = await by.sign(utf8(signedText({ act: field, seen: checkpoint, input })));
  return {
    'Entente-Salt': `:${salt}:`,
    'Entente-Act': field,
    'Entente-Seen': checkpoint,
    'Signature-Input': `act=${input}`,
    Signature: `act=:${base64(signature)}:`,
  };
}
