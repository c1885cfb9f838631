import { NotUnderstood } from './problems.js';
import { jsonOf, sent } from './sending.js';
import type { Connection } from './writing.js';

/** The address that a `Link` field names as the next one (RFC 8288). */
export function nextOf(link: string | null): string | undefined {
  return /<([^>]*)>\s*;[^,]*\brel="?next"?(?=\s*(?:[;,]|$))/.exec(link ?? '')?.[1];
}

/**
 * Every item, page by page: what follows is asked for when it is wanted. The pages are of one moment, so each entry comes
 * once whatever is written meanwhile.
 */
export async function* itemsOf<Item>(
  connection: Connection,
  path: string,
  query: object,
  signal?: AbortSignal,
): AsyncGenerator<Item> {
  let response = await connection.get(path, query, signal);
  const address = connection.address(path);
  for (;;) {
    const request = { method: 'GET', address, signal } as const;
    const page = await jsonOf<{ readonly items?: readonly Item[] }>(request, response);
    if (!Array.isArray(page.items)) throw new NotUnderstood(`GET ${path}`, response.status, 'it is no list.');
    yield* page.items as readonly Item[];
    const next = nextOf(response.headers.get('Link'));
    if (next === undefined) return;
    // Of the link only what is asked for counts: the key is for the server alone that one was told of, by its own path.
    const { search } = new URL(next, address);
    if (search === address.search)
      throw new NotUnderstood(`GET ${path}`, response.status, 'the next page is the same.');
    address.search = search;
    response = await sent(connection.sender, { ...request, address });
  }
}
