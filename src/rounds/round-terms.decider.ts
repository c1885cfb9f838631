import { isHearsay, refuse } from '#libs/decider';
import type { Act, CommandOf, RefusalOf, Said } from '#libs/decider';
import type { SourceFacts } from '../sources/source.events.js';
import type { roundCommands } from './round.commands.js';
import type { roundEvents } from './round.events.js';

export type RoundRefusal = RefusalOf<typeof roundCommands>;

export interface RoundKnown {
  readonly source?: SourceFacts;
}

export type RoundCommand = CommandOf<typeof roundCommands, typeof roundEvents, RoundKnown>;
export type Ask<T extends RoundCommand['type']> = Extract<RoundCommand, { type: T }>;

/** What is recorded in a party's name neither ends nor replaces what the party has said itself. */
export function refuseOverOwnWord(act: Act, word: Said | undefined, what: string) {
  if (word === undefined || !isHearsay({ act }, word)) return undefined;
  return refuse(
    'OWN_WORD_STANDS',
    `${act.party} itself ${what} (${word.eventId}); what others record in its name does not change that. ${act.party} changes it itself.`,
  );
}
