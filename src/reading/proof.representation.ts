import {
  array,
  described,
  flag,
  instant,
  object,
  plainText,
  ref,
  seq,
} from '../platform/shapes/json-schema.js';

/** How far an entry is proven: `Proven` of the platform. */
export const proofShape = described(
  object({
    logged: described(flag, 'Whether a signed checkpoint of the log covers it.'),
    countersigned: described(
      array(
        object(
          {
            name: described(plainText, 'The name of the witness’s key.'),
            size: described(seq, 'How many leaves the newest checkpoint has that the witness countersigned.'),
            at: described(instant, 'When, as the witness says.'),
          },
          {
            party: described(ref('Party'), 'Only of a party’s own witness, whose key the party registered.'),
          },
        ),
      ),
      'Who has countersigned a checkpoint that covers it; while nobody has, only the operator vouches.',
    ),
  }),
  'How far the entry is proven at the moment of asking; absent where the server signs nothing, and where `knownAt` asks for what never changes.',
);
