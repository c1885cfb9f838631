import type { CommandOf, RefusalOf } from '#libs/decider';
import type { SourceFacts } from '../sources/source.events.js';
import type { roundCommands } from './round.commands.js';
import type { roundEvents } from './round.events.js';

export type RoundRefusal = RefusalOf<typeof roundCommands>;

export interface RoundKnown {
  readonly source?: SourceFacts;
}

export type RoundCommand = CommandOf<typeof roundCommands, typeof roundEvents, RoundKnown>;
export type Ask<T extends RoundCommand['type']> = Extract<RoundCommand, { type: T }>;
