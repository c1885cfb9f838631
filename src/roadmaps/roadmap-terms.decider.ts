import type { CommandOf, Decision } from '#libs/decider';
import type { TextRefusal } from '#libs/versioned-text';
import type { roadmapCommands } from './roadmap.commands.js';
import type { roadmapEvents } from './roadmap.events.js';

export type RoadmapRefusal =
  | TextRefusal
  | 'ROADMAP_TERMINATED'
  | 'ROADMAP_NOT_AGREED'
  | 'STEP_UNKNOWN'
  | 'STEP_TWICE'
  | 'STEPS_IN_A_CIRCLE'
  | 'COUNTERPART_WRONG'
  | 'STEP_WITHOUT_TEXT'
  | 'TEXT_WITHOUT_STEP'
  | 'STEP_UNDER_WAY'
  | 'STEP_OF_ANOTHER_IRRITANT'
  | 'NOT_RESPONSIBLE'
  | 'OWN_STEP'
  | 'STEP_SETTLED'
  | 'STEP_NOT_STARTED'
  | 'STEP_NOT_REPORTED'
  | 'STEP_BLOCKED'
  | 'STEP_DEPENDS_ON_OTHERS';

export type RoadmapCommand = CommandOf<typeof roadmapCommands, typeof roadmapEvents, object>;
export type Ask<T extends RoadmapCommand['type']> = Extract<RoadmapCommand, { type: T }>;
export type Refused = Extract<Decision<RoadmapRefusal>, { refused: RoadmapRefusal }>;
