import type { Occurred, SourceRef } from './claimed.js';
import type { WordingRow } from './wording.js';

/** Who acts: `direct` (the party itself recorded it), `attributed` (someone else, citing a source), `derived`. */
export interface Act {
  readonly party: string | null;
  readonly capacity: 'direct' | 'attributed' | 'derived';
  readonly recordedBy: string;
  readonly recorderParty: string | null;
  /** The endorsement that made an attributed act as good as a direct one; of the fold alone, never stored. */
  readonly endorsedBy?: string;
  /** The place of that endorsement in the stream: before it the act was attributed. Of the fold alone, too. */
  readonly endorsedAt?: number;
}

/**
 * A recorded event as everything that decides sees it: without content. The missing field is the rule: what
 * decides is never erased.
 */
export interface Fact<T extends string = string, D = unknown> {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: T;
  readonly recordedAt: string;
  readonly occurred?: Occurred;
  readonly act: Act;
  readonly sources: readonly SourceRef[];
  readonly wording?: readonly WordingRow[];
  readonly causationId?: string;
  readonly data: D;
}
