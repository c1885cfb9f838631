import { described, plainText, seq } from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';

/** What answers say beside their bodies. */
export const answerHeaders: Properties = {
  ETag: described({ schema: plainText }, 'The revision in quotes: a strong entity tag, for If-Match.'),
  'Event-Position': described(
    { schema: plainText },
    'The moment of the write, opaque. Give it as `minPosition` to read one’s own write, or as `knownAt` to read what the record then held.',
  ),
  'Ledger-Receipt': described(
    { schema: plainText },
    'Where the log is signed: its promise of the leaf of the act, with the proof that the log’s key signed it, together with promises given at the same time; in a byte sequence (RFC 9651). Keep it: with a checkpoint that covers the place and holds another leaf it proves to anybody that the log broke its word.',
  ),
  Location: described({ schema: plainText }, 'The address of what was created.'),
  'Act-Recorded': described(
    { schema: { type: 'string', const: 'false' } },
    'Only where the same act with the same content was recorded before: nothing new was.',
  ),
  'Idempotent-Replayed': described(
    { schema: { type: 'string', const: 'true' } },
    'Only with a repeat: the answer is that of the first request, and nothing new was recorded.',
  ),
  'Dialogue-Kept': described(
    { schema: { type: 'string', pattern: '^(both|secretariat|one;party=[A-Z][A-Z0-9-]{1,7})$' } },
    'Whose hand the record of the dialogue is in: `both`, `one;party=RU` or `secretariat` (RFC 9651). It is no part of the representation, whose ETag is the revision of its own stream; lists and as-of answers have it as `kept`.',
  ),
  Link: described({ schema: plainText }, 'The next page, as of RFC 8288: `<…>; rel="next"`.'),
  'Record-Age': described(
    { schema: seq },
    'Only where the store of a cluster could not be reached: for how many whole seconds it had been silent when its read models were read in its place. What was recorded since, if anything, is not in the answer, which has no ETag.',
  ),
  Vary: described({ schema: plainText }, 'Which request headers the form of the answer depends on.'),
  'Trace-Id': described({ schema: plainText }, 'Names the request in the log of the server.'),
  'Accept-Encoding': described(
    { schema: plainText },
    'Only where the coding of a body was refused: `identity`.',
  ),
  'RateLimit-Policy': described(
    { schema: plainText },
    'How often may be asked: `"principal";q=6000;w=60` for 6000 requests of the principal in 60 seconds, or `"address"` where the request does not say whose it is (draft-ietf-httpapi-ratelimit-headers-10). In every answer but those of probes.',
  ),
  RateLimit: described(
    { schema: plainText },
    'How often is left: `"principal";r=5999;t=42` for 5999 requests within the next 42 seconds.',
  ),
  'Retry-After': described({ schema: seq }, 'How many seconds to wait.'),
  'WWW-Authenticate': described({ schema: plainText }, 'How to sign in.'),
};
