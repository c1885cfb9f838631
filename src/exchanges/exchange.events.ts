import { choice, date, event, flag, id, line, means, optional, party, text, derived } from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';
import * as common from '../kernel/fields.js';

export const noteForms = [
  'note-verbale',
  'third-person-note',
  'first-person-note',
  'letter',
  'other',
] as const;
export const legalCharacters = ['binding', 'political', 'not-binding', 'undetermined'] as const;
export const effects = ['entered-into-force', 'provisionally-applied', 'ceased'] as const;

const subject = means(text, 'What it is about, by language.');
/** The number of a note, and the hash of its text where that is held: what people read, and nothing that decides. */
const printed = {
  number: optional(line(80), 'The number that the note bears.'),
  textHash: optional(common.textHash),
  subject: optional(subject),
};
const noteId = means(id, 'The note, from `notes` of the exchange.');
const inReplyTo = means(id, 'The note that is answered.');
const form = means(choice(...noteForms), 'The form of the note.');
const textHeld = means(flag, 'Whether the text of the note is held.');

export const exchangeEvents = {
  ExchangeReported: event(
    { dialogueId: common.dialogueId, synthetic: common.synthetic },
    { subject: optional(subject) },
  ),
  NotePresented: event(
    {
      noteId,
      form,
      from: means(party, 'The party that the note is from.'),
      to: means(party, 'The party that the note goes to.'),
      inReplyTo: optional(inReplyTo),
      textHeld,
    },
    printed,
  ),
  NoteReceived: event({ noteId }, { remark: optional(common.note) }),
  NoteReplied: event({ noteId, inReplyTo, form, textHeld }, printed),
  ExchangeCompleted: derived(event({}), 'The note and the reply to it match: the exchange is complete.'),
  ExchangeCoverageAsserted: event({ irritantId: common.irritantId }, common.remark),
  LegalCharacterAsserted: event(
    {
      character: means(choice(...legalCharacters), 'Whether the party holds what was exchanged to bind.'),
    },
    common.remark,
  ),
  EffectRecorded: event(
    {
      effect: means(choice(...effects), 'What became of what was exchanged.'),
      date: optional(date, 'Since when, in EDTF.'),
    },
    common.remark,
  ),
  ExchangeTerminated: event({}, common.why),
};

export type ExchangeFact = FactOf<typeof exchangeEvents>;

/** What other slices may read of an exchange: the fold of its own stream. */
export interface ExchangeFacts {
  readonly dialogueId: string;
  /** The derived event by which the exchange became complete. */
  readonly completed: Said | null;
  /** Both reports, or the note and its reply: what the completion rests on. */
  readonly completedBy: readonly Said[];
  /** The first assertion of each side about each irritant. */
  readonly coverage: readonly { readonly irritantId: string; readonly said: Said }[];
  /** Whoever said that it is at an end: one side is enough, and by whom it is stands here. */
  readonly terminatedBy: readonly Said[];
}
