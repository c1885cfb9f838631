import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { issuersIn } from './issuers.js';
import type { OidcSettings } from './oidc-settings.js';
import { TrustworthyUrl } from './trustworthy-url.js';

/** The settings for access tokens of an OpenID Connect provider; without an issuer there are none. */
export class OidcEnvironment {
  /** Whose access tokens are taken, exactly as its tokens name it in `iss`. Absent: API keys alone. */
  @IsOptional()
  @TrustworthyUrl({
    message: '$property must be an https address (http on loopback only), as tokens have it',
  })
  @Matches(/^[^?]{1,500}$/, { message: '$property must have no query' })
  ENTENTE_OIDC_ISSUER?: string;

  /** What tokens for this service have in `aud`. */
  @IsOptional()
  @Matches(/^[\x21-\x7E]{1,500}$/, { message: '$property must be visible ASCII characters without spaces' })
  ENTENTE_OIDC_AUDIENCE?: string;

  /** Where the issuer publishes its keys. Absent: found through its discovery document. */
  @IsOptional()
  @Length(1, 1_000)
  @TrustworthyUrl({ message: '$property must be an https address (http on loopback only)' })
  ENTENTE_OIDC_JWKS_URL?: string;

  /** The claim that holds roles; dots lead into objects. Absent: `entente_roles`. */
  @IsOptional()
  @Matches(/^[\x21-\x7E]{1,200}$/, { message: '$property must be the name of a claim, or a path to one' })
  ENTENTE_OIDC_ROLES_CLAIM?: string;

  /** What comes before the role in that claim, where other services keep roles there too. Absent: nothing. */
  @IsOptional()
  @Matches(/^[\x21-\x7E]{1,100}$/, { message: '$property must be visible ASCII characters without spaces' })
  ENTENTE_OIDC_ROLE_PREFIX?: string;

  /** The claim that holds the code of the party acted for. Absent: `entente_party`. */
  @IsOptional()
  @Matches(/^[\x21-\x7E]{1,200}$/, { message: '$property must be the name of a claim, or a path to one' })
  ENTENTE_OIDC_PARTY_CLAIM?: string;

  /** The parties that the issuer may name, by their codes. Absent: none, so that no token acts for a party. */
  @IsOptional()
  @Matches(/^[A-Z][A-Z0-9-]{1,7}(, ?[A-Z][A-Z0-9-]{1,7}){0,49}$/, {
    message: '$property must be party codes with commas between them, such as RU,US',
  })
  ENTENTE_OIDC_PARTIES?: string;

  /** The file that names several issuers, and those at which people sign in; in place of the others. Absent: none. */
  @IsOptional()
  @IsString()
  @Length(1, 4_000)
  ENTENTE_OIDC_FILE?: string;
}

const ofOneIssuer = [
  'ENTENTE_OIDC_ISSUER',
  'ENTENTE_OIDC_AUDIENCE',
  'ENTENTE_OIDC_JWKS_URL',
  'ENTENTE_OIDC_ROLES_CLAIM',
  'ENTENTE_OIDC_ROLE_PREFIX',
  'ENTENTE_OIDC_PARTY_CLAIM',
  'ENTENTE_OIDC_PARTIES',
] as const satisfies readonly (keyof OidcEnvironment)[];

export const oidcNames: readonly string[] = [...ofOneIssuer, 'ENTENTE_OIDC_FILE'];

/** Half a configuration is refused at the start: its operator would rely on something that isn't there. */
function faultsOfOne(given: OidcEnvironment): string[] {
  const others = ofOneIssuer.filter((name) => name !== 'ENTENTE_OIDC_ISSUER' && given[name] !== undefined);
  if (given.ENTENTE_OIDC_ISSUER === undefined) {
    return others.length === 0
      ? []
      : [`ENTENTE_OIDC_ISSUER is missing: without it ${others.join(', ')} would mean nothing`];
  }
  return given.ENTENTE_OIDC_AUDIENCE === undefined
    ? [
        'ENTENTE_OIDC_AUDIENCE is missing: without it tokens for any other service of the issuer would be taken',
      ]
    : [];
}

function oneFrom(given: OidcEnvironment): readonly OidcSettings[] {
  const { ENTENTE_OIDC_ISSUER: issuer, ENTENTE_OIDC_AUDIENCE: audience } = given;
  if (issuer === undefined || audience === undefined) return [];
  const one = {
    issuer,
    audience,
    jwksUrl: given.ENTENTE_OIDC_JWKS_URL,
    rolesClaim: given.ENTENTE_OIDC_ROLES_CLAIM ?? 'entente_roles',
    rolePrefix: given.ENTENTE_OIDC_ROLE_PREFIX ?? '',
    partyClaim: given.ENTENTE_OIDC_PARTY_CLAIM ?? 'entente_party',
    parties: [...new Set(given.ENTENTE_OIDC_PARTIES?.split(/, ?/))],
  };
  return [one];
}

/** The issuers, of the file or of the single settings, and what is wrong with either. */
export function oidcFrom(given: OidcEnvironment): {
  readonly issuers: readonly OidcSettings[];
  readonly faults: readonly string[];
} {
  const { ENTENTE_OIDC_FILE: file } = given;
  if (file === undefined) return { issuers: oneFrom(given), faults: faultsOfOne(given) };
  const others = ofOneIssuer.filter((name) => given[name] !== undefined);
  if (others.length === 0) return issuersIn(file);
  const fault = `ENTENTE_OIDC_FILE names all issuers: move what ${others.join(', ')} says into that file`;
  return { issuers: [], faults: [fault] };
}
