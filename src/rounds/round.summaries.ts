import { inWords, labelled, quoted, who } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { roundEvents } from './round.events.js';

function on(startsAt: string | undefined, preposition: string): string {
  return startsAt === undefined ? '' : ` ${preposition} ${startsAt}`;
}

export const roundSummaries: SummariesOf<typeof roundEvents> = {
  RoundScheduled: (e) => `Round ${e.data.number} was scheduled${on(e.data.startsAt, 'for')}`,
  DelegationNamed: (e) =>
    `Named as ${e.data.role ?? 'one'} of the ${e.data.party} delegation${e.act.party === null ? ' by the press' : ''}: ${e.content.nameAsGiven ?? '(erased)'}${e.content.titleAsGiven === undefined ? '' : `, ${e.content.titleAsGiven}`}`,
  AgendaItemTabled: (e) => `${who(e)} tabled an agenda item${labelled(e.content.title)}`,
  AgendaItemDiscussed: (e) => `${who(e)} says that it was discussed${quoted(e, 'note')}`,
  RoundConcluded: (e) =>
    `${who(e)} says that the round was held on ${e.data.startsAt}${labelled(e.content.venue)}`,
  RoundConfirmedHeld: (e) => `${who(e)} confirmed that the round was held${quoted(e, 'note')}`,
  RoundPostponed: (e) =>
    `${who(e)} says that the round is postponed${on(e.data.startsAt, 'to')}${quoted(e, 'reason')}`,
  RoundCancelled: (e) => `${who(e)} says that the round was cancelled${quoted(e, 'reason')}`,
  RoundReinstated: (e) =>
    `${who(e)} reinstated the round that it had called off${on(e.data.startsAt, 'for')}${quoted(e, 'reason')}`,
  NextRoundIndicated: (e) => `${who(e)} on the next round${on(e.data.date, 'on')}${quoted(e, 'text')}`,
  AccountPublished: (e) =>
    `${e.data.voice === 'press' ? 'The press' : who(e)} published an account of the round (${e.data.rendering}, ${e.data.lang})`,
  AccountPointRecorded: (e) =>
    `The account of ${e.act.party ?? 'the press'} has it as ${inWords(e.data.kind)}${quoted(e, 'quote')}`,
  AccountSuperseded: (e) =>
    e.act.party === null
      ? `The press replaced an account of its own${quoted(e, 'reason')}`
      : `${who(e)} replaced its account${quoted(e, 'reason')}`,
  DivergenceNoted: (e) => `${who(e)} noted a divergence${quoted(e, 'text')}`,
  DivergenceReconciled: (e) => `${who(e)} holds the divergence settled${quoted(e, 'text')}`,
};
