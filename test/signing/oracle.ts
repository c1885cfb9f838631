import { createHash, createPublicKey, verify } from 'node:crypto';
import { canonicalBytes } from '#libs/canonical';
import { LogCheck, nodeCrypto, formatLeaf, leafOf, payloadOf } from '#libs/ledger';
import type { ActSignature, Head, LedgerEvent } from '#libs/ledger';
import type { Recorded } from '#libs/event-store';
import type { Api } from '../support/api.js';
import { originOf } from '../support/signing.js';

type Fields = { readonly [field: string]: unknown };

interface Meta extends Fields {
  readonly act: { readonly party: string | null; readonly capacity: string };
  readonly signature?: ActSignature;
  readonly contentHash?: string;
  readonly command?: { readonly keyHash: string };
}

/** All events of a dialogue, in the order of its log. */
export async function logged(api: Api, dialogueId: string): Promise<readonly Recorded[]> {
  await api.settled();
  return api.server.record.projections.record
    .after(-1, 1_000_000)
    .filter(({ log }) => log === dialogueId)
    .map(({ event }) => event);
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** The key of a JSON Web Key, for Node alone. */
const keyOf = (x: string) => createPublicKey({ format: 'jwk', key: { crv: 'Ed25519', kty: 'OKP', x } });

/** As ledger.md says it, by nothing of ours but the canonical form: what is signed of an event, and whether it is. */
function isSigned(event: Recorded, origin: string, keys: ReadonlyMap<string, string>): boolean {
  const {
    signature,
    contentHash = '',
    sources,
    wording,
    audience,
    occurred,
    command,
  } = event.meta as unknown as Meta;
  if (signature === undefined) return false;
  const object = JSON.parse(
    JSON.stringify({
      origin,
      stream: event.stream,
      rev: Number(event.revision),
      type: event.type,
      data: event.data,
      contentHash,
      sources,
      wording,
      audience,
      occurred,
      key: command?.keyHash,
    }),
  ) as object;
  const { act, seen, input } = signature;
  if (act !== `:${sha256(canonicalBytes(object)).toString('base64')}:`) return false;
  const x = keys.get(/keyid="([^"]*)"/.exec(input)?.[1] ?? '');
  const base = `"entente-act": ${act}\n"entente-seen": ${seen}\n"@signature-params": ${input}`;
  return (
    x !== undefined && verify(null, Buffer.from(base), keyOf(x), Buffer.from(signature.signature, 'base64'))
  );
}

/**
 * The direct acts that are recorded without a signature by a key in force of their party over just that event, though
 * their party had asked for that: told by the events alone, one after the other.
 */
export function unsignedIn(events: readonly Recorded[], origin: string): readonly string[] {
  const keys = new Map<string, Map<string, string>>();
  const signing = new Set<string>();
  return events.flatMap((event) => {
    const { type, data, meta, id } = event;
    const { party, capacity } = (meta as unknown as Meta).act;
    if (party === null || capacity !== 'direct') return [];
    const own = keys.get(party) ?? new Map<string, string>();
    keys.set(party, own);
    const isChange = /^(PartyKey|SignedActs)/.test(type);
    const isNeeded = signing.has(party) || (isChange && own.size > 0);
    const isGiven = (meta as unknown as Meta).signature !== undefined;
    const fault = (isNeeded || isGiven) && !isSigned(event, origin, own) ? [`${type} ${id}`] : [];
    const { thumbprint, jwk, purpose } = data as {
      thumbprint?: string;
      jwk?: { x: string };
      purpose?: string;
    };
    if (type === 'PartyKeyRegistered' && purpose === 'act') own.set(String(thumbprint), jwk?.x ?? '');
    if (type === 'PartyKeyRevoked') own.delete(String(thumbprint));
    if (type === 'SignedActsRequired') signing.add(party);
    if (type === 'SignedActsLifted') signing.delete(party);
    return fault;
  });
}

/** What whoever verifies the log by the library says of it; throws what is wrong. */
export function verified(events: readonly Recorded[], origin: string) {
  const check = new LogCheck(nodeCrypto, { origin });
  const heads = new Map<string, Head>();
  for (const [seq, recorded] of events.entries()) {
    const event: LedgerEvent = { ...recorded, revision: Number(recorded.revision) };
    const leaf = leafOf(nodeCrypto, { origin, size: seq, headOf: (stream) => heads.get(stream) }, event);
    const entry = formatLeaf(leaf);
    const signature = recorded.meta['signature'] as unknown as ActSignature | undefined;
    const { content, salt } = leaf.content === undefined ? { content: null, salt: null } : recorded;
    check.add(entry, {
      seq,
      data: payloadOf(event),
      content,
      salt,
      ...(signature === undefined ? {} : { signature }),
    });
    const hash = createHash('sha256').update(Uint8Array.of(0)).update(entry).digest('hex');
    heads.set(leaf.stream, { rev: leaf.rev, hash });
  }
  return check.finish();
}

/** By both: our own library, and the few lines above that share nothing with it. */
export async function faultsIn(api: Api, dialogueId: string): Promise<readonly string[]> {
  const events = await logged(api, dialogueId);
  const origin = originOf(api, dialogueId);
  const found = unsignedIn(events, origin);
  try {
    verified(events, origin);
    return found;
  } catch (error) {
    return [...found, String(error)];
  }
}
