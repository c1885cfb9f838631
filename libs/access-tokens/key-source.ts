import { createLocalJWKSet, errors } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { discoverKeys, fetchJson } from './provider.js';
import { KeysUnavailable } from './refusals.js';

/** From this age on keys are fetched anew, while those at hand still serve. */
const refreshMs = 5 * 60_000;
/** Keys older than this serve no more: what the issuer withdrew must not be good for ever because it is silent. */
const trustedMs = 10 * 60_000;
/**
 * How soon the issuer is asked again, after a failure, for a key that nobody knows or for a signature that is wrong:
 * strangers could make us flood it.
 */
const cooldownMs = 10_000;
/** For discovery and keys together. */
const answerMs = 5_000;

export interface KeySourceOptions {
  readonly issuer: string;
  /** Undefined: as the issuer's discovery document says. */
  readonly jwksUrl: string | undefined;
  readonly now: () => number;
  /** Told why the keys could not be fetched, once an attempt. */
  readonly report: (reason: string) => void;
}

interface Held {
  readonly at: number;
  readonly find: ReturnType<typeof createLocalJWKSet>;
}

/**
 * The keys that an issuer publishes, fetched when the first token comes. jose's own remote set reads the system clock,
 * asks again with every token while the issuer is down, and sets its answers no bound.
 */
export class KeySource {
  #held: Held | undefined;
  #url: string | undefined;
  #askedAt: number | undefined;
  #pending: Promise<Held> | undefined;

  constructor(private readonly options: KeySourceOptions) {
    this.#url = options.jwksUrl;
  }

  /** Finds the key of a token; asks the issuer again for one that is not there, since keys change. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const held = await this.#trusted();
    try {
      return await held.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#mayAsk()) throw error;
      return (await this.#ask()).find(header, token);
    }
  };

  /** Names the set of keys at hand; another one once the issuer was asked anew. */
  get fetchedAt(): number | undefined {
    return this.#held?.at;
  }

  /**
   * A key may be replaced under its old name, and then a good signature looks wrong. True where there are other keys to
   * try it with than those of that moment; the issuer is asked once in ten seconds at most, however many tokens are wrong.
   */
  async renewedSince(fetchedAt: number | undefined): Promise<boolean> {
    if (this.fetchedAt !== fetchedAt) return true;
    if (!this.#mayAsk()) return false;
    try {
      await this.#ask();
      return true;
    } catch {
      // The reason is reported, and the keys at hand still serve: to their knowledge the signature is wrong.
      return false;
    }
  }

  /** How many keys there are, asked now. */
  async count(): Promise<number> {
    return (await this.#ask()).find.jwks()?.keys.length ?? 0;
  }

  async #trusted(): Promise<Held> {
    const held = this.#held;
    const age = this.#since(held?.at);
    if (held === undefined || age >= trustedMs) {
      if (this.#mayAsk()) return this.#ask();
      throw new KeysUnavailable('the issuer was asked a moment ago, in vain');
    }
    // Nobody waits for keys that are only getting old; a failure is reported, and tried again after the cooldown.
    if (age >= refreshMs && this.#mayAsk()) this.#ask().catch(() => undefined);
    return held;
  }

  #mayAsk(): boolean {
    return this.#pending !== undefined || this.#since(this.#askedAt) >= cooldownMs;
  }

  /** A moment that lies ahead means that the clock was put back, and nothing about how long ago it was. */
  #since(moment: number | undefined): number {
    const now = this.options.now();
    return moment === undefined || moment > now ? Infinity : now - moment;
  }

  /** However many tokens wait for it, the issuer is asked once. */
  #ask(): Promise<Held> {
    this.#pending ??= this.#load().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #load(): Promise<Held> {
    const at = this.options.now();
    this.#askedAt = at;
    try {
      const signal = AbortSignal.timeout(answerMs);
      const url = (this.#url ??= await discoverKeys(this.options.issuer, signal));
      this.#held = { at, find: keysOf(await fetchJson(url, signal), url) };
      return this.#held;
    } catch (error) {
      // The issuer may have moved its keys: what was discovered once is discovered anew.
      this.#url = this.options.jwksUrl;
      this.options.report(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }
}

function keysOf(answer: unknown, url: string): Held['find'] {
  try {
    return createLocalJWKSet(answer as JSONWebKeySet);
  } catch {
    throw new KeysUnavailable(`${url} answers with something that is no set of keys`);
  }
}
