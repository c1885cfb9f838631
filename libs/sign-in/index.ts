export { RelyingParty } from './relying-party.js';
export type { Begun, ClientAuthentication, RelyingPartyOptions, SignedIn } from './relying-party.js';
export { IssuerAway, SignInRefused } from './refusals.js';
