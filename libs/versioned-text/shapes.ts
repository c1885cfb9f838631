import { choice, date, list, means, optional, party, ref, shape } from '#libs/decider';
import type { Infer } from '#libs/decider';

/** A commitment that the text names: whoever assents to the text undertakes it, or is owed it. */
const named = shape({
  commitmentId: means(ref('commitments'), 'The commitment.'),
  obligor: means(party, 'Who owes it.'),
  beneficiary: means(party, 'To whom it is owed.'),
  mode: means(
    choice('once', 'continuous', 'conditional'),
    'How it is owed: once, all the time, or under a condition.',
  ),
  due: optional(date, 'By when.'),
});

export const namedCommitments = optional(
  list(named, 0, 100),
  'The commitments that the text names: both sides’ assent to it puts them in force.',
);

export type NamedCommitment = Infer<(typeof named)['of']>;
