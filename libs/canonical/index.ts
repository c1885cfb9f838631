export { canonicalBytes, sha256Hex } from './canonical.js';
