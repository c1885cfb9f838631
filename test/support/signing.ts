import { entityTag } from '#libs/preconditions';
import {
  actField,
  formatParameters,
  jwkOf,
  nodeCrypto,
  possessionText,
  seenField,
  signedText,
  thumbprint,
} from '#libs/ledger';
import type { ActObject, ActSignature } from '#libs/ledger';
import { testKey } from '#libs/ledger/testing';
import type { TestKey } from '#libs/ledger/testing';
import type { Answer, Api, Body, PrincipalName } from './api.js';
import { done, made } from './acting.js';
import { negotiators } from './sides.js';
import type { Side } from './sides.js';

/** What `?dryRun=true` answers under `dryRun`. */
export interface Tried {
  readonly records: boolean;
  readonly act: ActObject;
  readonly canonical: string;
  readonly salt: string;
}

interface DryRun extends Body {
  readonly dryRun: Tried;
}

/** What a signer has seen before there is any checkpoint. */
export const nothingSeen = seenField({
  size: 0,
  root: Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex'),
});

/** A request as it goes to the server, with whatever a test has done to it. */
export interface Sent {
  readonly path: string;
  readonly as: PrincipalName;
  readonly body: Body;
  readonly headers: Record<string, string>;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
let keys = 0;

export const keyIdOf = ({ publicKey }: TestKey) => thumbprint(nodeCrypto, publicKey);

export function signatureHeaders({ act, seen, input, signature }: ActSignature): Record<string, string> {
  return {
    'Entente-Act': act,
    'Entente-Seen': seen,
    'Signature-Input': `act=${input}`,
    Signature: `act=:${signature}:`,
  };
}

export interface Signing {
  readonly seen?: string;
  /** Seconds since 1970. */
  readonly now?: number;
  readonly keyid?: string;
  readonly expires?: number;
}

/** As whoever has the key signs the object. */
export function signatureOf(key: TestKey, object: ActObject, given: Signing = {}): ActSignature {
  const { seen = nothingSeen, now = Math.floor(Date.now() / 1000), keyid = keyIdOf(key) } = given;
  const act = actField(nodeCrypto, object);
  const input = formatParameters({ created: now, expires: given.expires ?? now + 300, keyid });
  const signature = base64(key.sign(Buffer.from(signedText({ act, seen, input }))));
  return { act, seen, input, signature };
}

/** A request for an act on what is there, or for a create, with a key of its own. */
export async function asking(api: Api, path: string, body: Body, as: PrincipalName): Promise<Sent> {
  keys += 1;
  const [, slice, id] = /^([a-z]+)\/([^/]+)\//.exec(path) ?? [];
  const key = { 'Idempotency-Key': `signed-${keys}` };
  if (slice === undefined || id === undefined) return { path, as, body, headers: key };
  const folded = await api.server.record.streams.folded(slice, id);
  return {
    path,
    as,
    body,
    headers: { ...key, 'If-Match': entityTag(BigInt(folded?.revision ?? 0)) },
  };
}

export function send<T = Body>(api: Api, { path, as, body, headers }: Sent): Promise<Answer<T>> {
  return api.ask<T>('POST', `/v1/${path}`, { as, body, headers });
}

/** What would be recorded, as the server tells whoever asks before. */
export async function tried(api: Api, { path, ...sent }: Sent): Promise<Tried> {
  const { status, body } = await send<DryRun>(api, { ...sent, path: `${path}?dryRun=true` });
  if (status !== 200) throw new Error(`${path} would not be taken: ${JSON.stringify(body)}`);
  return body.dryRun;
}

/** The request with the signature of what it would record. */
export async function signedWith(api: Api, key: TestKey, sent: Sent, given: Signing = {}): Promise<Sent> {
  return withSignature(key, sent, await tried(api, sent), given);
}

/** An act or a create that is signed, and sent; what is refused beforehand, or comes to nothing, as that is answered. */
export async function actSigned<T = Body>(
  api: Api,
  key: TestKey,
  path: string,
  body: Body,
  as: PrincipalName,
): Promise<Answer<T>> {
  const sent = await asking(api, path, body, as);
  const dry = await send<DryRun>(api, { ...sent, path: `${path}?dryRun=true` });
  if (dry.status !== 200) return dry as Answer<unknown> as Answer<T>;
  return send<T>(api, dry.body.dryRun.records ? withSignature(key, sent, dry.body.dryRun) : sent);
}

function withSignature(key: TestKey, sent: Sent, { act, salt }: Tried, given: Signing = {}): Sent {
  const signed = signatureHeaders(signatureOf(key, act, given));
  return { ...sent, headers: { ...sent.headers, 'Entente-Salt': `:${salt}:`, ...signed } };
}

export const originOf = (api: Api, dialogueId: string) =>
  api.server.record.recorder.deciding.logs.originOf(dialogueId);

/** What a party sends to register a key. */
export function registrationOf(origin: string, { publicKey, sign }: TestKey, more: Body = {}): Body {
  const possession = base64(sign(possessionText(origin, publicKey)));
  return { purpose: 'act', jwk: jwkOf(publicKey), possession, ...more };
}

/** A note of the party that gives the thumbprint of its key. */
export function keyNote(api: Api, dialogueId: string, side: Side, key: TestKey): Promise<{ id: string }> {
  return made<{ id: string }>(api, 'sources', negotiators[side], {
    dialogueId,
    kind: 'note',
    issuers: [side],
    lang: 'en',
    held: false,
    title: 'On our key',
    citation: `Our acts are signed by ${keyIdOf(key)}.`,
  });
}

/** The party's note that gives the thumbprint of its first key, and the key by it. */
export async function registerFirst(
  api: Api,
  dialogueId: string,
  side: Side,
  seed: number,
): Promise<TestKey> {
  const key = testKey(seed);
  const { id: sourceId } = await keyNote(api, dialogueId, side, key);
  const registration = registrationOf(originOf(api, dialogueId), key, { sources: [{ sourceId }] });
  await done(api, `dialogues/${dialogueId}/register-key`, negotiators[side], registration);
  return key;
}

/** From then on the party's own acts are taken only signed. */
export async function requireSigned(api: Api, dialogueId: string, side: Side, key: TestKey): Promise<void> {
  const path = `dialogues/${dialogueId}/require-signed-acts`;
  const { status, body } = await actSigned(api, key, path, {}, negotiators[side]);
  if (status !== 200) throw new Error(`Signed acts could not be required: ${JSON.stringify(body)}`);
}
