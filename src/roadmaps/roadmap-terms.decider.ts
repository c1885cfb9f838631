import { refuse } from '#libs/decider';
import type { CommandOf, RefusalOf } from '#libs/decider';
import type { roadmapCommands } from './roadmap.commands.js';
import type { roadmapEvents } from './roadmap.events.js';
import type { Roadmap } from './roadmap.facts.js';

export type RoadmapRefusal = RefusalOf<typeof roadmapCommands>;

export type RoadmapCommand = CommandOf<typeof roadmapCommands, typeof roadmapEvents, object>;
export type Ask<T extends RoadmapCommand['type']> = Extract<RoadmapCommand, { type: T }>;

function terminated({ terminatedBy }: Roadmap) {
  return terminatedBy.length === 0
    ? undefined
    : refuse(
        'ROADMAP_TERMINATED',
        `The roadmap was terminated by ${terminatedBy.map((one) => one.party).join(' and ')}: draft a new one.`,
      );
}

/** Nothing is agreed or done any more under what one side has terminated. */
export const whileItStands =
  <C, D>(rule: (command: C, roadmap: Roadmap) => D) =>
  (command: C, roadmap: Roadmap) =>
    terminated(roadmap) ?? rule(command, roadmap);
