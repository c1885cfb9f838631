import { choice, date, event, flag, id, list, optional, party, shape, text } from '#libs/decider';
import type { FactOf } from '#libs/decider';

const reason = { reason: optional(text) };

/** The storage format of commitments; overlays of an irritant follow from these events through policies. */
export const commitmentEvents = {
  CommitmentUndertaken: event(
    {
      dialogueId: id,
      obligors: list(party, 1, 2),
      beneficiaries: list(party, 1, 2),
      mode: choice('once', 'continuous', 'conditional'),
      due: optional(date),
      basis: shape({ kind: choice('exchange', 'proposal'), id }),
      irritantIds: list(id, 1, 50),
      synthetic: flag,
    },
    { text, conditions: optional(text) },
  ),
  FulfilmentReported: event({}, reason),
  FulfilmentAcknowledged: event({}, reason),
  FulfilmentDisputed: event({}, reason),
  BreachAlleged: event({}, reason),
  BreachAnswered: event({}, reason),
  BreachWithdrawn: event({}, reason),
  CommitmentExtended: event({ due: date }, reason),
  CommitmentWaived: event({}, reason),
  CommitmentDischarged: event({}, reason),
};

export type CommitmentFact = FactOf<typeof commitmentEvents>;

/** What other slices may read of a commitment. */
export interface CommitmentFacts {
  readonly dialogueId: string;
  readonly irritantIds: readonly string[];
  readonly obligors: readonly string[];
  readonly beneficiaries: readonly string[];
  /** The date in force: that of the undertaking, or the last one that both sides have named. */
  readonly due: string | null;
  readonly ended: 'discharged' | 'waived' | null;
  /** Whether an allegation stands that is neither withdrawn nor dropped, answered or not. */
  readonly breachOpen: boolean;
  /** When the act that was recorded last happened, as claimed; where it claims no time, when it was recorded. */
  readonly lastHeard: string;
}
