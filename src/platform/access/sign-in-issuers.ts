import type { OidcSettings, SignInSettings } from '#config';
import { LogoutTokens, TokenRefused } from '#libs/access-tokens';
import { RelyingParty, SignInRefused } from '#libs/sign-in';
import type { Begun } from '#libs/sign-in';
import type { Clock } from '../record/clock.js';
import type { Ids } from '../record/ids.js';
import type { Principal } from '../record/principal.js';
import { ClaimedPrincipals } from './claimed-principals.js';
import type { Withdrawn } from './sign-ins.js';

/** For how long whoever asks for the sign-in page waits to be told whether an issuer is there. */
const lookMs = 1_500;

/** How an issuer stands on the sign-in page. */
export interface IssuerShown {
  readonly id: string;
  readonly name: string;
  readonly answers: boolean;
}

/** Somebody who has come back from an issuer, and is who it says. */
export interface Returned {
  readonly principal: Principal;
  /** When the word of the issuer ends, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** The session at the issuer, where its token names one (OpenID Connect Back-Channel Logout 1.0 §2.1). */
  readonly session: string | undefined;
}

interface SignInIssuersOptions {
  readonly issuers: readonly OidcSettings[];
  readonly clock: Clock;
  readonly ids: Ids;
  /** Told why nobody can sign in at an issuer. */
  readonly report: (reason: string) => void;
}

/** An issuer at which people sign in to the pages. */
export class SignInIssuer {
  readonly #party: RelyingParty;
  readonly #principals: ClaimedPrincipals;
  readonly #logouts: LogoutTokens;

  constructor(
    readonly settings: OidcSettings & { readonly signIn: SignInSettings },
    { clock, ids, report }: Omit<SignInIssuersOptions, 'issuers'>,
  ) {
    const { issuer, jwksUrl, signIn } = settings;
    this.#principals = new ClaimedPrincipals(settings, ids);
    const common = {
      issuer,
      jwksUrl,
      now: () => clock.now(),
      report: (reason: string) => report(`${issuer}: ${reason}`),
    };
    this.#logouts = new LogoutTokens({ ...common, audience: signIn.clientId });
    const redirectUri = `${signIn.address}/sign-in/from/${signIn.id}`;
    this.#party = new RelyingParty({ ...signIn, ...common, redirectUri });
  }

  get name(): string {
    return this.settings.signIn.name;
  }

  async shown(): Promise<IssuerShown> {
    const { id, name } = this.settings.signIn;
    return { id, name, answers: await this.#party.answersWithin(lookMs) };
  }

  /** Throws `IssuerAway`. */
  begin(): ReturnType<RelyingParty['begin']> {
    return this.#party.begin();
  }

  /** Throws `SignInRefused` or `IssuerAway`. */
  async finish(query: string, begun: Begun): Promise<Returned> {
    const { claims, expiresAt } = await this.#party.finish(query, begun);
    const { sid } = claims;
    try {
      const principal = this.#principals.principalOf(claims, 'ID token');
      return { principal, expiresAt, session: typeof sid === 'string' && sid !== '' ? sid : undefined };
    } catch (error) {
      if (error instanceof TokenRefused) throw new SignInRefused(error.message, { cause: error });
      throw error;
    }
  }

  /** Undefined where the issuer signs nobody out of itself. */
  endSessionAddress(): Promise<string | undefined> {
    return this.#party.endSessionAddress(`${this.settings.signIn.address}/`);
  }

  /** What it refuses of this server; undefined where nothing. Throws `IssuerAway`. */
  refused(): Promise<string | undefined> {
    return this.#party.refusedAtTheIssuer();
  }

  /** Whom the issuer has signed out, by its logout token; a session alone where it names nobody. Throws `TokenRefused`. */
  async signedOut(token: string): Promise<Withdrawn> {
    const { subject, session } = await this.#logouts.verify(token);
    if (subject === undefined) return { issuer: this.settings.issuer, session };
    return { principalId: this.#principals.idOf(subject), ...(session === undefined ? {} : { session }) };
  }

  /** Whether it may still say of somebody that they are of that party, as it is set now. */
  mayName(party: string | null): boolean {
    return this.#principals.mayName(party);
  }
}

/** The issuers at which people sign in to the pages, in the order of the settings. */
export class SignInIssuers {
  readonly #issuers: readonly SignInIssuer[];

  constructor({ issuers, ...parts }: SignInIssuersOptions) {
    this.#issuers = issuers.flatMap((settings) => {
      const { signIn } = settings;
      return signIn === undefined ? [] : [new SignInIssuer({ ...settings, signIn }, parts)];
    });
  }

  /** Each is asked whether it is there where that is not known, all at once. */
  shown(): Promise<readonly IssuerShown[]> {
    return Promise.all(this.#issuers.map((one) => one.shown()));
  }

  get all(): readonly SignInIssuer[] {
    return this.#issuers;
  }

  /** By the name that its addresses here have. */
  find(id: string): SignInIssuer | undefined {
    return this.#issuers.find(({ settings }) => settings.signIn.id === id);
  }

  /** By the name that its tokens give it. */
  ofIssuer(issuer: string): SignInIssuer | undefined {
    return this.#issuers.find(({ settings }) => settings.issuer === issuer);
  }
}
