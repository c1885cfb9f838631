import type { LangText, WordsOf } from '#libs/decider';

/** Somebody who has names: a party, by its code, or a person, by an id. Names of either may stand in other entries. */
export type Bearer = `party ${string}` | `person ${string}`;

/** Codes may be agreed in a dialogue, so the names of its parties hold there alone. */
export const theParty = (code: string, dialogueId: string): Bearer => `party ${code} in ${dialogueId}`;
export const thePerson = (personId: string): Bearer => `person ${personId}`;

/** A name or a number that is a word of an event: no text where its words are erased. */
export interface Given {
  readonly name: unknown;
  readonly eventId: string;
}

/** What a search knows of an entry beyond the words of its events; read from the same fold as everything else. */
export interface Finding<S> {
  /** What a hit is called, where its representation has neither title nor name. */
  readonly title?: (state: S, wordsOf: WordsOf) => LangText | undefined;
  /** Designations that stand in no wording, such as a key, which no word has, or the number of a note. */
  readonly designations?: (state: S, wordsOf: WordsOf) => readonly (string | Given)[];
  /** Whom the entry concerns: it is found by every name of theirs, wherever in the record that name was given. */
  readonly concerns?: (state: S) => readonly Bearer[];
  /** The names that this entry gives somebody. */
  readonly names?: (state: S, wordsOf: WordsOf) => readonly (Given & { readonly of: Bearer })[];
  /** Other entries that those persons had to do with here, by id: they are found by the persons' names too. */
  readonly lendsPersonsTo?: (state: S) => readonly string[];
}
