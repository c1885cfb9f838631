import type { ProblemRows } from './problem-rows.js';

const signAnew = 'Ask with ?dryRun=true what would be recorded, look at it, and sign it.';

/** The signature of an act by its party: a signature is never passed over, also where none was needed. */
export const signingProblems = {
  SIGNATURE_MALFORMED: [
    400,
    'The signature of the act cannot be read',
    'An act is signed by the fields Entente-Act, Entente-Seen, Entente-Salt, Signature-Input and Signature together, in the form of RFC 9421 and RFC 9651, with the parameters that the guide names and no others.',
    'Read "detail", and the guide on signing; "entente sign" makes these fields.',
  ],
  SIGNATURE_NOT_TAKEN: [
    400,
    'This operation takes no signature',
    'Single acts are signed, each on its own stream. This operation would pass the signature over, as if it had not been sent.',
    'Leave the fields of the signature out, or send each act by itself and sign it.',
  ],
  SIGNATURE_MISSING: [
    409,
    'The act is not signed',
    'The party has asked that its own acts be taken only signed, or the act changes its keys and it has one that signs.',
    signAnew,
  ],
  KEY_NOT_IN_FORCE: [
    409,
    'No key in force signs this',
    'The signature names no key by which the acting party signs acts in this dialogue: it is unknown, revoked, of the other party, of a witness, or the act is none that its party says itself.',
    'Sign with a key under "keys" of the dialogue, or register one.',
  ],
  SIGNATURE_WRONG: [
    409,
    'The signature does not verify',
    'It is not by the key that it names, over the fields and parameters that were sent.',
    'Sign the signature base of RFC 9421 as the guide shows it, and send every field as it was signed.',
  ],
  SIGNATURE_EXPIRED: [
    409,
    'The signature does not hold now',
    'A signature holds for five minutes at the most, from the moment when it was made.',
    'Sign again; the same Idempotency-Key stays. Where the clock of the signer is wrong, set it.',
  ],
  SIGNATURE_OF_ANOTHER_ACT: [
    409,
    'The signature is of another act',
    'What is signed is the event that will be recorded, and another one would be: in other words, on another revision or stream, in another dialogue, or with another Idempotency-Key or salt.',
    signAnew,
  ],
  SIGNATURE_REPLAYED: [
    409,
    'The signature was used before',
    'The act that it is of is recorded already; a signature signs one event.',
    'Repeat a request with its own Idempotency-Key, which is answered as before; sign another act anew.',
  ],
  SEEN_ANOTHER_LOG: [
    409,
    'The signer has seen another log',
    'Entente-Seen gives size and root of a checkpoint, and the log of this dialogue does not begin with what that covers.',
    'Fetch the checkpoint again and check it. If the one before was signed by this log, keep both: they prove that it showed two histories.',
  ],
} as const satisfies ProblemRows;
