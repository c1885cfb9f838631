import { choice, date, event, flag, hash, id, line, optional, party, ref, text } from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';

export const noteForms = [
  'note-verbale',
  'third-person-note',
  'first-person-note',
  'letter',
  'other',
] as const;
export const legalCharacters = ['binding', 'political', 'not-binding', 'undetermined'] as const;
export const effects = ['entered-into-force', 'provisionally-applied', 'ceased'] as const;

/** The number of a note, and the hash of its text where that is held: what people read, and nothing that decides. */
const printed = { number: optional(line(80)), textHash: optional(hash), subject: optional(text) };

export const exchangeEvents = {
  ExchangeReported: event(
    { dialogueId: ref('dialogues', { owns: true }), synthetic: flag },
    { subject: optional(text) },
  ),
  NotePresented: event(
    {
      noteId: id,
      form: choice(...noteForms),
      from: party,
      to: party,
      inReplyTo: optional(id),
      textHeld: flag,
    },
    printed,
  ),
  NoteReceived: event({ noteId: id }, { remark: optional(text) }),
  NoteReplied: event({ noteId: id, inReplyTo: id, form: choice(...noteForms), textHeld: flag }, printed),
  ExchangeCompleted: event({}),
  ExchangeCoverageAsserted: event({ irritantId: ref('irritants') }, { text: optional(text) }),
  LegalCharacterAsserted: event({ character: choice(...legalCharacters) }, { text: optional(text) }),
  EffectRecorded: event({ effect: choice(...effects), date: optional(date) }, { text: optional(text) }),
  ExchangeTerminated: event({}, { reason: optional(text) }),
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
