import { isHearsay, refuse } from '#libs/decider';
import type { Act, Fact, Said } from '#libs/decider';

/** The other party's word counts; one's own does not answer oneself. */
export function isOther(fact: Pick<Fact, 'act'>, one: { readonly party: string | null }): boolean {
  return fact.act.party !== null && fact.act.party !== one.party;
}

/** What a party said itself, only that party ends or takes back. */
export function ownWordStands(act: Act, earlier: Said | undefined) {
  return isHearsay({ act }, earlier)
    ? refuse(
        'OWN_WORD_STANDS',
        `${act.party} said this itself, in the event ${earlier?.eventId}; what is recorded in its name does not end it: let ${act.party} say so itself.`,
      )
    : undefined;
}
