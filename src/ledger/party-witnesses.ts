import type { VerifierKey } from '#libs/ledger';

/** The key of a party's own witness, as the party has registered it by an act that it signed. */
export interface PartyWitness {
  readonly party: string;
  readonly name: string;
  /** The public key in base64url. */
  readonly x: string;
}

/** What a dialogue says of the keys of its parties; of one without such keys nothing. */
interface WithKeys {
  readonly keys?: readonly {
    readonly party: string;
    readonly purpose: string;
    readonly name?: string;
    readonly x: string;
  }[];
}

/** Those that are in force, by the fold of the dialogue. */
export function partyWitnessesIn(state: unknown): readonly PartyWitness[] {
  const { keys = [] } = (state ?? {}) as WithKeys;
  return keys.flatMap(({ party, purpose, name, x }) =>
    purpose === 'witness' && name !== undefined ? [{ party, name, x }] : [],
  );
}

/** Whose witness has that key; the name has to be the same as well, for it is signed with. */
export function partyOf(
  { name, publicKey }: VerifierKey,
  witnesses: readonly PartyWitness[],
): { readonly party?: string } {
  const x = Buffer.from(publicKey).toString('base64url');
  const found = witnesses.find((one) => one.name === name && one.x === x);
  return found === undefined ? {} : { party: found.party };
}
