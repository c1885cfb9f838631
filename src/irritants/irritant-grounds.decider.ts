import { ending, isHearsay } from '#libs/decider';
import type { Act, Decided } from '#libs/decider';
import { groundOf } from './irritant-grounds.facts.js';
import type { Grounds } from './irritant-grounds.facts.js';

interface Invoking<E extends Decided> {
  readonly act: Act;
  readonly event: E & { readonly content: { readonly legalBasis?: readonly string[] } };
}

/** The rules that the act invokes. */
export function invoked<E extends Decided>({ event }: Invoking<E>): readonly string[] {
  return event.content.legalBasis ?? [];
}

/**
 * The event with what it says of the legal basis of its party. It ends the word that gave the earlier one, which would be
 * back without it; what somebody else records in the name of the party ends none of its own.
 */
export function invoking<E extends Decided>(command: Invoking<E>, irritant?: Grounds): Decided {
  const { act, event } = command;
  if (invoked(command).length === 0) return event;
  const earlier = irritant === undefined ? undefined : groundOf(irritant, act.party)?.said;
  const given = { ...event, data: { ...event.data, hasLegalBasis: true } };
  return isHearsay({ act }, earlier) ? given : ending(given, earlier);
}
