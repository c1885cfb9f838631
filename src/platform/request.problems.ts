import type { ProblemRows } from './problem-rows.js';

/** A request that is not of the right shape, not signed, not entitled, or decided on something stale. */
export const requestProblems = {
  VALIDATION_FAILED: [
    400,
    'The request is not of the right shape',
    'A field is missing, unknown, of the wrong type or out of range.',
    'Read "errors": each entry points at one field and says what it takes.',
  ],
  MALFORMED_JSON: [
    400,
    'The body is not JSON',
    'The body could not be read as JSON in UTF-8.',
    'Send one JSON object, in UTF-8, with the content type application/json.',
  ],
  JSON_TOO_DEEP: [
    400,
    'The JSON is nested too deeply',
    'The body is nested more than 32 levels deep.',
    'Send a flatter body; no command needs more than a few levels.',
  ],
  FORBIDDEN_KEY: [
    400,
    'A field has a forbidden name',
    'The body has a field called __proto__, constructor or prototype.',
    'Leave that field out.',
  ],
  UNKNOWN_PARAMETER: [
    400,
    'A query parameter is not known',
    'The address carries a parameter that this operation does not take, or one with a value it cannot take.',
    'Read "errors", and the parameters of the operation in /docs.',
  ],
  CURSOR_INVALID: [
    400,
    'The cursor is not one of ours',
    'The cursor was not given out by this list, or for another sorting.',
    'Start again without a cursor, and follow the "next" link.',
  ],
  PARTY_REQUIRED: [
    400,
    'The party that acts is not named',
    'Whoever records for no party, or for another one, says whose act it is.',
    'Name the party in "party".',
  ],
  IDEMPOTENCY_KEY_MISSING: [
    400,
    'The Idempotency-Key is missing',
    'A create needs an Idempotency-Key, so that a repeat makes nothing twice.',
    'Send a fresh random key, and the same key again with every repeat.',
  ],
  IDEMPOTENCY_KEY_MALFORMED: [
    400,
    'The Idempotency-Key is malformed',
    'A key is 1 to 255 visible ASCII characters.',
    'Send a random string, a UUID for instance.',
  ],
  IF_MATCH_UNUSABLE: [
    400,
    'The If-Match header cannot be used',
    'Only one strong entity tag is taken: "*", weak tags and lists would let a client overwrite what it has not seen.',
    'Send the ETag of the representation you decided on, as in If-Match: "12".',
  ],
  KNOWN_AT_INVALID: [
    400,
    'That moment of knowledge cannot be read',
    'A moment of knowledge is an instant, a revision such as r12, or an ordinal such as s340.',
    'Give one of these; an instant carries Z or an offset.',
  ],
  EFFECTIVE_AT_INVALID: [
    400,
    'That effective date cannot be read',
    'An effective date is an EDTF date or an instant.',
    'Give a date such as 2025-03-01.',
  ],
  UNAUTHENTICATED: [
    401,
    'Not signed in',
    'The request carries no key, or one that is unknown, expired or revoked.',
    'Send Authorization: Bearer with a valid API key.',
  ],
  FORBIDDEN: [
    403,
    'Not entitled',
    'The roles of this principal do not allow this operation, or not in this capacity.',
    'Ask the operator for a role that allows it; /docs says which roles do.',
  ],
  NOT_A_PARTY_HERE: [
    403,
    'Not a party to this dialogue',
    'The principal acts for a party that the dialogue is not between.',
    'Record in a dialogue of your own party.',
  ],
  NOT_FOUND: [
    404,
    'There is no such thing',
    'The address names nothing that exists.',
    'Check the id or key; lists give the ids that exist.',
  ],
  NOT_YET: [
    404,
    'It was not there yet',
    'At the moment asked for, the record held nothing of it.',
    'Ask for a later moment.',
  ],
  METHOD_NOT_ALLOWED: [
    405,
    'That method is not allowed here',
    'The address exists, but not with this method.',
    'Use one of the methods that the Allow header names.',
  ],
  NOT_ACCEPTABLE: [
    406,
    'That format is not given',
    'The operation gives other media types than those asked for.',
    'Ask for one of the types that /docs names.',
  ],
  STALE_REVISION: [
    412,
    'It has changed since',
    'Somebody else recorded something after the revision that If-Match names.',
    'Read "events", fetch the representation again, and decide anew.',
  ],
  IF_MATCH_REQUIRED: [
    428,
    'If-Match is required',
    'Every act says on which revision it was decided, so that no update is lost.',
    'Send If-Match with the ETag of the representation you decided on.',
  ],
  TOO_LARGE: [
    413,
    'Too large',
    'The body is larger than this operation takes.',
    'Bodies are at most 256 KiB, and the bytes of a source 20 MiB.',
  ],
  UNSUPPORTED_MEDIA_TYPE: [
    415,
    'That content type is not taken',
    'The body is of a type that this operation does not take.',
    'Send application/json (and application/octet-stream for the bytes of a source).',
  ],
  IDEMPOTENCY_KEY_REUSED: [
    422,
    'The Idempotency-Key was used for something else',
    'The same key came before with another body.',
    'Use a fresh key for another request; repeat a request with its very body.',
  ],
} as const satisfies ProblemRows;
