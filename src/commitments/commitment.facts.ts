import type { Infer, Said } from '#libs/decider';
import type { CommitmentFacts, Under, commitmentEvents } from './commitment.events.js';

/** An agreed text by which it is in force for an obligor. */
export interface AgreedFor {
  readonly obligor: string;
  readonly by: { readonly kind: 'proposal' | 'roadmap'; readonly id: string };
  readonly version: number;
  readonly contentHash: string;
  readonly due: string | null;
  /** The words of the commitment itself by which it is on the terms of the text. */
  readonly termsBy: readonly string[];
  readonly irritantIds: readonly string[];
  readonly basis: 'direct' | 'attributed';
  readonly restsOn: readonly string[];
  readonly said: Said;
}

export interface Flag {
  readonly kind: 'consequence-refused';
  readonly policy: string;
  readonly cause: string;
  readonly code: string;
}

export interface Report {
  readonly reportId: string;
  readonly said: Said;
  readonly under: Under;
  /** The present answer of each beneficiary; who disputed a report may still acknowledge it. */
  readonly answers: readonly {
    readonly kind: 'acknowledged' | 'disputed';
    readonly said: Said;
    readonly under: Under | null;
  }[];
}

export interface Allegation {
  readonly breachId: string;
  readonly said: Said;
  readonly answers: readonly Said[];
  readonly withdrawn: Said | null;
}

export interface Extension {
  readonly due: string;
  readonly words: readonly Said[];
}

type Asserted = Infer<(typeof commitmentEvents)['CommitmentAsserted']['data']>;

/** A commitment as the rules see it. */
export interface Commitment extends CommitmentFacts, Pick<Asserted, 'mode' | 'synthetic' | 'textHash'> {
  readonly asserted: Said;
  readonly originalDue: string | null;
  readonly agreedFor: readonly AgreedFor[];
  /** The obligors that decline what is only asserted of them. */
  readonly declinedBy: readonly Said[];
  readonly flags: readonly Flag[];
  readonly reports: readonly Report[];
  readonly allegations: readonly Allegation[];
  /** Those that hold, in their order, and after them what one side alone proposes. */
  readonly extensions: readonly Extension[];
  readonly waivers: readonly Said[];
  readonly discharge: Said | null;
}
