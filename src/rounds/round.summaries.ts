import { bracketed, inWords, itself, labelled, ownId, placed, quoted, recorded, who } from '#libs/decider';
import type { Act, NameOf, NamesOf, SummariesOf } from '#libs/decider';
import type { roundEvents } from './round.events.js';

function on(startsAt: string | undefined, preposition: string): string {
  return startsAt === undefined ? '' : ` ${preposition} ${startsAt}`;
}

const round = (e: { readonly stream: string }, nameOf: NameOf) => itself(e, nameOf, 'the round');

/** The press speaks for no party. */
function speaker(e: { readonly act: Act }): string {
  return e.act.party === null ? `The press${recorded(e)}` : who(e);
}

const matter = (id: string | undefined, nameOf: NameOf) =>
  id === undefined ? undefined : (nameOf(id, 'irritant') ?? 'the irritant');

/** On which irritant, where it is on one. */
function onMatter(id: string | undefined, nameOf: NameOf): string {
  return id === undefined ? '' : ` on ${matter(id, nameOf) ?? ''}`;
}

function account(id: string | undefined, nameOf: NameOf): string {
  return id === undefined ? '' : bracketed(nameOf(id));
}

export const roundSummaries: SummariesOf<typeof roundEvents> = {
  RoundScheduled: (e) =>
    `Round ${e.data.number} was scheduled${on(e.data.startsAt, 'for')}${e.act.party === null ? recorded(e) : `, as ${who(e)} says`}`,
  DelegationNamed: (e, nameOf) =>
    `${speaker(e)} named as ${e.data.role ?? 'one'} of the ${e.data.party} delegation to ${round(e, nameOf)}${e.data.accountId === undefined ? '' : `, in the account${account(e.data.accountId, nameOf)}`}: ${e.content.nameAsGiven ?? '(erased)'}${e.content.titleAsGiven === undefined ? '' : `, ${e.content.titleAsGiven}`}`,
  AgendaItemTabled: (e, nameOf) =>
    `${who(e)} tabled an item of the agenda of ${round(e, nameOf)}${onMatter(e.data.irritantId, nameOf)}${labelled(e.content.title)}`,
  AgendaItemDiscussed: (e, nameOf) =>
    `${who(e)} says that ${matter(e.data.irritantId, nameOf) ?? 'it'} was discussed at ${round(e, nameOf)}${quoted(e, 'note')}`,
  RoundConcluded: (e, nameOf) =>
    `${who(e)} says that ${round(e, nameOf)} was held on ${e.data.startsAt}${labelled(e.content.venue)}`,
  RoundConfirmedHeld: (e, nameOf) =>
    `${who(e)} confirmed that ${round(e, nameOf)} was held${quoted(e, 'note')}`,
  RoundPostponed: (e, nameOf) =>
    `${who(e)} says that ${round(e, nameOf)} is postponed${on(e.data.startsAt, 'to')}${quoted(e, 'reason')}`,
  RoundCancelled: (e, nameOf) =>
    `${who(e)} says that ${round(e, nameOf)} was cancelled${quoted(e, 'reason')}`,
  RoundReinstated: (e, nameOf) =>
    `${who(e)} reinstated ${round(e, nameOf)}, which it had called off${on(e.data.startsAt, 'for')}${quoted(e, 'reason')}`,
  NextRoundIndicated: (e, nameOf) =>
    `${who(e)} on the round after ${round(e, nameOf)}${on(e.data.date, 'on')}${quoted(e, 'text')}`,
  AccountPublished: (e, nameOf) =>
    `${speaker(e)} published an account of ${round(e, nameOf)} (${e.data.rendering}, ${e.data.lang}), by the source${bracketed(nameOf(e.data.sourceId, 'source'))}`,
  AccountPointRecorded: (e, nameOf) =>
    `The account${account(e.data.accountId, nameOf)} of ${e.act.party ?? 'the press'}${recorded(e)} has ${matter(e.data.irritantId, nameOf) ?? 'a point'} as ${inWords(e.data.kind)}${quoted(e, 'quote')}`,
  AccountSuperseded: (e, nameOf) =>
    `${speaker(e)} replaced its account${account(e.data.accountId, nameOf)}${e.data.supersededBy === undefined ? '' : ` by another one${account(e.data.supersededBy, nameOf)}`}${quoted(e, 'reason')}`,
  DivergenceNoted: (e, nameOf) =>
    `${who(e)} noted a divergence of the accounts of ${round(e, nameOf)}${onMatter(e.data.irritantId, nameOf)}${quoted(e, 'text')}`,
  DivergenceReconciled: (e, nameOf) =>
    `${who(e)} holds the divergence${bracketed(nameOf(e.data.divergenceId))} settled${quoted(e, 'text')}`,
};

export const roundNames: NamesOf<typeof roundEvents> = {
  RoundScheduled: (e) => [[ownId(e), `round ${e.data.number}`]],
  AccountPublished: (e, seq, nameOf) => [
    [e.data.accountId, placed(seq, `${round(e, nameOf)}, ${e.data.rendering}, ${e.data.lang}`)],
  ],
  DivergenceNoted: (e, seq) => [[e.data.divergenceId, placed(seq, e.content.text)]],
};
