import type { Act, ActBody, Collection, Named, Representation, StateOf } from './paths.js';
import { jsonOf, sent } from './sending.js';
import type { Connection, WriteOptions, Written } from './writing.js';

/** Whether any member must be there; where none must, the body may be left out. */
type Optional<Body> = object extends Body ? true : false;

type Parts<A extends string> = [Named<A>] extends [never]
  ? { readonly in?: never }
  : { readonly in: { readonly [Name in Named<A>]: string } };

export type ActOptions<A extends string> = WriteOptions & Parts<A>;

type ActArguments<P, C extends string, A extends string> = [Named<A>] extends [never]
  ? Optional<ActBody<P, C, A>> extends true
    ? [body?: ActBody<P, C, A>, options?: ActOptions<A>]
    : [body: ActBody<P, C, A>, options?: ActOptions<A>]
  : [body: ActBody<P, C, A>, options: ActOptions<A>];

/** A part of a path as it is given: an id or a key, and nothing that leads elsewhere. */
export function part(value: string): string {
  if (value === '' || /^\.+$/.test(value)) throw new TypeError(`"${value}" is no id.`);
  return encodeURIComponent(value);
}

/**
 * An entry of the record, and the revision that one has seen of it. Each act says by that what it was decided on, and
 * brings the next one. Where others have acted in between the act is refused with `StaleRevision`, and stays refused until
 * `reload` has brought what they did.
 */
export class Entry<P, C extends Collection<P>> {
  #state: StateOf<P, C>;
  #tag: string;

  constructor(
    private readonly connection: Connection,
    private readonly collection: C,
    state: StateOf<P, C>,
    tag: string,
  ) {
    this.#state = state;
    this.#tag = tag;
  }

  get id(): string {
    return (this.#state as Representation).id;
  }

  /** As it was seen last. */
  get state(): StateOf<P, C> {
    return this.#state;
  }

  get revision(): number {
    return (this.#state as Representation).revision;
  }

  /** The parts that stand in braces in the name of the act are given as `in`: `{ in: { claimId } }`. */
  async act<A extends Act<P, C>>(
    name: A,
    ...[body, options]: ActArguments<P, C, A>
  ): Promise<Written<StateOf<P, C>>> {
    const { in: parts = {}, ...rest } = (options ?? {}) as WriteOptions & { in?: Record<string, string> };
    const path = name.replace(/\{(\w+)\}/g, (_, one: string) => part(parts[one] ?? ''));
    const written = await this.connection.write<StateOf<P, C>>(
      `/v1/${this.collection}/${part(this.id)}/${path}`,
      body,
      { tag: this.#tag, revision: this.revision },
      rest,
    );
    this.#see(written.state, written.tag);
    return written;
  }

  /** Reads what it is now, with all that was recorded meanwhile, or without what a restored backup has lost. */
  async reload(signal?: AbortSignal): Promise<StateOf<P, C>> {
    const before = this.#state;
    const { state, tag } = await readEntry<P, C>(this.connection, this.collection, this.id, signal);
    this.#see(state, tag, before === this.#state);
    return state;
  }

  /** Of two answers that come in the wrong order, the later revision counts; of one that came alone what it says. */
  #see(state: StateOf<P, C>, tag: string, isAlone = false): void {
    if (!isAlone && (state as Representation).revision < this.revision) return;
    this.#state = state;
    this.#tag = tag;
  }
}

/** An entry is read from its own stream, which has every act that was answered: it waits for nothing. */
export async function readEntry<P, C extends string>(
  connection: Connection,
  collection: C,
  idOrKey: string,
  signal?: AbortSignal,
): Promise<{ readonly state: StateOf<P, C>; readonly tag: string }> {
  const address = connection.address(`/v1/${collection}/${part(idOrKey)}`);
  const request = { method: 'GET', address, signal } as const;
  const response = await sent(connection.sender, request);
  const state = await jsonOf<StateOf<P, C>>(request, response);
  return { state, tag: response.headers.get('ETag') ?? '' };
}
