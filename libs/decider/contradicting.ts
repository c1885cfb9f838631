import type { CommandBase, Decided } from './decider.js';
import { isOwnWord } from './said.js';
import type { Said } from './said.js';

/**
 * The consequence of a party's own word that says otherwise than these: those that were attributed to it drop out, with
 * all that followed from them here and elsewhere, as if it had disavowed them.
 */
export function contradicting(
  command: CommandBase,
  ...words: readonly (Said | undefined)[]
): readonly Decided[] {
  return words.flatMap((word) =>
    word === undefined || !isOwnWord(command, word)
      ? []
      : [{ type: 'AttributionContradicted', data: { target: word.eventId }, content: {}, derivedFrom: [] }],
  );
}
