import type { OidcSettings } from '#config';
import { AccessTokens, KeysUnavailable } from '#libs/access-tokens';
import { IssuerAway } from '#libs/sign-in';
import { SignInIssuers } from '../platform/access/sign-in-issuers.js';
import type { SignInIssuer } from '../platform/access/sign-in-issuers.js';
import { Ids } from '../platform/record/ids.js';
import { SystemClock } from '../platform/record/clock.js';
import { finding } from './finding.js';
import type { Finding } from './finding.js';

const about = 'access tokens';

function boundTo({ parties, boundTo: bound }: OidcSettings): string {
  if (bound !== undefined) return `and is bound to ${bound.party ?? 'no party'}`;
  return parties.length === 0
    ? 'and may name no party: see ENTENTE_OIDC_PARTIES'
    : `and may name ${parties.join(', ')}`;
}

/** Fetches the keys of each issuer as the server would; each answers within the five seconds that the server gives it. */
export async function issuersCheck(oidc: readonly OidcSettings[]): Promise<readonly Finding[]> {
  if (oidc.length === 0) return [finding('well', about, 'no issuer is configured: API keys alone sign in')];
  const people = new SignInIssuers({
    issuers: oidc,
    clock: new SystemClock(),
    ids: new Ids(),
    report: () => undefined,
  });
  return Promise.all([...oidc.map(issuerCheck), ...people.all.map(signInCheck)]);
}

async function issuerCheck(oidc: OidcSettings): Promise<Finding> {
  const clock = new SystemClock();
  const tokens = new AccessTokens({ ...oidc, now: () => clock.now(), report: () => undefined });
  try {
    const count = await tokens.keyCount();
    return count > 0
      ? finding('well', about, `taken from ${oidc.issuer}, which publishes ${count} key(s), ${boundTo(oidc)}`)
      : finding('ill', about, `${oidc.issuer} publishes no key: see what it is configured to publish`);
  } catch (error) {
    if (!(error instanceof KeysUnavailable)) throw error;
    return finding(
      'ill',
      about,
      `the issuer's keys can't be fetched: ${error.message}. See ENTENTE_OIDC_ISSUER and ENTENTE_OIDC_JWKS_URL; until then API keys alone sign in`,
    );
  }
}

/** Whether people can sign in there, as far as that can be known without one. */
async function signInCheck(issuer: SignInIssuer): Promise<Finding> {
  const { signIn, issuer: address } = issuer.settings;
  const grade = (says: string) => finding('ill', 'sign-in', `${signIn.name} (${address}): ${says}`);
  try {
    const refused = await issuer.refused();
    return refused === undefined
      ? finding(
          'well',
          'sign-in',
          `${signIn.name} (${address}) answers, and takes this server as ${signIn.clientId}`,
        )
      : grade(`${refused}. See "signIn" in ENTENTE_OIDC_FILE, and the client there`);
  } catch (error) {
    if (!(error instanceof IssuerAway)) throw error;
    return grade(`${error.message}. Until then nobody signs in there; keys go on`);
  }
}
