import { quoted, who } from '#libs/decider';
import type { SummariesOf } from '#libs/decider';
import type { exchangeEvents } from './exchange.events.js';

export const exchangeSummaries: SummariesOf<typeof exchangeEvents> = {
  ExchangeReported: (e) => `${who(e)} reported an exchange of notes${quoted(e.content.subject)}`,
  NotePresented: (e) =>
    `${e.data.from} presented a note${e.data.number === undefined ? '' : ` No. ${e.data.number}`} to ${e.data.to}${quoted(e.content.subject)}`,
  NoteReceived: (e) => `${who(e)} received the note${quoted(e.content.remark)}`,
  NoteReplied: (e) => `${who(e)} replied to the note${quoted(e.content.subject)}`,
  ExchangeCompleted: () => 'The exchange is complete',
  ExchangeCoverageAsserted: (e) =>
    `${who(e)} said that the exchange covers the irritant${quoted(e.content.wording)}`,
  LegalCharacterAsserted: (e) =>
    `${who(e)} holds that the notes are ${e.data.character}${quoted(e.content.wording)}`,
  EffectRecorded: (e) => `${who(e)} recorded that the notes ${e.data.effect}${quoted(e.content.wording)}`,
  ExchangeTerminated: (e) => `${who(e)} terminated what was exchanged${quoted(e.content.reason)}`,
};
