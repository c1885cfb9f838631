import { inWords, quoted, who } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { amendmentEvents } from './amendments.js';

export const amendmentSummaries: SummariesOf<typeof amendmentEvents> = {
  EventCorrected: (e) =>
    `An earlier entry was corrected (${[...(e.data.occurred === undefined ? [] : ['when it happened']), ...(e.content.content === undefined ? [] : ['its words'])].join(' and ')})`,
  EventRetracted: (e) => `An earlier entry was retracted${quoted(e, 'reason')}`,
  ErasureRequested: (e) =>
    `${e.act.party ?? 'A secretariat'} asked for the erasure of the words of an earlier entry${quoted(e, 'reason')}`,
  ContentErased: () => 'The words of an earlier entry were erased',
  AttributionEndorsed: (e) => `${who(e)} endorsed an entry that was recorded in its name${quoted(e, 'note')}`,
  AttributionDisavowed: (e) =>
    `${who(e)} disavowed an entry that was recorded in its name (${inWords(e.data.ground)})${quoted(e, 'reason')}`,
  AttributionVoid: () =>
    'An entry is void: it landed in the record when it could not be recorded any more, as a party had joined, or disowned its source, or asked that its own acts be signed, or a secretariat had come',
  AttributionContradicted: () =>
    'An entry no longer counts: the party in whose name it was recorded has said otherwise itself',
  AttributionDoubted: (e) =>
    `${e.act.party ?? 'A secretariat'} doubts an entry that it recorded in the name of another${quoted(e, 'reason')}`,
  ActRepudiated: (e) => `${who(e)} said that an entry under its name was not its own${quoted(e, 'reason')}`,
  ActReviewConcluded: (e) =>
    `${who(e)} concluded on an entry that was repudiated: it ${e.data.outcome === 'void' ? 'is void' : 'stands'}${quoted(e, 'reason')}`,
  MilestoneLifted: () => 'What rested on an entry that dropped out dropped out with it',
};
