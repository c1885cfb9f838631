import { array, described, object, oneOfWords, only, ref, uuid } from '../platform/shapes/json-schema.js';
import type { Properties, Schema } from '../platform/shapes/json-schema.js';
import { standingWords } from './amended.js';
import { entryFlags } from './entry-flags.js';

export const entryFlagShape: Schema = object(
  {
    what: described(
      oneOfWords(entryFlags),
      'A source of it was issued before the act happened, so it can’t say of it; the party has said that a source of it is not its own; it answers something that happened later. Dates are compared by all that they can mean, as corrected by then: it is a flag only where they certainly contradict each other.',
    ),
  },
  {
    sourceId: described(uuid, 'Of the first two: the source.'),
    eventId: described(uuid, 'Of the last: what it answers.'),
  },
);

export const flagsShape = described(
  array(ref('EntryFlag')),
  'Only where there are any: what is to be looked at. They refuse nothing and change nothing.',
);

/** How an event is marked where it is told as it came, and not as it stands by now. */
export const unheardMark: Properties = {
  standing: described(
    only('unheard'),
    'Only where it counts at no time, since whoever it names can’t have recorded it so: somebody wrote it into the store by another way. What becomes of an event later, later events say.',
  ),
};

/** How an entry of a history is marked beside what it says. */
export const entryMarks: Properties = {
  standing: described(
    oneOfWords(standingWords),
    'Only where it is not as it was recorded: it counted at no time, since whoever it names can’t have recorded it so (`unheard`); it no longer counts; its party says that it is not its own; or whoever recorded it in the name of another doubts it.',
  ),
  flags: flagsShape,
};
