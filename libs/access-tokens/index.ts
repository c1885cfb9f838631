export { AccessTokens, issuerNamedIn } from './access-tokens.js';
export type { Claims } from './access-tokens.js';
export { LogoutTokens } from './logout-tokens.js';
export { claimAt } from './claims.js';
export { KeysUnavailable, TokenRefused } from './refusals.js';
export { isTrustworthyUrl } from './trustworthy.js';
export { addressIn, askIssuer, discover } from './provider.js';
export type { IssuerDocument } from './provider.js';
