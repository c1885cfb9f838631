import type { Fact, Infer } from '#libs/decider';
import type { CommitmentFact, CommitmentFacts, commitmentEvents } from './commitment.events.js';

/** A commitment as far as the overlays of an irritant depend on it. */
export interface Commitment
  extends
    CommitmentFacts,
    Omit<Infer<(typeof commitmentEvents)['CommitmentUndertaken']['data']>, 'irritantIds' | 'dialogueId'> {
  readonly updated: { readonly eventId: string; readonly recordedAt: string };
}

/** A breach that was answered is still alleged; it is cleared when it is withdrawn or the commitment ends. */
export function isCleared(type: string): boolean {
  return type === 'BreachWithdrawn' || type === 'CommitmentWaived' || type === 'CommitmentDischarged';
}

export function evolve(commitment: Commitment | null, fact: Fact): Commitment | null {
  const known = fact as CommitmentFact;
  const updated = { eventId: fact.id, recordedAt: fact.recordedAt };
  if (commitment === null) {
    return known.type === 'CommitmentUndertaken' ? { ...known.data, breachOpen: false, updated } : null;
  }
  if (known.type === 'BreachAlleged') return { ...commitment, breachOpen: true, updated };
  return { ...commitment, breachOpen: isCleared(known.type) ? false : commitment.breachOpen, updated };
}
