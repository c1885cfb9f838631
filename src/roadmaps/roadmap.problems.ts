import { rule } from '../platform/problems/rule.js';
import type { RefusalKind } from '../platform/problems/rule.js';
import { textProblems } from '../platform/problems/text.problems.js';
import type { RoadmapRefusal } from './roadmap-terms.decider.js';

export const roadmapProblems = {
  ...textProblems,
  ROADMAP_TERMINATED: rule(
    'The roadmap is terminated',
    'A terminated roadmap takes no more acts but the other side’s own termination.',
    'Draft a new one.',
  ),
  ROADMAP_NOT_AGREED: rule(
    'No version is agreed',
    'Steps are taken under an agreed version only.',
    'Have both sides assent to the latest version.',
  ),
  STEP_UNKNOWN: rule(
    'There is no such step',
    'The version has no step with this id.',
    'Take the stepId from "steps" of the agreed version.',
  ),
  STEP_TWICE: rule(
    'A step is there twice',
    'Two steps of the version have one id.',
    'Give each step an id of its own.',
  ),
  STEPS_IN_A_CIRCLE: rule(
    'The steps wait for each other',
    'Steps can be taken only in an order; counterparts, due together, count as one.',
    'Take one of the steps that "detail" names out of the "after" of another.',
  ),
  COUNTERPART_WRONG: rule(
    'That is no counterpart',
    'A counterpart step is the reciprocal act of the other side, due at the same time, and of one step only.',
    'Read "detail", and name the step that answers this one.',
  ),
  STEP_WITHOUT_TEXT: rule(
    'A step has no words',
    'What is assented to says in words what each step is.',
    'Give the words in "texts", under the id of the step.',
  ),
  TEXT_WITHOUT_STEP: rule(
    'Words without a step',
    'A text belongs to the preamble or to a step of the version.',
    'Add the step, or leave the text out.',
  ),
  STEP_UNDER_WAY: rule(
    'The step is under way',
    'A step that one side has started is not handed to the other.',
    'Give the step of the other side a new id.',
  ),
  STEP_OF_ANOTHER_IRRITANT: rule(
    'The step is of another irritant',
    'A step is one towards irritants that its version is about.',
    'Add the irritant to "irritantIds" of the version, or leave it out of those of the step.',
  ),
  NOT_RESPONSIBLE: rule(
    'Another side is responsible',
    'A step is started, reported and said to be blocked by the side that owes it.',
    'Let that side act, or record it in its name.',
  ),
  OWN_STEP: rule(
    'The step is your own',
    'A step is accepted, rejected and waived by the side to which it is owed.',
    'Report it done, or say that it is blocked, and wait for the other side.',
  ),
  STEP_SETTLED: rule(
    'The step is settled',
    'The step is accepted or waived.',
    'Nothing more is asked of it; what is to be done in addition is a new step.',
  ),
  STEP_NOT_STARTED: rule(
    'The step is not started',
    'A step is reported done after it was started.',
    'Record that it was started, with the date.',
  ),
  STEP_NOT_REPORTED: rule(
    'The step is not reported done',
    'There is nothing to accept or reject yet.',
    'Wait for the report, or waive the step.',
  ),
  STEP_BLOCKED: rule(
    'The step is blocked',
    'The side that owes the step has said that it is blocked.',
    'Unblock it first.',
  ),
  STEP_DEPENDS_ON_OTHERS: rule(
    'Other steps come first',
    'A step is accepted after those that it comes after are accepted or waived.',
    'Accept or waive the steps that "detail" names.',
  ),
} as const satisfies Record<RoadmapRefusal, RefusalKind>;
