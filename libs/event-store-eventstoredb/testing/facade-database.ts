import type { FacadeFaults } from './facade-faults.js';
import type { FacadeLog } from './facade-log.js';

export interface FacadeDatabase {
  /** Another one put in its place is another store behind the same address. */
  log: FacadeLog;
  readonly faults: FacadeFaults;
}
