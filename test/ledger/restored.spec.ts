import { describe } from '@jest/globals';
import { beginningAnew } from './anew.js';
import { sayingOfItself } from './news.js';
import { resumingFromMirrors } from './resumed.js';
import { resumingOnACluster } from './resumed-on-cluster.js';

// In one spec, so that the program is loaded once for all of them.
describe('A log whose record was put back to an older state', () => {
  resumingFromMirrors();
  resumingOnACluster();
  beginningAnew();
  sayingOfItself();
});
