import { toldView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import { array, described, object, oneOfWords, uuid } from '../platform/shapes/json-schema.js';
import type { Published } from '../platform/shapes/json-schema.js';
import { told, toldWithData } from '../platform/shapes/said-shapes.js';
import type { Resolution, Resolutions } from './irritant-resolutions.facts.js';
import { irritantEvents } from './irritant.events.js';

function resolutionView({ said, answer, takenBack, ...rest }: Resolution, wordsOf: WordsOf) {
  return {
    ...rest,
    ...toldView(said, wordsOf),
    ...(answer === undefined ? {} : { answer: toldView(answer, wordsOf) }),
    ...(takenBack === undefined ? {} : { takenBack: toldView(takenBack, wordsOf) }),
  };
}

export function resolutionsView({ resolutions }: Resolutions, wordsOf: WordsOf) {
  return { resolutions: resolutions.map((one) => resolutionView(one, wordsOf)) };
}

const condition = object({ linkageId: uuid, on: described(uuid, 'The other irritant.') });

const ResolutionShape = toldWithData(
  irritantEvents.ResolutionProposed,
  {
    state: oneOfWords(['proposed', 'conditional', 'accepted', 'rejected', 'withdrawn']),
  },
  {
    answer: told(irritantEvents.ResolutionRejected),
    conditions: described(
      array(condition),
      'While it is conditional: the accepted linkages by which it waits, and the irritants that it waits for.',
    ),
    takenBack: described(
      told(irritantEvents.ResolutionAcceptanceWithdrawn),
      'The withdrawal of an acceptance that was conditional; the terms are open again.',
    ),
  },
);

export const resolutionsShape: Published<typeof resolutionsView> = { resolutions: array(ResolutionShape) };
