import { inWords, labelled, quoted, who } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { roundEvents } from './round.events.js';

export const roundSummaries: SummariesOf<typeof roundEvents> = {
  RoundScheduled: (e) =>
    `Round ${e.data.number} was scheduled${e.data.startsAt === undefined ? '' : ` for ${e.data.startsAt}`}`,
  DelegationNamed: (e) =>
    `Named as ${e.data.role} of the ${e.data.party} delegation: ${e.content.nameAsGiven ?? '(erased)'}${e.content.titleAsGiven === undefined ? '' : `, ${e.content.titleAsGiven}`}`,
  AgendaItemTabled: (e) => `${who(e)} tabled an agenda item${labelled(e.content.title)}`,
  AgendaItemDiscussed: (e) => `${who(e)} says that it was discussed${quoted(e, 'note')}`,
  RoundConcluded: (e) =>
    `${who(e)} says that the round was held on ${e.data.startsAt}${labelled(e.content.venue)}`,
  RoundConfirmedHeld: (e) => `${who(e)} confirmed that the round was held`,
  RoundCancelled: (e) => `${who(e)} says that the round was cancelled${quoted(e, 'reason')}`,
  NextRoundIndicated: (e) => `${who(e)} on the next round${quoted(e, 'text')}`,
  AccountPublished: (e) =>
    `${e.data.rendering === 'press' ? 'The press rendered the account of' : 'Account of'} ${e.data.party} (${e.data.lang})`,
  AccountPointRecorded: (e) =>
    `The account of ${who(e)} has it as ${inWords(e.data.kind)}${quoted(e, 'quote')}`,
  AccountSuperseded: (e) => `${who(e)} replaced its account${quoted(e, 'reason')}`,
  DivergenceNoted: (e) => `${who(e)} noted a divergence${quoted(e, 'text')}`,
  DivergenceReconciled: (e) => `${who(e)} holds the divergence settled${quoted(e, 'text')}`,
};
