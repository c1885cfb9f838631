import { labelled, quoted, who, wording } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { dialogueEvents } from './dialogue.events.js';

export const dialogueSummaries: SummariesOf<typeof dialogueEvents> = {
  DialogueOpened: (e) =>
    `A dialogue between ${e.data.parties.join(' and ')} was opened${labelled(e.content.name)}`,
  PartyJoined: (e) => `${who(e)} joined the dialogue and speaks for itself from here on`,
  SecretariatEntered: () => 'A secretariat began to record in the dialogue',
  PartyKeyRecovered: (e) =>
    `An operator made a key for ${e.data.party} that no negotiator of ${e.data.party} approved: ${e.content.reason ?? '(erased)'}`,
  PartyNamed: (e) => `${who(e)} calls itself ${wording(e.content.name)}`,
  DialogueSuspended: (e) => `${who(e)} suspended the dialogue${quoted(e, 'reason')}`,
  DialogueResumed: (e) => `${who(e)} lifted its suspension of the dialogue${quoted(e, 'reason')}`,
  PartyAliasRecorded: (e) => `${e.data.party} is also known as ${e.content.alias ?? '(erased)'}`,
  ThirdPartyRoleAsserted: (e) => `${e.data.thirdParty} is said to be ${e.data.role}${quoted(e, 'text')}`,
  CommentaryRecorded: (e) => `${e.content.speaker ?? 'A commentator'} said${quoted(e, 'quote')}`,
  IrritantKeyAssigned: (e) => `The key ${e.data.key} was assigned`,
};
