import { accept, hasSaid, nothing, refuse, said } from '#libs/decider';
import type { CommandOf, Decider, Decision, Fact, FactOf, Said } from '#libs/decider';
import type { dialogueCommands } from './dialogue.commands.js';
import type { DialogueFacts, dialogueEvents, thirdPartyRoles } from './dialogue.events.js';

export interface Dialogue extends DialogueFacts {
  readonly series?: string;
  readonly opened: Said;
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
  readonly updated: { readonly eventId: string; readonly recordedAt: string };
}

/** The key of an irritant is assigned by the dialogue; no route gives this command. */
export interface AssignIrritantKey {
  readonly type: 'AssignIrritantKey';
  readonly irritantId: string;
}

export type DialogueCommand =
  CommandOf<typeof dialogueCommands, typeof dialogueEvents, object> | AssignIrritantKey;
export type DialogueRefusal = 'NOT_A_THIRD_PARTY';

type DialogueFact = FactOf<typeof dialogueEvents>;

function born(fact: Extract<DialogueFact, { type: 'DialogueOpened' }>): Dialogue {
  return {
    dialogueId: fact.stream.slice('dialogue-'.length),
    parties: fact.data.parties,
    keyPrefix: fact.data.keyPrefix,
    ...(fact.data.series === undefined ? {} : { series: fact.data.series }),
    synthetic: fact.data.synthetic ?? false,
    opened: said(fact),
    suspensions: [],
    suspendedBy: [],
    aliases: [],
    thirdParties: [],
    commentary: [],
    irritants: [],
    updated: { eventId: fact.id, recordedAt: fact.recordedAt },
  };
}

function withSuspensions(dialogue: Dialogue, suspensions: readonly Said[]): Dialogue {
  return { ...dialogue, suspensions, suspendedBy: suspensions.map((one) => one.party ?? '') };
}

function next(dialogue: Dialogue, fact: DialogueFact): Dialogue {
  switch (fact.type) {
    case 'DialogueOpened':
      return dialogue;
    case 'DialogueSuspended':
      return hasSaid(dialogue.suspensions, fact.act.party)
        ? dialogue
        : withSuspensions(dialogue, [...dialogue.suspensions, said(fact)]);
    case 'DialogueResumed':
      return withSuspensions(
        dialogue,
        dialogue.suspensions.filter((one) => one.party !== fact.act.party),
      );
    case 'PartyAliasRecorded':
      return { ...dialogue, aliases: [...dialogue.aliases, { party: fact.data.party, said: said(fact) }] };
    case 'ThirdPartyRoleAsserted':
      return { ...dialogue, thirdParties: [...dialogue.thirdParties, { ...fact.data, said: said(fact) }] };
    case 'CommentaryRecorded':
      return { ...dialogue, commentary: [...dialogue.commentary, { ...fact.data, said: said(fact) }] };
    case 'IrritantKeyAssigned':
      return { ...dialogue, irritants: [...dialogue.irritants, fact.data] };
    default:
      return dialogue;
  }
}

function evolve(dialogue: Dialogue | null, fact: Fact): Dialogue | null {
  const known = fact as DialogueFact;
  if (dialogue === null) return known.type === 'DialogueOpened' ? born(known) : null;
  return { ...next(dialogue, known), updated: { eventId: fact.id, recordedAt: fact.recordedAt } };
}

/** Numbers are dense as far as the dialogue knows; a raising that fails after this leaves a gap, which is allowed. */
function assignKey(command: AssignIrritantKey, dialogue: Dialogue): Decision<DialogueRefusal> {
  if (dialogue.irritants.some((one) => one.irritantId === command.irritantId)) return nothing;
  const number = dialogue.irritants.reduce((highest, one) => Math.max(highest, one.number), 0) + 1;
  const key = `${dialogue.keyPrefix}-${number}`;
  return accept({
    type: 'IrritantKeyAssigned',
    data: { key, number, irritantId: command.irritantId },
    content: {},
  });
}

function decide(command: DialogueCommand, dialogue: Dialogue | null): Decision<DialogueRefusal> {
  if (command.type === 'OpenDialogue') {
    return dialogue === null ? accept(command.event) : nothing;
  }
  if (dialogue === null) throw new Error(`${command.type} reached a dialogue that was never opened.`);
  switch (command.type) {
    case 'AssignIrritantKey':
      return assignKey(command, dialogue);
    case 'SuspendDialogue':
      return hasSaid(dialogue.suspensions, command.act.party) ? nothing : accept(command.event);
    case 'ResumeDialogue':
      return hasSaid(dialogue.suspensions, command.act.party) ? accept(command.event) : nothing;
    case 'AssertThirdPartyRole':
      return dialogue.parties.includes(command.event.data.thirdParty)
        ? refuse(
            'NOT_A_THIRD_PARTY',
            `${command.event.data.thirdParty} is a party to the dialogue, not a third party.`,
          )
        : accept(command.event);
    case 'RecordPartyAlias':
    case 'RecordCommentary':
      return accept(command.event);
  }
}

export const dialogueDecider: Decider<Dialogue | null, DialogueCommand, DialogueRefusal> = {
  initial: null,
  evolve,
  decide,
};
