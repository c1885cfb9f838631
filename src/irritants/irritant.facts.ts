import type { Occurred, Said } from '#libs/decider';
import type { InstrumentKind, IrritantFact, IrritantFacts, Stage } from './irritant.events.js';

export type Basis = 'direct' | 'attributed';

export interface Milestone {
  readonly stage: Stage;
  readonly eventId: string;
  readonly basis: Basis;
  readonly restsOn: readonly string[];
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
  readonly state: 'unanswered' | 'confirmed' | 'denied' | 'withdrawn';
  readonly answer?: {
    readonly mode?: 'same-text' | 'own-words' | 'partial';
    readonly textHash?: string;
    readonly said: Said;
  };
}

export interface Resolution {
  readonly resolutionId: string;
  readonly termsHash: string;
  readonly said: Said;
  readonly state: 'proposed' | 'accepted' | 'rejected' | 'withdrawn';
  readonly answer?: Said;
}

export interface Linkage {
  readonly linkageId: string;
  /** The other irritant. */
  readonly irritantId: string;
  readonly condition: (IrritantFact & { type: 'LinkageAsserted' })['data']['condition'];
  readonly said: Said;
  readonly state: 'asserted' | 'accepted' | 'rejected';
  readonly answer?: Said;
}

export interface Review {
  /** When the latest cause was recorded. */
  readonly since: string;
  readonly causes: readonly { readonly eventId: string; readonly cause: string }[];
  readonly conclusions: { readonly [party: string]: { readonly stage: Stage; readonly said: Said } };
}

export type Flag = {
  readonly kind: 'consequence-refused';
  readonly policy: string;
  readonly cause: string;
  readonly code: string;
};

/** An irritant as the rules see it. */
export interface Irritant extends IrritantFacts {
  readonly id: string;
  readonly category: string;
  readonly legalBasis: readonly string[];
  readonly synthetic: boolean;
  readonly raisers: readonly string[];
  readonly respondents: readonly string[];
  readonly raisedBasis: 'stated' | 'first-recorded';
  readonly raised: Said;
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
  readonly partialResolutions: readonly Said[];
  /** Where the stage stands since it was raised, last reopened or last reviewed. */
  readonly base: Milestone;
  /** What was reached since then. */
  readonly milestones: readonly Milestone[];
  readonly review: Review | null;
  readonly instruments: readonly { readonly kind: InstrumentKind; readonly id: string }[];
  /** Asserted here, of this irritant and another one. */
  readonly linkages: readonly Linkage[];
  /** The irritants on which a linkage with this one is asserted. */
  readonly linkedFrom: readonly string[];
  readonly breaches: readonly string[];
  readonly flags: readonly Flag[];
  readonly updated: { readonly eventId: string; readonly recordedAt: string };
}
