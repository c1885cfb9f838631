export { Seal, sealKeyBytes } from './seal.js';
