import { errors } from 'jose';

/** A token that is not taken. The message is for whoever sent it, and says nothing of the inside. */
export class TokenRefused extends Error {
  constructor(because: string, options?: ErrorOptions) {
    super(because, options);
    this.name = 'TokenRefused';
  }
}

/** The issuer's keys can't be had. The message is for the operator: it names addresses. */
export class KeysUnavailable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'KeysUnavailable';
  }
}

const claimFaults: { readonly [claim: string]: string } = {
  iss: 'The access token was issued by somebody else than the configured issuer.',
  aud: 'The access token is meant for another service.',
  nbf: 'The access token is not valid yet.',
};

/** Whatever went wrong with a token, in a sentence for its sender; nothing that a token can cause is a fault of ours. */
export function refusalOf(error: unknown): TokenRefused {
  if (error instanceof TokenRefused) return error;
  return new TokenRefused(sentenceOn(error), { cause: error });
}

function sentenceOn(error: unknown): string {
  if (error instanceof KeysUnavailable)
    return "No access token can be checked now, for the keys of its issuer can't be fetched. Try again later.";
  if (error instanceof errors.JWTExpired) return 'The access token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `The access token lacks the claim "${error.claim}".`;
    if (error.reason === 'invalid') return `The claim "${error.claim}" of the access token is no number.`;
    return claimFaults[error.claim] ?? 'A claim of the access token is not as it must be.';
  }
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The access token names a key that its issuer does not publish.';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The access token does not name its key, and the issuer publishes several.';
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return 'The signature of the access token is wrong.';
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid)
    return 'The access token is not a well-formed JWT.';
  return "The access token can't be checked with the key that its issuer publishes.";
}
