import type { EventStore } from '#libs/event-store';
import { Newest } from '#libs/newest';
import { retrying } from '../record/appending.js';
import type { Clock } from '../record/clock.js';
import type { Ids } from '../record/ids.js';
import type { Principal } from '../record/principal.js';
import { unlessAway } from '../record/unless-away.js';
import { hashOf } from './credential.js';
import { refuseOverdue, unanswered } from './keys-unasked.js';
import type { Unasked } from './keys-unasked.js';
import { openIn, signInPrefix, SignInStreams, streamOf } from './sign-in-streams.js';
import type { Ending, SignIn } from './sign-in-streams.js';

/** How long what was read is trusted: the end of a sign-in holds within it, as a key's does. */
const trustedMs = 500;
/** However long the issuer's word holds, after a day's work it is asked again. */
const longestMs = 12 * 60 * 60_000;
/** In how many browsers one person may be signed in; the oldest sign-in ends for another one. */
const openMax = 10;
/** Of how many people what was read is kept at hand. */
const foundMax = 1_000;

interface Found {
  readonly at: number;
  readonly open: readonly SignIn[];
}

export interface NewSignIn {
  readonly principal: Principal;
  readonly issuer: string;
  /** When the word of the issuer ends, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** The session at the issuer, where its token names one. */
  readonly session?: string | undefined;
}

/** Who is signed out by an issuer: a person, in one session there or in all; or whoever is in a session there. */
export type Withdrawn =
  | { readonly principalId: string; readonly session?: string }
  | { readonly issuer: string; readonly session: string };

/**
 * Who is signed in to the pages by an issuer. Each sign-in stands in the stream of its person, so that every server on the
 * store knows it, and its end within a second; a cookie only names it.
 */
export class SignIns {
  readonly #streams: SignInStreams;
  readonly #found = new Newest<Found>(foundMax);

  /** Without `unasked` where the store is in our own hands, and never away. */
  constructor(
    store: EventStore,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly projections: Unasked['projections'],
    private readonly unasked?: Unasked,
  ) {
    this.#streams = new SignInStreams(store, ids);
  }

  /** A new one each time: what a browser brought along from before names nothing. */
  async open({ principal, issuer, expiresAt, session }: NewSignIn): Promise<SignIn> {
    const now = this.clock.now();
    const opened: SignIn = {
      id: this.ids.random(),
      issuer,
      party: principal.party,
      roles: principal.roles,
      at: new Date(now).toISOString(),
      until: new Date(Math.min(expiresAt, now + longestMs)).toISOString(),
      ...(session === undefined ? {} : { sessionHash: hashOf(session) }),
    };
    await this.#change(principal.id, async (known) => {
      const others = this.#good(known.open).slice(-(openMax - 1));
      const open = [...others, opened];
      await this.#streams.append(principal.id, known, 'SignedIn', { ...opened, open });
      return open;
    });
    return opened;
  }

  /** The sign-in of that person and name, while it is open. */
  async find(principalId: string, id: string): Promise<SignIn | undefined> {
    return this.#good(await this.#openOf(principalId, id)).find((one) => one.id === id);
  }

  /** Ends those that are meant, for everybody within a second. */
  async end(principalId: string, by: Ending, isMeant: (one: SignIn) => boolean): Promise<void> {
    await this.#change(principalId, async (known) => {
      const ended = known.open.filter(isMeant).map(({ id }) => id);
      if (ended.length === 0) return known.open;
      const open = known.open.filter((one) => !isMeant(one));
      await this.#streams.append(principalId, known, 'SignInsEnded', { ended, by, open });
      return open;
    });
  }

  /**
   * Of a person those of one session at the issuer and those of which nobody knows in which session they began, or all. Of
   * a session alone those of it, of whomever they are.
   */
  async withdraw(withdrawn: Withdrawn): Promise<void> {
    const { session } = withdrawn;
    const hash = session === undefined ? undefined : hashOf(session);
    if ('issuer' in withdrawn) {
      const isMeant = (one: SignIn) => one.issuer === withdrawn.issuer && one.sessionHash === hash;
      for (const principalId of this.#peopleWith(isMeant))
        await this.end(principalId, 'withdrawn-by-issuer', isMeant);
      return;
    }
    await this.end(
      withdrawn.principalId,
      'withdrawn-by-issuer',
      ({ sessionHash }) => hash === undefined || sessionHash === undefined || sessionHash === hash,
    );
  }

  /** As the read models know it. Throws the problem 503 where they have not read to the end of the store. */
  #peopleWith(isMeant: (one: SignIn) => boolean): readonly string[] {
    if (this.projections.status()[0]?.serves !== true) throw unanswered('The sign-ins are not known yet.');
    const all = this.projections.beside.lastUnder(signInPrefix);
    const found = all.filter(({ data }) => this.#good(openIn(data)).some(isMeant));
    return found.map(({ stream }) => stream.slice(signInPrefix.length));
  }

  async #change(
    principalId: string,
    change: (known: Awaited<ReturnType<SignInStreams['read']>>) => Promise<readonly SignIn[]>,
  ): Promise<void> {
    await retrying(async () => {
      const at = this.clock.elapsed();
      this.#learn(principalId, at, await change(await this.#streams.read(principalId)));
    });
  }

  #good(open: readonly SignIn[]): readonly SignIn[] {
    const now = this.clock.now();
    return open.filter(({ until }) => Date.parse(until) > now);
  }

  /** One that is not among what was read last may have begun since, at another server. */
  async #openOf(principalId: string, id: string): Promise<readonly SignIn[]> {
    const found = this.#found.get(principalId);
    const at = this.clock.elapsed();
    const isTrusted = found !== undefined && at - found.at < trustedMs;
    if (isTrusted && found.open.some((one) => one.id === id)) return found.open;
    const { unasked } = this;
    if (unasked === undefined) return this.#read(principalId, at);
    const open = unasked.contact.knownAway ? 'away' : await unlessAway(this.#read(principalId, at));
    if (open !== 'away') return open;
    refuseOverdue(unasked, unasked.contact.lost());
    const kept = this.projections.beside.lastUnder(streamOf(principalId)).at(-1);
    return found?.open ?? (kept === undefined ? [] : openIn(kept.data));
  }

  async #read(principalId: string, at: number): Promise<readonly SignIn[]> {
    const { open } = await this.#streams.read(principalId);
    this.#learn(principalId, at, open);
    return open;
  }

  #learn(principalId: string, at: number, open: readonly SignIn[]): void {
    this.#found.set(principalId, { at, open });
  }
}
