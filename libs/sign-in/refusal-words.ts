import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { IssuerAway, SignInRefused } from './refusals.js';

/** Codes of RFC 6749 §4.1.2.1 and OpenID Connect Core 1.0 §3.1.2.6, in words; what an issuer adds to them is its own. */
const answers: ReadonlyMap<string, string> = new Map([
  ['access_denied', 'The sign-in was declined there.'],
  ['login_required', 'Nobody has signed in there.'],
  ['interaction_required', 'Nobody has signed in there.'],
  ['temporarily_unavailable', 'It can sign nobody in now. Try again later.'],
  ['server_error', 'It failed. Try again later.'],
]);

/** The faults of the issuer or of how it was set, each of which its operator has to mend. */
const ofTheClient = new Set(['invalid_client', 'unauthorized_client', 'invalid_request', 'invalid_scope']);

const notInAnswer = 'The answer does not belong to the sign-in that was begun here. Begin again.';

/** Whatever went wrong on the way back: for whoever signs in in words, and for the operator where it is theirs to mend. */
export function refusalOf(error: unknown, report: (reason: string) => void): SignInRefused | IssuerAway {
  const away = awayIn(error);
  if (away !== undefined) {
    report(away.message);
    return away;
  }
  if (error instanceof AuthorizationResponseError) {
    if (ofTheClient.has(error.error)) report(`it refuses what it is asked: ${wordOf(error.error)}`);
    return new SignInRefused(answers.get(error.error) ?? 'It did not let anybody in.', { cause: error });
  }
  const refused = refusedWith(error);
  if (refused !== undefined) {
    if (refused === 'invalid_grant')
      return new SignInRefused('That sign-in was used already, or it took too long. Begin again.', {
        cause: error,
      });
    report(`it refuses this server as its client: ${refused}`);
    return new SignInRefused('It does not take this server for one that it knows.', { cause: error });
  }
  return new SignInRefused(notInAnswer, { cause: error });
}

/** Of an answer that was given for a code: that it says nothing of anybody is for the operators to mend, here or there. */
export function refusalOfToken(error: unknown, report: (reason: string) => void): SignInRefused | IssuerAway {
  const reason = faultOf(error);
  if (awayIn(error) !== undefined || error instanceof ResponseBodyError || reason === nonceFault)
    return refusalOf(error, report);
  report(`its ID token is not taken: ${reason}`);
  return new SignInRefused(
    'It says who you are in a way that is not taken here. Tell whoever runs this server.',
    { cause: error },
  );
}

/** What is wrong with what an ID token says, in words that hold nothing of it. */
export class ClaimFault extends Error {}

const nonceFault = 'jwt claim comparison failed, nonce';

/** By codes and names of claims: the sentences of others may quote. */
function faultOf(error: unknown): string {
  if (error instanceof ClaimFault) return error.message;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (typeof code !== 'string') return 'it can’t be read';
  const claim = claimIn(error);
  const kind = code
    .replace(/^OAUTH_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  return claim === undefined ? kind : `${kind}, ${claim}`;
}

/** The claim that a fault is of, or one of its causes. */
function claimIn(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { claim, cause } = error as { readonly claim?: unknown; readonly cause?: unknown };
  return typeof claim === 'string' ? claim : claimIn(cause);
}

/** Of an attempt with a code that nobody gave: undefined where that alone was refused. Throws `IssuerAway`. */
export function refusedClient(error: unknown): string | undefined {
  const away = awayIn(error);
  if (away !== undefined) throw away;
  const refused = refusedWith(error);
  if (refused === undefined) return 'it answers in no way that is known';
  return refused === 'invalid_grant' ? undefined : `it refuses this server as its client: ${refused}`;
}

/** The code by which a token endpoint refuses (RFC 6749 §5.2), where it refuses. */
function refusedWith(error: unknown): string | undefined {
  if (error instanceof ResponseBodyError) return wordOf(error.error);
  // Of a client that shows its secret by HTTP Basic it says so by a challenge.
  return error instanceof WWWAuthenticateChallengeError && error.status === 401
    ? 'invalid_client'
    : undefined;
}

/** What others send comes into a log as a name of theirs or not at all. */
function wordOf(code: string): string {
  return /^[a-z_]{1,40}$/.test(code) ? code : 'for no reason that has a name';
}

function awayIn(error: unknown): IssuerAway | undefined {
  if (error instanceof IssuerAway) return error;
  return error instanceof Error && error.cause !== undefined ? awayIn(error.cause) : undefined;
}
