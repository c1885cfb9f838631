import { KeysUnavailable } from './refusals.js';
import { isTrustworthyUrl } from './trustworthy.js';

const bytesMax = 256 * 1024;

/** The body as JSON, never more of it than we care to hold: an issuer that went mad must not fill our memory. */
async function readJson(response: Response, url: string): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > bytesMax) throw new KeysUnavailable(`${url} answers with more than 256 KiB`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new KeysUnavailable(`${url} answers with something that is no JSON`);
  }
}

/** A redirection is not followed: the address that was checked is the one that is trusted. */
export async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await fetch(url, {
      signal,
      redirect: 'manual',
      headers: { Accept: 'application/json' },
    });
    if (response.status === 200) return await readJson(response, url);
    await response.body?.cancel();
    throw new KeysUnavailable(`${url} answers with ${response.status}`);
  } catch (error) {
    if (error instanceof KeysUnavailable) throw error;
    if (signal.aborted) throw new KeysUnavailable(`${url} does not answer in time`);
    const { code } = ((error as Error).cause ?? {}) as { readonly code?: unknown };
    throw new KeysUnavailable(`${url} can't be reached${typeof code === 'string' ? ` (${code})` : ''}`);
  }
}

/**
 * Where the issuer publishes its keys (OpenID Connect Discovery 1.0 §4). A document that names another issuer is
 * refused (§4.3): keys of one tenant would vouch for tokens of another.
 */
export async function discoverKeys(issuer: string, signal: AbortSignal): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = (await fetchJson(url, signal)) as { issuer?: unknown; jwks_uri?: unknown } | null;
  if (document?.issuer !== issuer) throw new KeysUnavailable(`${url} speaks for another issuer`);
  if (isTrustworthyUrl(document.jwks_uri)) return document.jwks_uri;
  throw new KeysUnavailable(`${url} names no https address in "jwks_uri"`);
}
