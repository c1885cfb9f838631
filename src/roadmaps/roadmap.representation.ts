import type { Properties } from '../platform/shapes/json-schema.js';
import { agreement, assents, ending } from '../platform/shapes/version-shapes.js';
import { roadmapEvents } from './roadmap.events.js';
import { roadmapStatuses } from './roadmap.facts.js';
import {
  array,
  described,
  object,
  oneOfWords,
  orNull,
  said,
  synthetic,
  text,
  uuid,
} from '../platform/shapes/json-schema.js';
import { optionalOf, required } from '../platform/shapes/fields.js';
import { everywhere, told, toldWithData } from '../platform/shapes/said-shapes.js';

const stepWord = orNull(told(roadmapEvents.StepStarted));
const progress: Properties = {
  state: oneOfWords(['open', 'started', 'reported', 'rejected', 'blocked', 'accepted', 'waived']),
  started: stepWord,
  reported: stepWord,
  rejected: stepWord,
  accepted: stepWord,
  waived: stepWord,
  blocked: stepWord,
};
const stepShape = roadmapEvents.RoadmapVersionTabled.data.steps.of.of;

export const roadmapRepresentation = object({
  ...everywhere,
  dialogueId: uuid,
  synthetic,
  status: oneOfWords(roadmapStatuses),
  title: orNull(text),
  irritantIds: array(uuid),
  versions: array(toldWithData(roadmapEvents.RoadmapVersionTabled)),
  ...assents(roadmapEvents.RoadmapAssentGiven, roadmapEvents.RoadmapAssentWithdrawn),
  agreed: agreement(roadmapEvents.RoadmapVersionAgreed, roadmapEvents.RoadmapAssentGiven),
  steps: described(
    array(
      object(
        {
          ...required(stepShape),
          text: orNull(text),
          acceptance: described(orNull(text), 'How it is found to be done.'),
          waitsFor: described(array(uuid), 'The steps before it that are neither accepted nor waived.'),
          ...progress,
        },
        optionalOf(stepShape),
      ),
    ),
    'The steps of the agreed version, with what was done about each.',
  ),
  formerSteps: described(
    array(object({ stepId: uuid, ...progress })),
    'What was done about steps that an amendment has dropped.',
  ),
  openMandatorySteps: described(
    array(object({ stepId: uuid, irritantIds: array(uuid) })),
    'The mandatory steps that are neither accepted nor waived, and what each is a step towards.',
  ),
  completed: orNull(said),
  ...ending(roadmapEvents.RoadmapTerminated),
  drafted: told(roadmapEvents.RoadmapDrafted),
});
