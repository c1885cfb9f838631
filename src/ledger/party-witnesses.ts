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

/** The name has to be the same as well, for it is signed with. */
export function isKeyOf(
  { name, publicKey }: Pick<VerifierKey, 'name' | 'publicKey'>,
  witness: PartyWitness,
): boolean {
  return witness.name === name && witness.x === Buffer.from(publicKey).toString('base64url');
}

/** Whose witness has that key. */
export function partyOf(
  { name, publicKey }: VerifierKey,
  witnesses: readonly PartyWitness[],
): { readonly party?: string } {
  const found = witnesses.find((one) => isKeyOf({ name, publicKey }, one));
  return found === undefined ? {} : { party: found.party };
}
