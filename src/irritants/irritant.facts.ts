import type { Occurred, Said } from '#libs/decider';
import type { InstrumentKind, IrritantFact, IrritantFacts, Stage } from './irritant.events.js';

export type Basis = 'direct' | 'attributed';

/** What a milestone was reached by, where it is more than the words of its own event. */
export interface Ground {
  readonly kind: InstrumentKind | 'claim';
  readonly id: string;
}

export interface Milestone {
  readonly stage: Stage;
  readonly eventId: string;
  readonly basis: Basis;
  readonly restsOn: readonly string[];
  readonly by?: Ground;
  readonly recordedAt: string;
  readonly occurred?: Occurred;
}

export interface Claim {
  readonly claimId: string;
  readonly kind: (IrritantFact & { type: 'UnderstandingClaimed' })['data']['kind'];
  readonly roundId?: string;
  readonly exchangeId?: string;
  readonly restates?: string;
  readonly textHash: string;
  readonly said: Said;
  readonly state: 'unanswered' | 'confirmed' | 'partly-confirmed' | 'denied' | 'withdrawn';
  /** The last answer of the other side. */
  readonly answer?: {
    readonly mode?: 'same-text' | 'own-words' | 'partial';
    readonly textHash?: string;
    readonly said: Said;
  };
  /** The confirmation in part, which a later answer to the rest leaves as it is. */
  readonly partial?: Said;
  /** Its own side's withdrawal: of all of it, or of the rest of what is confirmed in part. */
  readonly withdrawn?: Said;
}

export interface Resolution {
  readonly resolutionId: string;
  readonly termsHash: string;
  readonly said: Said;
  /** Conditional: accepted, and waiting for what is linked with it. */
  readonly state: 'proposed' | 'conditional' | 'accepted' | 'rejected' | 'withdrawn';
  readonly answer?: Said;
  /** While it is conditional: what it still waits for, as this stream has it. */
  readonly conditions?: readonly Condition[];
  /** The other side's word that it accepts them no more; they are open again. */
  readonly takenBack?: Said;
}

/** An accepted linkage by which this irritant waits for another one. */
export interface Condition {
  readonly linkageId: string;
  readonly on: string;
}

export interface Linkage {
  readonly linkageId: string;
  /** The other irritant. */
  readonly irritantId: string;
  readonly condition: (IrritantFact & { type: 'LinkageAsserted' })['data']['condition'];
  readonly said: Said;
  readonly state: 'asserted' | 'accepted' | 'rejected' | 'ended';
  readonly answer?: Said;
  /** The sides that say that it ends, once it is accepted. */
  readonly released: readonly Said[];
}

export interface Review {
  /** By whom it was opened. */
  readonly opened: Said;
  readonly conclusions: { readonly [party: string]: { readonly stage: Stage; readonly said: Said } };
}

/** What one side undid by reopening, beside who did. */
export interface Reopening {
  readonly said: Said;
  readonly closed: Stage;
  readonly closingEventId: string;
  readonly resolutionId?: string;
}

/** A consequence that stands beside the stage: who brought it about, since when, and on what. */
export interface Beside {
  readonly on: { readonly kind: InstrumentKind; readonly id: string };
  readonly by: string | null;
  readonly said: Said;
}

export type Flag =
  | {
      readonly kind: 'consequence-refused';
      readonly policy: string;
      readonly cause: string;
      readonly code: string;
    }
  | ({
      readonly kind: 'condition-lifted';
      readonly closed: 'resolved' | 'withdrawn' | 'dormant';
      readonly eventId: string;
    } & Condition);

/** An irritant as the rules see it. */
export interface Irritant extends IrritantFacts {
  readonly id: string;
  readonly category: string;
  readonly synthetic: boolean;
  readonly parties: readonly string[];
  readonly raisers: readonly string[];
  readonly respondents: readonly string[];
  readonly raisedBasis: 'stated' | 'first-recorded';
  readonly raised: Said;
  /** The party whose people worded the title; null where a secretariat did. */
  readonly titleBy: string | null;
  /** The event that first worded the title as it reads, and the one by which it reads so. */
  readonly title: { readonly reads: string; readonly by: string };
  readonly titleAccepted: readonly Said[];
  /** The last name that each party gave the matter itself. */
  readonly designated: readonly Said[];
  readonly coRaised: readonly Said[];
  readonly acknowledgements: readonly Said[];
  readonly contests: readonly Said[];
  readonly positions: {
    readonly [party: string]: { readonly stance: string; readonly roundId?: string; readonly said: Said };
  };
  readonly claims: readonly Claim[];
  readonly resolutions: readonly Resolution[];
  readonly dormancy: Said | null;
  /** The proposal to let it rest and its acceptance, while they count. */
  readonly restedBy: readonly Said[];
  readonly withdrawals: readonly Said[];
  /** The other side's word on the withdrawals, while they count. */
  readonly withdrawalAccepted: Said | null;
  readonly partialResolutions: readonly Said[];
  /** Those that no later position of the same side has lifted. */
  readonly partlyResolved: readonly Said[];
  /** Where the stage stands since it was raised, last reopened or last reviewed. */
  readonly base: Milestone;
  /** What was reached since then. */
  readonly milestones: readonly Milestone[];
  readonly reopenings: readonly Reopening[];
  readonly review: Review | null;
  readonly instruments: readonly { readonly kind: InstrumentKind; readonly id: string }[];
  /** Asserted here, of this irritant and another one. */
  readonly linkages: readonly Linkage[];
  /** The irritants on which a linkage with this one is asserted. */
  readonly linkedFrom: readonly string[];
  /** Of commitments. */
  readonly breaches: readonly Beside[];
  /** What was terminated. */
  readonly ended: readonly Beside[];
  readonly flags: readonly Flag[];
}
