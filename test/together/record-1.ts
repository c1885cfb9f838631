import { declare } from '../support/together.js';

await declare('record-1');
