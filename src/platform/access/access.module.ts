import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { OidcSettings } from '#config';
import { Projections } from '#libs/projections';
import { Clock } from '../record/clock.js';
import { Ids } from '../record/ids.js';
import { Authentication } from './authentication.js';
import { Credentials } from './credentials.js';
import { BoundIssuers } from './bound-issuers.js';
import { GrantsController } from './grants.controller.js';
import { KeyPrincipals } from './key-principals.js';
import { KeysController } from './keys.controller.js';
import { MeController } from './me.controller.js';
import { SignInIssuers } from './sign-in-issuers.js';
import { TokenPrincipals } from './token-principals.js';

interface AccessOptions {
  readonly oidc: readonly OidcSettings[];
  /** Told why the issuer's keys can't be fetched: whoever sends a token is not told. */
  readonly report: (reason: string) => void;
  /** Told why nobody can sign in to the pages at an issuer. */
  readonly reportSignIn: (reason: string) => void;
}

/** Who asks, and the keys by which they are known. */
@Module({})
export class AccessModule {
  static of({ oidc, report, reportSignIn }: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      // What goes on for long asks again who asks.
      global: true,
      controllers: [GrantsController, KeysController, MeController],
      providers: [
        {
          provide: Authentication,
          useFactory: (credentials: Credentials, clock: Clock, ids: Ids) =>
            new Authentication(
              credentials,
              oidc.length === 0 ? undefined : new TokenPrincipals({ issuers: oidc, clock, ids, report }),
            ),
          inject: [Credentials, Clock, Ids],
        },
        { provide: BoundIssuers, useValue: new BoundIssuers(oidc) },
        {
          provide: SignInIssuers,
          useFactory: (clock: Clock, ids: Ids) =>
            new SignInIssuers({ issuers: oidc, clock, ids, report: reportSignIn }),
          inject: [Clock, Ids],
        },
        {
          provide: KeyPrincipals,
          useFactory: (projections: Projections, clock: Clock) => new KeyPrincipals(projections, clock),
          inject: [Projections, Clock],
        },
      ],
      exports: [Authentication, KeyPrincipals, SignInIssuers],
    };
  }
}
