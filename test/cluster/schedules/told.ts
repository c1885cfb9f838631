import type { Client } from './client.js';
import type { World } from './world.js';
import type { Acknowledged } from './writing.js';

/** What came of one schedule, as those saw it who asked and were answered. */
export interface Told {
  readonly world: World;
  readonly client: Client;
  readonly dialogueId: string;
  readonly acknowledged: readonly Acknowledged[];
  /** The irritant that a round was about, which both sides say was held. */
  readonly discussed: string;
  /** Once nothing was wrong any more: how long it took until all was level. */
  readonly levelAfterMs: number;
  /** How many events there were before it. */
  readonly eventsBefore: number;
}
