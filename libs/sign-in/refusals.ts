/** Somebody is not signed in. The message is for them, and tells nothing of the inside. */
export class SignInRefused extends Error {
  constructor(because: string, options?: ErrorOptions) {
    super(because, options);
    this.name = 'SignInRefused';
  }
}

/** Nobody can sign in at that issuer now. The message is for the operator: it names addresses. */
export class IssuerAway extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'IssuerAway';
  }
}
