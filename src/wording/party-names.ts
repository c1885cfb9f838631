import { wording } from '#libs/decider';
import type { LangText } from '#libs/decider';
import type { DialogueDocument } from '../reading/documents.js';

export type PartyNames = ReadonlyMap<string, string>;

/** What each party calls itself; one that has not named itself is shown by its code. */
export function namesOf(dialogue: DialogueDocument): PartyNames {
  const names = dialogue.names as readonly { readonly party: string | null; readonly name?: LangText }[];
  return new Map(
    names.flatMap(({ party, name }) => {
      const called = wording(name);
      return party === null || called === '' ? [] : [[party, called] as const];
    }),
  );
}
