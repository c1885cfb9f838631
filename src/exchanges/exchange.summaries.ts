import {
  bracketed,
  inWords,
  its,
  labelled,
  ownId,
  placed,
  quoted,
  recorded,
  who,
  wording,
} from '#libs/decider';
import type { LangText, NameOf, NamesOf, SummariesOf } from '#libs/decider';
import type { exchangeEvents } from './exchange.events.js';

const effectInWords = {
  'entered-into-force': 'entered into force',
  'provisionally-applied': 'are provisionally applied',
  ceased: 'ceased to have effect',
} as const;

interface Printed {
  readonly number?: string;
  readonly subject?: LangText;
}

const exchange = (e: { readonly stream: string }, nameOf: NameOf) => its('the exchange of notes', e, nameOf);

function numbered({ number }: Printed): string {
  return number === undefined ? '' : ` No. ${number}`;
}

function note({ number, subject }: Printed): string {
  return [...(number === undefined ? [] : [`No. ${number}`]), wording(subject)]
    .filter((one) => one !== '')
    .join(', ');
}

function answering(noteId: string | undefined, nameOf: NameOf): string {
  return noteId === undefined ? '' : `, in reply to a note${bracketed(nameOf(noteId))}`;
}

export const exchangeSummaries: SummariesOf<typeof exchangeEvents> = {
  ExchangeReported: (e) => `${who(e)} reported an exchange of notes${labelled(e.content.subject)}`,
  NotePresented: (e, nameOf) =>
    `${e.data.from}${recorded(e)} presented a note${numbered(e.content)} to ${e.data.to}${answering(e.data.inReplyTo, nameOf)}${labelled(e.content.subject)}`,
  NoteReceived: (e, nameOf) =>
    `${who(e)} received the note${bracketed(nameOf(e.data.noteId))}${quoted(e, 'remark')}`,
  NoteReplied: (e, nameOf) =>
    `${who(e)} replied by a note${numbered(e.content)} to the note${bracketed(nameOf(e.data.inReplyTo))}${labelled(e.content.subject)}`,
  ExchangeCompleted: (e, nameOf) => `${its('The exchange of notes', e, nameOf)} is complete`,
  ExchangeCoverageAsserted: (e, nameOf) =>
    `${who(e)} said that ${exchange(e, nameOf)} covers ${nameOf(e.data.irritantId, 'irritant') ?? 'the irritant'}${quoted(e, 'text')}`,
  LegalCharacterAsserted: (e, nameOf) =>
    `${who(e)} holds that ${its('the notes exchanged', e, nameOf)} are ${inWords(e.data.character)}${quoted(e, 'text')}`,
  EffectRecorded: (e, nameOf) =>
    `${who(e)} recorded that ${its('the notes exchanged', e, nameOf)} ${effectInWords[e.data.effect]}${e.data.date === undefined ? '' : ` on ${e.data.date}`}${quoted(e, 'text')}`,
  ExchangeTerminated: (e, nameOf) =>
    `${who(e)} terminated what was exchanged by ${its('notes', e, nameOf)}${quoted(e, 'reason')}`,
};

export const exchangeNames: NamesOf<typeof exchangeEvents> = {
  ExchangeReported: (e, seq) => (e.revision === 0 ? [[ownId(e), placed(seq, e.content.subject)]] : []),
  NotePresented: (e, seq) => [
    ...(e.revision === 0 ? [[ownId(e), placed(seq, note(e.content))] as const] : []),
    [e.data.noteId, placed(seq, note(e.content))],
  ],
  NoteReplied: (e, seq) => [[e.data.noteId, placed(seq, note(e.content))]],
};
