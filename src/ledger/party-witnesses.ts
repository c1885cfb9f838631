import type { VerifierKey } from '#libs/ledger';
import type { DialogueFacts } from '../dialogues/dialogue.events.js';

/** The key of a party's own witness, as the party has registered it by an act that it signed. */
export interface PartyWitness {
  readonly party: string;
  readonly name: string;
  /** The public key in base64url. */
  readonly x: string;
}

/** Those that are in force, by the fold of the dialogue. */
export function partyWitnessesIn({ keys }: Pick<DialogueFacts, 'keys'>): readonly PartyWitness[] {
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
