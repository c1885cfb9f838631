import { KeysUnavailable } from './refusals.js';
import { isOnLoopback, isTrustworthyUrl } from './trustworthy.js';

const bytesMax = 256 * 1024;

/** The body, never more of it than we care to hold: an issuer that went mad must not fill our memory. */
async function readBody(response: Response, url: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > bytesMax) throw new KeysUnavailable(`${url} answers with more than 256 KiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Asks an issuer, whatever it answers. A redirection is not followed: the address that was checked is the one that is
 * trusted. Throws `KeysUnavailable`, which names the address.
 */
export async function askIssuer(url: string, request: RequestInit & { readonly signal: AbortSignal }) {
  try {
    const response = await fetch(url, { ...request, redirect: 'manual' });
    const body = await readBody(response, url);
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    if (error instanceof KeysUnavailable) throw error;
    if (request.signal.aborted) throw new KeysUnavailable(`${url} does not answer in time`);
    const { code } = ((error as Error).cause ?? {}) as { readonly code?: unknown };
    throw new KeysUnavailable(`${url} can't be reached${typeof code === 'string' ? ` (${code})` : ''}`);
  }
}

export async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const { status, body } = await askIssuer(url, { signal, headers: { Accept: 'application/json' } });
  if (status !== 200) throw new KeysUnavailable(`${url} answers with ${status}`);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new KeysUnavailable(`${url} answers with something that is no JSON`);
  }
}

/** What an issuer says of itself; every other member is still to be looked at. */
export interface IssuerDocument {
  readonly issuer: string;
  readonly [member: string]: unknown;
}

/**
 * The discovery document of an issuer (OpenID Connect Discovery 1.0 §4). One that names another issuer is refused (§4.3):
 * keys of one tenant would vouch for tokens of another.
 */
export async function discover(issuer: string, signal: AbortSignal): Promise<IssuerDocument> {
  const url = discoveryUrl(issuer);
  const document = (await fetchJson(url, signal)) as IssuerDocument | null;
  if (document?.issuer !== issuer) throw new KeysUnavailable(`${url} speaks for another issuer`);
  return document;
}

function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/**
 * An address that the document names. Throws where it is none whose answers can be relied on, and where an issuer from
 * elsewhere sends this server to itself: what listens there takes whoever comes from this machine for one of its own. Into
 * the rest of the network within no issuer leads, for https is spoken with whom a certificate names.
 */
export function addressIn(document: IssuerDocument, member: string): string {
  const address = document[member];
  if (isTrustworthyUrl(address) && (!isOnLoopback(address) || isOnLoopback(document.issuer))) return address;
  throw new KeysUnavailable(`${discoveryUrl(document.issuer)} names no https address in "${member}"`);
}

/** Where the issuer publishes its keys. */
export async function discoverKeys(issuer: string, signal: AbortSignal): Promise<string> {
  return addressIn(await discover(issuer, signal), 'jwks_uri');
}
