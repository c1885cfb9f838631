export { EntenteOf, given } from './client.js';
export type { EntenteOptions, ListOptions } from './client.js';
export { Entry } from './entry.js';
export type { ActOptions } from './entry.js';
export type { FeedItem, FeedOptions } from './feed.js';
export type { Act, ActBody, Collection, FeedEventOf, ItemOf, ListPath, NewOf, StateOf } from './paths.js';
export {
  EntenteProblem,
  EpochChanged,
  isProblem,
  NoAnswer,
  NotUnderstood,
  StaleRevision,
} from './problems.js';
export type { EventBetween, Fault, ProblemDocument } from './problems.js';
export type { Patience } from './patience.js';
export type { Key } from './sending.js';
export { actSigner, NotSigned, registration, thumbprint } from './signing.js';
export type { ActSigner, ActToSign, PublicJwk, Signing } from './signing.js';
export { verifyWebhook, WebhookRefused } from './webhooks.js';
export type { Delivered, Delivery } from './webhooks.js';
export type { WriteOptions, Written } from './writing.js';
