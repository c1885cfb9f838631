import createClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';
import { Entry, part, readEntry } from './entry.js';
import { feedOf } from './feed.js';
import type { FeedItem, FeedOptions } from './feed.js';
import { itemsOf } from './lists.js';
import type { Collection, FeedEventOf, ItemOf, ListPath, ListQuery, NewOf, StateOf } from './paths.js';
import { pause, patienceOf } from './patience.js';
import type { Patience } from './patience.js';
import { NotUnderstood, problemIn } from './problems.js';
import { answered } from './sending.js';
import type { Key } from './sending.js';
import { Connection } from './writing.js';
import type { WriteOptions } from './writing.js';

export interface EntenteOptions {
  /** Where the server is, without `/v1`; a path before that is kept. */
  readonly url: string;
  readonly key: Key;
  readonly patience?: Partial<Patience>;
  /** What sends; that of the platform unless told. */
  readonly fetch?: typeof fetch;
}

export interface ListOptions<Query> {
  readonly query?: Query;
  /** The entry whose list it is, where the path has `{id}`: an id or a key. */
  readonly id?: string;
  readonly signal?: AbortSignal;
}

/** What a principal may do on a server, by its key. */
export class EntenteOf<P extends object> {
  /** Every operation, as `openapi-fetch` has it: with the same patience, and without what entries and lists see to. */
  readonly api: Client<P>;
  readonly #connection: Connection;

  /** Throws `TypeError` for an address, and `RangeError` for a patience, that can't be meant. */
  constructor({ url: text, key, patience, fetch: send = (...asked) => fetch(...asked) }: EntenteOptions) {
    const url = baseOf(text);
    const sender = { url, key, fetch: send, patience: patienceOf(patience), wait: pause };
    this.#connection = new Connection(sender);
    this.api = createClient<P>({
      baseUrl: url.href,
      // As the description has it: several values of one filter are one parameter.
      querySerializer: { array: { style: 'form', explode: false } },
      pathSerializer: (path, parts) =>
        path.replace(/\{(\w+)\}/g, (_, name: string) => part(textOf(parts[name]))),
      fetch: async (request) =>
        answered(sender, {
          method: request.method,
          address: new URL(request.url),
          headers: Object.fromEntries(request.headers),
          body: request.body === null ? undefined : new Uint8Array(await request.arrayBuffer()),
          signal: request.signal,
        }),
    });
  }

  /** Makes an entry. The key by which a repeat is known is made for it, so that it is made once. */
  async create<C extends Collection<P>>(
    collection: C,
    body: NewOf<P, C>,
    options: WriteOptions = {},
  ): Promise<Entry<P, C>> {
    const made = await this.#connection.write<StateOf<P, C>>(`/v1/${collection}`, body, undefined, options);
    return new Entry<P, C>(this.#connection, collection, made.state, made.tag);
  }

  /** An entry that is there, by its id or its key. */
  async open<C extends Collection<P>>(
    collection: C,
    idOrKey: string,
    signal?: AbortSignal,
  ): Promise<Entry<P, C>> {
    const { state, tag } = await readEntry<P, C>(this.#connection, collection, idOrKey, signal);
    return new Entry<P, C>(this.#connection, collection, state, tag);
  }

  /** Every item of a list, a history or a search, with all that was written by this client before. */
  list<Path extends ListPath<P>>(
    path: Path,
    { query, id, signal }: ListOptions<ListQuery<P, Path>> = {},
  ): AsyncGenerator<ItemOf<P, Path>> {
    const filled = path.replace('{id}', () => part(id ?? ''));
    return itemsOf<ItemOf<P, Path>>(this.#connection, filled, query ?? {}, signal);
  }

  feed(options: FeedOptions = {}): AsyncGenerator<FeedItem<FeedEventOf<P>>> {
    return feedOf<FeedEventOf<P>>(this.#connection, options);
  }
}

/** A part that is left out is no id, and is refused as such. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What an operation of `api` has answered; throws what is no success as entries and lists do. */
export function given<T>(answer: {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}): T {
  const { response, error } = answer;
  if (response.ok && error === undefined) return answer.data as T;
  throw (
    problemIn(error) ??
    new NotUnderstood('What was asked', response.status, 'that is no problem as Entente answers it.')
  );
}

/** Where every path begins. The key goes there and nowhere else, so what leads elsewhere is no such address. */
function baseOf(text: string): URL {
  const url = new URL(text);
  const { protocol, username, password, search, hash, pathname } = url;
  if (!/^https?:$/.test(protocol)) throw new TypeError('The url must begin with https: or http:.');
  if (username !== '' || password !== '')
    throw new TypeError('The url must hold no name and no password: the key says who asks.');
  if (search !== '' || hash !== '') throw new TypeError('The url must end with its host or a path.');
  if (pathname.includes('//')) throw new TypeError('The url has a path with two slashes in a row.');
  url.pathname = pathname.replace(/\/$/, '');
  return url;
}
