export { isMatched } from './if-match.js';
export { isHeld } from './if-none-match.js';
export { entityTag, parseIfMatch } from './entity-tag.js';
export type { IfMatch } from './entity-tag.js';
export { parseIdempotencyKey } from './idempotency-key.js';
export type { IdempotencyKey } from './idempotency-key.js';
