import { addressIn, discover, KeysUnavailable } from '#libs/access-tokens';
import type { IssuerDocument } from '#libs/access-tokens';
import { IssuerAway } from './refusals.js';

/** How long the issuer is not asked again whether it is there. */
const freshMs = 60_000;
/** Until then what it said serves whoever comes back from it, also while it is silent. */
const trustedMs = 60 * 60_000;
/** How soon it is asked again after it failed: strangers could make us flood it. */
const cooldownMs = 10_000;
/** How long an issuer may take for each answer, unless told. */
export const usualAnswerMs = 5_000;

export interface MetadataOptions {
  readonly issuer: string;
  readonly now: () => number;
  /** Told why the issuer does not answer, once an attempt. */
  readonly report: (reason: string) => void;
  /** How long it may take for each answer, in milliseconds; five seconds unless told. */
  readonly answerMs?: number;
}

/** The members of the discovery document by which people are signed in (OpenID Connect Discovery 1.0 §3). */
export interface Metadata {
  readonly document: IssuerDocument;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  /** Absent where the issuer signs nobody out. */
  readonly endSessionEndpoint?: string;
}

/** What an issuer says of itself, asked for when somebody needs it. */
export class IssuerMetadata {
  #held: { readonly at: number; readonly metadata: Metadata } | undefined;
  #failedAt: number | undefined;
  #pending: Promise<Metadata> | undefined;

  constructor(private readonly options: MetadataOptions) {}

  /** As it was said within the last minute. Throws `IssuerAway`. */
  async fresh(): Promise<Metadata> {
    const held = this.#held;
    if (held !== undefined && this.#since(held.at) < freshMs) return held.metadata;
    if (this.#pending === undefined && this.#since(this.#failedAt) < cooldownMs)
      throw new IssuerAway('the issuer was asked a moment ago, in vain');
    return this.#ask();
  }

  /** As it was said within the last hour. Throws `IssuerAway`. */
  async known(): Promise<Metadata> {
    const held = this.#held;
    return held !== undefined && this.#since(held.at) < trustedMs ? held.metadata : this.fresh();
  }

  /** A moment that lies ahead means that the clock was put back. */
  #since(moment: number | undefined): number {
    const now = this.options.now();
    return moment === undefined || moment > now ? Infinity : now - moment;
  }

  #ask(): Promise<Metadata> {
    this.#pending ??= this.#load().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #load(): Promise<Metadata> {
    const { now, answerMs = usualAnswerMs } = this.options;
    const at = now();
    try {
      const metadata = metadataIn(await discover(this.options.issuer, AbortSignal.timeout(answerMs)));
      this.#held = { at, metadata };
      this.#failedAt = undefined;
      return metadata;
    } catch (error) {
      if (!(error instanceof KeysUnavailable)) throw error;
      this.#failedAt = at;
      this.options.report(error.message);
      throw new IssuerAway(error.message, { cause: error });
    }
  }
}

function metadataIn(document: IssuerDocument): Metadata {
  return {
    document,
    authorizationEndpoint: addressIn(document, 'authorization_endpoint'),
    tokenEndpoint: addressIn(document, 'token_endpoint'),
    jwksUri: addressIn(document, 'jwks_uri'),
    ...(document['end_session_endpoint'] === undefined
      ? {}
      : { endSessionEndpoint: addressIn(document, 'end_session_endpoint') }),
  };
}
