import { labelled, quoted, who } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { exchangeEvents } from './exchange.events.js';

export const exchangeSummaries: SummariesOf<typeof exchangeEvents> = {
  ExchangeReported: (e) => `${who(e)} reported an exchange of notes${labelled(e.content.subject)}`,
  NotePresented: (e) =>
    `${e.data.from} presented a note${e.content.number === undefined ? '' : ` No. ${e.content.number}`} to ${e.data.to}${labelled(e.content.subject)}`,
  NoteReceived: (e) => `${who(e)} received the note${quoted(e, 'remark')}`,
  NoteReplied: (e) => `${who(e)} replied to the note${labelled(e.content.subject)}`,
  ExchangeCompleted: () => 'The exchange is complete',
  ExchangeCoverageAsserted: (e) => `${who(e)} said that the exchange covers the irritant${quoted(e, 'text')}`,
  LegalCharacterAsserted: (e) => `${who(e)} holds that the notes are ${e.data.character}${quoted(e, 'text')}`,
  EffectRecorded: (e) => `${who(e)} recorded that the notes ${e.data.effect}${quoted(e, 'text')}`,
  ExchangeTerminated: (e) => `${who(e)} terminated what was exchanged${quoted(e, 'reason')}`,
};
