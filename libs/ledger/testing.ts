export { filesOf, filledLog, signedBy, TestLog, testKey, testSigner } from './testing-log.js';
export type { Signer, TestKey } from './testing-log.js';
export * as tampered from './testing-tampered.js';
