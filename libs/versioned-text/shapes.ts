import { choice, date, list, optional, party, ref, shape } from '#libs/decider';
import type { Infer } from '#libs/decider';

/** A commitment that the text names: whoever assents to the text undertakes it, or is owed it. */
const named = shape({
  commitmentId: ref('commitments'),
  obligor: party,
  beneficiary: party,
  mode: choice('once', 'continuous', 'conditional'),
  due: optional(date),
});

export const namedCommitments = optional(list(named, 0, 100));

export type NamedCommitment = Infer<(typeof named)['of']>;
