import type { CommandOf, Decision, RefusalOf } from '#libs/decider';
import type { roadmapCommands } from './roadmap.commands.js';
import type { roadmapEvents } from './roadmap.events.js';

export type RoadmapRefusal = RefusalOf<typeof roadmapCommands>;

export type RoadmapCommand = CommandOf<typeof roadmapCommands, typeof roadmapEvents, object>;
export type Ask<T extends RoadmapCommand['type']> = Extract<RoadmapCommand, { type: T }>;
export type Refused = Extract<Decision<RoadmapRefusal>, { refused: RoadmapRefusal }>;
