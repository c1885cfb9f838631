import { isHearsay, isOfStranger, said, unmoved, withWord } from '#libs/decider';
import type { Fact, FactOf, Said } from '#libs/decider';
import { noClaims, withClaimed, withConfirmed, withDenied, withWithdrawn } from '../kernel/claims.facts.js';
import type { Claims } from '../kernel/claims.facts.js';
import { noKeys, withKeyFact } from './dialogue-keys.decider.js';
import type { KeyFacts } from './dialogue-keys.decider.js';
import { noLogFacts, withLogFact } from './dialogue-log.decider.js';
import type { LogFacts } from './dialogue-log.decider.js';
import type { DialogueFacts, dialogueEvents, FirstKey, thirdPartyRoles } from './dialogue.events.js';

/** A dialogue as the rules see it. */
export interface Dialogue extends Omit<DialogueFacts, keyof KeyFacts>, KeyFacts, LogFacts, Claims {
  readonly opened: Said;
  readonly joinings: readonly { readonly said: Said; readonly firstKey?: FirstKey }[];
  readonly names: readonly Said[];
  readonly recoveries: readonly { readonly party: string; readonly keyId: string; readonly said: Said }[];
  readonly suspensions: readonly Said[];
  readonly aliases: readonly { readonly party: string; readonly said: Said }[];
  readonly thirdParties: readonly {
    readonly thirdParty: string;
    readonly role: (typeof thirdPartyRoles)[number];
    readonly roundId?: string;
    readonly said: Said;
  }[];
  readonly commentary: readonly {
    readonly irritantId?: string;
    readonly roundId?: string;
    readonly said: Said;
  }[];
}

type DialogueFact = FactOf<typeof dialogueEvents>;

function born(fact: Extract<DialogueFact, { type: 'DialogueOpened' }>): Dialogue {
  return {
    dialogueId: fact.stream.slice('dialogue-'.length),
    parties: fact.data.parties,
    keyPrefix: fact.data.keyPrefix,
    synthetic: fact.data.synthetic ?? false,
    opened: said(fact),
    joined: [],
    joinings: [],
    ...noKeys,
    ...noLogFacts,
    ...noClaims,
    names: [],
    recoveries: [],
    hasSecretariat: false,
    suspensions: [],
    aliases: [],
    thirdParties: [],
    commentary: [],
  };
}

function next(dialogue: Dialogue, fact: DialogueFact): Dialogue {
  switch (fact.type) {
    case 'DialogueOpened':
      return dialogue;
    case 'PartyJoined':
      return fact.act.party === null || dialogue.joined.includes(fact.act.party)
        ? dialogue
        : {
            ...dialogue,
            joined: [...dialogue.joined, fact.act.party],
            joinings: [...dialogue.joinings, { ...fact.data, said: said(fact) }],
          };
    case 'PartyKeyRecovered':
      return { ...dialogue, recoveries: [...dialogue.recoveries, { ...fact.data, said: said(fact) }] };
    case 'PartyKeyRegistered':
    case 'PartyKeyRevoked':
    case 'SignedActsRequired':
    case 'SignedActsLifted':
      return withKeyFact(dialogue, fact);
    case 'LogKeyRotated':
    case 'GuardLossAccepted':
    case 'LogBegunAnew':
      return withLogFact(dialogue, fact);
    case 'PartyNamed':
      return { ...dialogue, names: withLatest(dialogue.names, fact) };
    case 'DialogueSuspended':
      return { ...dialogue, suspensions: withWord(dialogue.suspensions, fact) };
    case 'DialogueResumed':
      return {
        ...dialogue,
        suspensions: dialogue.suspensions.filter((one) => one.party !== fact.act.party),
      };
    case 'PartyAliasRecorded':
      return { ...dialogue, aliases: [...dialogue.aliases, { party: fact.data.party, said: said(fact) }] };
    case 'ThirdPartyRoleAsserted':
      return { ...dialogue, thirdParties: [...dialogue.thirdParties, { ...fact.data, said: said(fact) }] };
    case 'DialogueUnderstandingClaimed':
      return withClaimed(dialogue, fact);
    case 'DialogueUnderstandingConfirmed':
      return withConfirmed(dialogue, fact)?.on ?? dialogue;
    case 'DialogueUnderstandingDenied':
      return withDenied(dialogue, fact);
    case 'DialogueUnderstandingClaimWithdrawn':
      return withWithdrawn(dialogue, fact);
    case 'CommentaryRecorded':
      return { ...dialogue, commentary: [...dialogue.commentary, { ...fact.data, said: said(fact) }] };
    // Every fold asks whether a secretariat has recorded; this event says nothing besides.
    case 'SecretariatEntered':
      return dialogue;
    default:
      return unmoved(dialogue, fact);
  }
}

/** The latest word of each party; what is attributed to it never displaces its own. */
function withLatest(words: readonly Said[], fact: Fact): readonly Said[] {
  const earlier = words.find((one) => one.party === fact.act.party);
  return isHearsay(fact, earlier) ? words : [...words.filter((one) => one !== earlier), said(fact)];
}

/** By which an operator, or the service, records nothing for anybody. */
const ofOperators: ReadonlySet<string> = new Set<keyof typeof dialogueEvents>([
  'PartyKeyRecovered',
  'LogKeyRotated',
  'GuardLossAccepted',
  'LogBegunAnew',
]);

/** Whoever records for neither side is a secretariat. */
function isOfSecretariat({ act, type }: Fact): boolean {
  return act.recorderParty === null && act.capacity !== 'derived' && !ofOperators.has(type);
}

export function evolve(before: Dialogue | null, fact: Fact): Dialogue | null {
  const known = fact as DialogueFact;
  const isOpening = before === null && known.type === 'DialogueOpened';
  const dialogue = isOpening ? born(known) : before;
  if (dialogue === null || isOfStranger(fact.act, dialogue.parties)) return dialogue;
  const hasSecretariat = dialogue.hasSecretariat || isOfSecretariat(fact);
  return {
    ...next(dialogue, known),
    hasSecretariat,
  };
}
