import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
  validateSync,
} from 'class-validator';
import type { ValidationError } from 'class-validator';
import { TrustworthyUrl } from './trustworthy-url.js';

const visible = /^[\x21-\x7E]{1,500}$/;

/** By which client people sign in at an issuer (OpenID Connect Core 1.0 §9: client_secret_basic or private_key_jwt). */
export class SignInEntry {
  @Matches(visible, { message: '$property must be visible ASCII characters without spaces' })
  clientId!: string;

  @IsOptional()
  @IsString()
  @Length(1, 4_000)
  clientSecretFile?: string;

  /** PKCS#8, PEM: RSA, P-256, P-384, P-521 or Ed25519. */
  @IsOptional()
  @IsString()
  @Length(1, 4_000)
  clientKeyFile?: string;

  /** Under which name the issuer knows that key. */
  @IsOptional()
  @Matches(visible, { message: '$property must be visible ASCII characters without spaces' })
  clientKeyId?: string;

  /** What is asked for besides `openid`. */
  @IsOptional()
  @Matches(/^[\x21\x23-\x5B\x5D-\x7E]+( [\x21\x23-\x5B\x5D-\x7E]+){0,19}$/, {
    message: '$property must be scopes with a space between them',
  })
  scope?: string;
}

export class IssuerEntry {
  /** Stands in the address to which the issuer sends people back. */
  @Matches(/^[a-z0-9][a-z0-9-]{0,31}$/, { message: '$property must be 1 to 32 of a-z, 0-9 and -' })
  id!: string;

  /** How the sign-in page calls it. */
  @Matches(/^(?! )[^\p{C}]{1,100}(?<! )$/u, { message: '$property must be a line of 1 to 100 characters' })
  name!: string;

  @TrustworthyUrl({
    message: '$property must be an https address (http on loopback only), as tokens have it',
  })
  @Matches(/^[^?]{1,500}$/, { message: '$property must have no query' })
  issuer!: string;

  @Matches(visible, { message: '$property must be visible ASCII characters without spaces' })
  audience!: string;

  /** Absent: the issuer is bound to no party. */
  @IsOptional()
  @Matches(/^[A-Z][A-Z0-9-]{1,7}$/, { message: '$property must be a party code such as RU' })
  party?: string;

  @IsOptional()
  @TrustworthyUrl({ message: '$property must be an https address (http on loopback only)' })
  jwksUrl?: string;

  @IsOptional()
  @Matches(visible, { message: '$property must be the name of a claim, or a path to one' })
  rolesClaim?: string;

  @IsOptional()
  @Matches(visible, { message: '$property must be visible ASCII characters without spaces' })
  rolePrefix?: string;

  @IsOptional()
  @Matches(visible, { message: '$property must be the name of a claim, or a path to one' })
  partyClaim?: string;

  @IsOptional()
  @ValidateNested({ message: '$property must be an object with "clientId"' })
  @Type(() => SignInEntry)
  signIn?: SignInEntry;
}

/** The file that ENTENTE_OIDC_FILE names. */
export class IssuersFile {
  /** Under which people reach this server: issuers send them back to it, and nowhere else. */
  @IsOptional()
  @TrustworthyUrl({ message: '$property must be an https address (http on loopback only)' })
  @Matches(/^https?:\/\/[^/?#]{1,300}$/, { message: '$property must end with the host or its port' })
  address?: string;

  @IsArray({ message: '$property must be a list' })
  @ArrayMinSize(1, { message: '$property must name an issuer' })
  @ArrayMaxSize(20, { message: '$property must name no more than 20' })
  @ValidateNested({ each: true, message: '$property must hold objects' })
  @Type(() => IssuerEntry)
  issuers!: IssuerEntry[];
}

function named({ property, constraints, children = [] }: ValidationError, path: string): string[] {
  const at = /^\d+$/.test(property) ? `${path}[${property}]` : path === '' ? property : `${path}.${property}`;
  // Rules are named from the last to the first, and the first one says what the others take for granted.
  const own = Object.entries(constraints ?? {})
    .slice(-1)
    .map(([kind, words]) => {
      if (kind === 'whitelistValidation') return `${at} is nothing that this file may say`;
      return words.startsWith(property) ? `${at}${words.slice(property.length)}` : `${at}: ${words}`;
    });
  return [...own, ...children.flatMap((child) => named(child, at))];
}

/** The file as it was written, or what is wrong with it, each with its place; no value is named, for it may be a secret. */
export function readIssuersFile(text: string): IssuersFile | readonly string[] {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    return ['is no JSON'];
  }
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return ['must be a JSON object'];
  const file = plainToInstance(IssuersFile, plain);
  const faults = validateSync(file, { whitelist: true, forbidNonWhitelisted: true }).flatMap((one) =>
    named(one, ''),
  );
  return faults.length === 0 ? file : faults;
}
