import { declare } from '../support/together.js';

await declare('access');
