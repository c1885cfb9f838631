/** By what the server shows an issuer that it is the client that it says it is. */
export type ClientAuthentication =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'key'; readonly pem: string; readonly algorithm: string; readonly keyId?: string };

/** How people sign in to the pages at an issuer. */
export interface SignInSettings {
  /** In the address to which the issuer sends people back. */
  readonly id: string;
  readonly name: string;
  /** Under which people reach this server: scheme and host. */
  readonly address: string;
  readonly clientId: string;
  readonly authentication: ClientAuthentication;
  readonly scopes: readonly string[];
}

export interface OidcSettings {
  readonly issuer: string;
  readonly audience: string;
  /** Undefined: what the issuer's discovery document says. */
  readonly jwksUrl: string | undefined;
  readonly rolesClaim: string;
  readonly rolePrefix: string;
  readonly partyClaim: string;
  /** The parties that its tokens may name; with none, its tokens act for no party. */
  readonly parties: readonly string[];
  /** The one party, or no party, for which all its tokens act, named or not; absent where its tokens say so. */
  readonly boundTo?: { readonly party: string | null };
  /** Absent: it signs nobody in to the pages. */
  readonly signIn?: SignInSettings;
}
