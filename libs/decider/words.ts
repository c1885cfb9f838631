import type { Act, EventSchemas, Fact, Infer, LangText, Occurred, SourceRef } from './schema.js';
import type { Said } from './said.js';

/** What people read of one event; null once it is erased. */
export interface Words {
  readonly [field: string]: unknown;
}

/** Finds the words of an event by its id; an event without words, or with erased ones, gives none. */
export type WordsOf = (eventId: string) => Words;

/** A recorded event with its words, for summaries and views. Nothing that decides takes this. */
export type Told<T extends string = string, D = unknown, C = Words> = Fact<T, D> & { readonly content: C };

/** One wording out of several languages: the preferred one where it exists, else the first. */
export function wording(text: LangText | undefined, preferred = 'en'): string {
  if (text === undefined) return '';
  return text[preferred] ?? Object.values(text)[0] ?? '';
}

/** The wording as a summary's tail, quoted; nothing where there are no words. */
export function quoted(text: LangText | undefined): string {
  const words = wording(text);
  return words === '' ? '' : `: “${words}”`;
}

/** A code of the record as people read it: `seeks-action` is said as “seeks action”. */
export function inWords(code: string): string {
  return code.replaceAll('-', ' ');
}

/** The party that acts, as a summary's subject. */
export function who(event: { readonly act: Act }): string {
  return event.act.party ?? 'The record';
}

/** One sentence for each event type, in the third person, saying who did what. */
export type SummariesOf<S extends EventSchemas> = {
  readonly [T in keyof S & string]: (
    event: Told<T, Infer<S[T]['data']>, Partial<Infer<S[T]['content']>>>,
  ) => string;
};

/** Who said it, when and on which evidence, in the shape that every view shows. */
export interface SaidView {
  readonly eventId: string;
  readonly party: string | null;
  readonly capacity: Act['capacity'];
  readonly endorsedBy?: string;
  readonly occurred?: Occurred;
  readonly recordedAt: string;
  readonly sources: readonly SourceRef[];
}

export function saidView(said: Said): SaidView {
  return {
    eventId: said.eventId,
    party: said.party,
    capacity: said.capacity,
    ...(said.endorsedBy === undefined ? {} : { endorsedBy: said.endorsedBy }),
    ...(said.occurred === undefined ? {} : { occurred: said.occurred }),
    recordedAt: said.recordedAt,
    sources: said.sources,
  };
}

/** The said act together with its own words. */
export function toldView(said: Said, wordsOf: WordsOf): SaidView & Words {
  return { ...wordsOf(said.eventId), ...saidView(said) };
}

/** When it happened, as claimed; where nobody claimed a time, when it was recorded. */
export function since(said: Pick<Said, 'occurred' | 'recordedAt'>): string {
  return said.occurred?.edtf ?? said.recordedAt;
}
