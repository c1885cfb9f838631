import { accept, ending, nothing, refuse, said } from '#libs/decider';
import type { CommandOf, FactOf, Said } from '#libs/decider';
import type { dialogueCommands } from './dialogue.commands.js';
import type { dialogueEvents, PartyKey } from './dialogue.events.js';

/** What a dialogue knows of the keys by which its parties sign. */
export interface KeyFacts {
  /** Those in force. */
  readonly keys: readonly (PartyKey & { readonly said: Said })[];
  /** All that were ever registered: a key that was revoked comes back for nobody. */
  readonly keysKnown: readonly string[];
  /** Of each party whose acts are taken only signed, the event by which it asked for that. */
  readonly requirements: readonly Said[];
  readonly signing: readonly string[];
}

/** What the rules need to know of a key that is to be registered. */
export interface KeyKnown {
  /** Of the key as it is sent. */
  readonly thumbprint?: string;
  /** Whether it has signed its own registration for this dialogue. */
  readonly isPossessed?: boolean;
  /** Whether the act cites a note of the party itself. */
  readonly citesNote?: boolean;
}

/** No party needs more at once: one a person that signs, and some to spare. */
const keysMax = 50;

export const noKeys: KeyFacts = { keys: [], keysKnown: [], requirements: [], signing: [] };

type KeyFact = Extract<
  FactOf<typeof dialogueEvents>,
  { type: 'PartyKeyRegistered' | 'PartyKeyRevoked' | 'SignedActsRequired' | 'SignedActsLifted' }
>;

function asking(requirements: readonly Said[]): Pick<KeyFacts, 'requirements' | 'signing'> {
  return { requirements, signing: requirements.flatMap(({ party }) => party ?? []) };
}

export function withKeyFact<S extends KeyFacts>(before: S, fact: KeyFact): S {
  const { party } = fact.act;
  if (party === null) return before;
  switch (fact.type) {
    case 'PartyKeyRegistered': {
      const { purpose, thumbprint, name, jwk } = fact.data;
      const key = { party, purpose, thumbprint, x: jwk.x, ...(name === undefined ? {} : { name }) };
      return {
        ...before,
        keys: [...before.keys, { ...key, said: said(fact) }],
        keysKnown: [...before.keysKnown, thumbprint],
      };
    }
    case 'PartyKeyRevoked':
      return { ...before, keys: before.keys.filter((one) => one.thumbprint !== fact.data.thumbprint) };
    case 'SignedActsRequired':
      return { ...before, ...asking([...before.requirements, said(fact)]) };
    case 'SignedActsLifted':
      return { ...before, ...asking(before.requirements.filter((one) => one.party !== party)) };
  }
}

type KeyCommand = CommandOf<typeof dialogueCommands, typeof dialogueEvents, KeyKnown>;
type Of<T extends KeyCommand['type']> = Extract<KeyCommand, { type: T }>;

function ownKeys({ keys }: KeyFacts, party: string | null, purpose: PartyKey['purpose']) {
  return keys.filter((one) => one.party === party && one.purpose === purpose);
}

const noActKey = (party: string | null) =>
  refuse(
    'NO_ACT_KEY',
    `${party} has no key in force that signs its acts, and this is said only signed: register one first.`,
  );

/**
 * The first key rests on a note of the party that gives its thumbprint, each later one on a signature by a key in force,
 * which the recorder holds against the act as it does of any other.
 */
export function registerKey({ act, event, facts }: Of<'RegisterPartyKey'>, state: KeyFacts) {
  const { party } = act;
  const { thumbprint, isPossessed, citesNote } = facts;
  const { purpose, name } = event.data;
  if ((purpose === 'witness') !== (name !== undefined))
    return refuse(
      'NAME_OF_WITNESS',
      'A witness signs under a name, so its key comes with one; no other key does.',
    );
  if (isPossessed !== true)
    return refuse(
      'KEY_NOT_POSSESSED',
      'The signature in "possession" is not by this key over the RFC 8785 bytes of {jwk, origin}, with crv, kty and x in jwk and the origin of this dialogue’s log.',
    );
  const known = state.keys.find((one) => one.thumbprint === thumbprint);
  if (known !== undefined && known.party === party && known.purpose === purpose) return nothing;
  if (thumbprint === undefined || state.keysKnown.includes(thumbprint))
    return refuse(
      'KEY_REGISTERED_BEFORE',
      `The key ${thumbprint} was registered in this dialogue before: make a new one.`,
    );
  if (ownKeys(state, party, purpose).length >= keysMax)
    return refuse('TOO_MANY_KEYS', `${party} has ${keysMax} keys for this in force: revoke one first.`);
  if (ownKeys(state, party, 'act').length > 0) return accept(event);
  if (purpose === 'witness') return noActKey(party);
  return citesNote === true
    ? accept(event)
    : refuse(
        'NOTE_OF_KEY_REQUIRED',
        `No key of ${party} is in force that could sign this one, so it cites a note of ${party} that gives the thumbprint ${thumbprint}.`,
      );
}

/** It ends the registration, so that the same registration again is no repeat of one that still holds. */
export function revokeKey({ act, event }: Of<'RevokePartyKey'>, state: KeyFacts) {
  const { party } = act;
  const { thumbprint } = event.data;
  const key = state.keys.find((one) => one.thumbprint === thumbprint && one.party === party);
  if (key === undefined)
    return refuse('NOT_A_KEY_OF_YOURS', `${thumbprint} is no key of ${party} that is in force.`);
  const isLast = key.purpose === 'act' && ownKeys(state, party, 'act').length === 1;
  return isLast && party !== null && state.signing.includes(party)
    ? refuse(
        'LAST_KEY',
        `It is the last key by which ${party} can sign, and its acts are taken only signed: register another one first, or lift that.`,
      )
    : accept(ending(event, key.said));
}

export function requireSignedActs({ act, event }: Of<'RequireSignedActs'>, state: KeyFacts) {
  if (state.signing.includes(act.party ?? '')) return nothing;
  return ownKeys(state, act.party, 'act').length === 0 ? noActKey(act.party) : accept(event);
}

/** It ends the requirement, and does not rest on it: nothing takes either of them out. */
export function liftSignedActs({ act, event }: Of<'LiftSignedActs'>, state: KeyFacts) {
  const required = state.requirements.find((one) => one.party === act.party);
  return required === undefined ? nothing : accept(ending(event, required));
}
