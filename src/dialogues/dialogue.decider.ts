import { accept, ending, nothing, refuse, ruledBy } from '#libs/decider';
import type { Act, CommandOf, Decider, RefusalOf, RulesOf } from '#libs/decider';
import { claim, confirmClaim, denyClaim, withdrawClaim } from '../kernel/claims.decider.js';
import type { dialogueCommands } from './dialogue.commands.js';
import { liftSignedActs, registerKey, requireSignedActs, revokeKey } from './dialogue-keys.decider.js';
import type { KeyKnown } from './dialogue-keys.decider.js';
import { acceptGuardLoss, beginLogAnew, rotateLogKey } from './dialogue-log.decider.js';
import type { LogCommand } from './dialogue-log.decider.js';
import { resume, suspend } from './dialogue-suspensions.decider.js';
import type { dialogueEvents, FirstKey } from './dialogue.events.js';
import { evolve } from './dialogue.facts.js';
import type { Dialogue } from './dialogue.facts.js';

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
  // What concerns no irritant, so that it moves no stage; a suspension refuses nothing, so that it is never closed.
  ClaimDialogueUnderstanding: (command, dialogue) => claim(command, dialogue),
  ConfirmDialogueUnderstanding: (command, dialogue) => confirmClaim(command, dialogue),
  DenyDialogueUnderstanding: (command, dialogue) => denyClaim(command, dialogue),
  WithdrawDialogueUnderstandingClaim: (command, dialogue) => withdrawClaim(command, dialogue),
  RecordPartyAlias: ({ event }) => accept(event),
  RecordCommentary: ({ event }) => accept(event),
};

export const dialogueDecider: Decider<Dialogue | null, DialogueCommand, DialogueRefusal> = {
  initial: null,
  evolve,
  decide: ruledBy({ type: 'OpenDialogue', create: open }, rules),
};
