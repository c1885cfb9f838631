import { accept, ending, isHearsay, nothing, refuse, ruledBy, said, unmoved, withWord } from '#libs/decider';
import type { Act, CommandOf, Decider, Fact, FactOf, RefusalOf, RulesOf, Said } from '#libs/decider';
import type { dialogueCommands } from './dialogue.commands.js';
import {
  liftSignedActs,
  noKeys,
  registerKey,
  requireSignedActs,
  revokeKey,
  withKeyFact,
} from './dialogue-keys.decider.js';
import type { KeyFacts, KeyKnown } from './dialogue-keys.decider.js';
import {
  acceptGuardLoss,
  beginLogAnew,
  noLogFacts,
  rotateLogKey,
  withLogFact,
} from './dialogue-log.decider.js';
import type { LogCommand, LogFacts } from './dialogue-log.decider.js';
import { resume, suspend } from './dialogue-suspensions.decider.js';
import type { DialogueFacts, dialogueEvents, FirstKey, thirdPartyRoles } from './dialogue.events.js';

export interface Dialogue extends Omit<DialogueFacts, keyof KeyFacts>, KeyFacts, LogFacts {
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

/** What the rules of a dialogue need to know from elsewhere. */
export interface DialogueKnown extends KeyKnown {
  /** How the first key of the acting party's negotiators came about. */
  readonly firstKey?: FirstKey;
}

/** No route gives this command: it goes before the first thing that a secretariat records elsewhere. */
export interface EnterSecretariat {
  readonly type: 'EnterSecretariat';
  readonly act: Act;
}

/** Given on the folder alone, with the key that it is about. */
export interface RecoverKey {
  readonly type: 'RecoverKey';
  readonly act: Act;
  readonly party: string;
  readonly keyId: string;
  readonly reason: string;
}

export type DialogueCommand =
  | CommandOf<typeof dialogueCommands, typeof dialogueEvents, DialogueKnown>
  | EnterSecretariat
  | RecoverKey
  | LogCommand;
export type DialogueRefusal = RefusalOf<typeof dialogueCommands>;

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

function evolve(before: Dialogue | null, fact: Fact): Dialogue | null {
  const known = fact as DialogueFact;
  const isOpening = before === null && known.type === 'DialogueOpened';
  const dialogue = isOpening ? born(known) : before;
  if (dialogue === null) return null;
  const hasSecretariat = dialogue.hasSecretariat || isOfSecretariat(fact);
  return {
    ...next(dialogue, known),
    hasSecretariat,
  };
}

/** It says what the party's voice rests on: how the first key of its negotiators came about. */
function joining({ facts }: { readonly facts: DialogueKnown }) {
  const data = facts.firstKey === undefined ? {} : { firstKey: facts.firstKey };
  return { type: 'PartyJoined', data, content: {} };
}

/** Who opens a dialogue as a party joins it with that. */
function open(command: Extract<DialogueCommand, { type: 'OpenDialogue' }>) {
  return command.act.party === null ? accept(command.event) : accept(command.event, joining(command));
}

const rules: Omit<RulesOf<typeof dialogueCommands, DialogueCommand, Dialogue>, 'OpenDialogue'> = {
  EnterSecretariat: (_, { hasSecretariat }) =>
    hasSecretariat ? nothing : accept({ type: 'SecretariatEntered', data: {}, content: {} }),
  RecoverKey: ({ party, keyId, reason }) =>
    accept({ type: 'PartyKeyRecovered', data: { party, keyId }, content: { reason } }),
  RotateLogKey: rotateLogKey,
  AcceptGuardLoss: acceptGuardLoss,
  BeginLogAnew: beginLogAnew,
  JoinDialogue: (command, { joined }) =>
    joined.includes(command.act.party ?? '') ? nothing : accept(joining(command)),
  RegisterPartyKey: registerKey,
  RevokePartyKey: revokeKey,
  RequireSignedActs: requireSignedActs,
  LiftSignedActs: liftSignedActs,
  SuspendDialogue: (command, { suspensions }) => suspend(command, suspensions),
  ResumeDialogue: (command, { suspensions }) => resume(command, suspensions),
  AssertThirdPartyRole: ({ event }, { parties }) =>
    parties.includes(event.data.thirdParty)
      ? refuse('NOT_A_THIRD_PARTY', `${event.data.thirdParty} is a party to the dialogue, not a third party.`)
      : accept(event),
  NameParty: ({ act, event }, { names }) =>
    accept(
      ending(
        event,
        names.find((one) => one.party === act.party),
      ),
    ),
  RecordPartyAlias: ({ event }) => accept(event),
  RecordCommentary: ({ event }) => accept(event),
};

export const dialogueDecider: Decider<Dialogue | null, DialogueCommand, DialogueRefusal> = {
  initial: null,
  evolve,
  decide: ruledBy({ type: 'OpenDialogue', create: open }, rules),
};
