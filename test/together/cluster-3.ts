import { declare } from '../support/together.js';

await declare('cluster-3');
