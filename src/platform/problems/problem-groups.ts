/** Which problems of the platform an operation can answer with, by what it does. */

/** What is refused at the door: before the operation, and mostly before the route, is known. */
export const anyRequest = [
  'REQUEST_UNREADABLE',
  'REQUEST_TIMEOUT',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'CONTENT_CODING_UNSUPPORTED',
  'EXPECTATION_FAILED',
  'HEADERS_TOO_LARGE',
  'TOO_MANY_REQUESTS',
  'INTERNAL',
  'SHUTTING_DOWN',
];
/** What looks after the server is neither counted nor turned away while it ends. */
export const anyProbe = anyRequest.filter((one) => !['TOO_MANY_REQUESTS', 'SHUTTING_DOWN'].includes(one));
export const signedIn = ['UNAUTHENTICATED', 'FORBIDDEN', 'STORE_UNAVAILABLE', 'PROJECTION_LAGGING'];
/** A body that nothing of is wanted is read all the same. */
export const anyJson = ['MALFORMED_JSON', 'JSON_TOO_DEEP', 'DUPLICATE_KEY', 'FORBIDDEN_KEY'];
export const anyBody = ['VALIDATION_FAILED', ...anyJson];
export const anyWrite = [
  'IDEMPOTENCY_KEY_MALFORMED',
  'IDEMPOTENCY_KEY_REUSED',
  'NOT_YET_HAPPENED',
  'UNREADABLE',
  'OUTCOME_UNKNOWN',
];

/** Of a write that takes neither parameters nor a signature. */
export const anyPlainWrite = ['UNKNOWN_PARAMETER', 'SIGNATURE_NOT_TAKEN'];

/** What reading parameters can answer with, by parameter. */
const byParameter: { readonly [parameter: string]: readonly string[] } = {
  knownAt: ['KNOWN_AT_INVALID', 'NOT_YET', 'PROJECTION_LAGGING', 'EPOCH_CHANGED'],
  grade: ['KNOWN_AT_INVALID', 'NOT_YET', 'WITNESS_UNKNOWN', 'LEDGER_UNSIGNED', 'PROJECTION_LAGGING'],
  from: ['KNOWN_AT_INVALID', 'NOT_YET'],
  to: ['KNOWN_AT_INVALID', 'NOT_YET'],
  effectiveAt: ['EFFECTIVE_AT_INVALID', 'NOT_YET'],
  cursor: ['CURSOR_INVALID'],
  after: ['PROJECTION_LAGGING', 'EPOCH_CHANGED'],
  minPosition: ['PROJECTION_LAGGING', 'EPOCH_CHANGED'],
  since: ['NOT_YET', 'PROJECTION_LAGGING', 'EPOCH_CHANGED'],
};

export function readingProblems(parameters: readonly string[]): readonly string[] {
  return ['UNKNOWN_PARAMETER', 'PARAMETER_INVALID', ...parameters.flatMap((name) => byParameter[name] ?? [])];
}
