import type { OidcSettings } from '#config';
import type { Principal } from '../record/principal.js';

/** An issuer as those see it for whom it may speak. */
export interface IssuerView {
  readonly issuer: string;
  /** The parties whose people it makes; none where it makes secretariats, auditors, readers and operators alone. */
  readonly parties: readonly string[];
  /** How the sign-in page calls it; absent where it signs nobody in to the pages. */
  readonly name?: string;
}

/** The issuers as they are set: whoever sets them decides who speaks for a party, so that party is shown them. */
export class BoundIssuers {
  constructor(private readonly issuers: readonly OidcSettings[]) {}

  /** An operator sees all; a party those that may speak for it, or for a secretariat, and of the others nothing. */
  shownTo({ party }: Principal): readonly IssuerView[] {
    return this.issuers.flatMap(({ issuer, parties, boundTo, signIn }) => {
      const isForNone = boundTo === undefined || boundTo.party === null;
      const seen = party === null ? parties : parties.filter((one) => one === party);
      if (party !== null && seen.length === 0 && !isForNone) return [];
      return [{ issuer, parties: seen, ...(signIn === undefined ? {} : { name: signIn.name }) }];
    });
  }
}
