import type { Moments } from '../platform/record/moments.js';

/** What a cookie names: whoever showed a key, or a sign-in by an issuer. Times are milliseconds since 1970. */
export type Session =
  | { readonly by: 'key'; readonly keyId: string; readonly since: number; readonly seen: number }
  | {
      readonly by: 'issuer';
      readonly principalId: string;
      readonly signInId: string;
      /** For the page alone, and so kept nowhere else. */
      readonly name: string;
      readonly seen: number;
    };

/** A sign-in that was begun: at which issuer, what has to come back, and where the reader wanted to go. */
export interface Begun {
  readonly issuer: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly to: string;
  readonly until: number;
}

interface Sealable {
  readonly session: Session;
  readonly begun: Begun;
}

/** Every server on the store opens what another one sealed, in this life of the store alone. */
export function sealed<K extends keyof Sealable>(
  moments: Moments,
  kind: K,
  epoch: string,
  what: Sealable[K],
): string {
  return moments.hidden(`${kind} ${epoch}`, JSON.stringify(what));
}

/** Undefined where none of our servers sealed it for that. */
export function opened<K extends keyof Sealable>(
  moments: Moments,
  kind: K,
  epoch: string,
  text: string,
): Sealable[K] | undefined {
  const shown = moments.shownIfOurs(`${kind} ${epoch}`, text);
  return shown === undefined ? undefined : (JSON.parse(shown) as Sealable[K]);
}
