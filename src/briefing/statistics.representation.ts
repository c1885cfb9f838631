import { categories } from '../irritants/irritant.events.js';
import { array, byKey, described, object, oneOfWords, orNull, seq } from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';

const number = { type: 'number' };
const medianAgeDays = described(orNull(number), 'Of those still open; null where none is.');
const side = object({
  raised: seq,
  open: seq,
  medianAgeDays,
  claims: object({
    made: seq,
    confirmed: seq,
    partlyConfirmed: described(
      seq,
      'Of which the other side has confirmed a part, whatever became of the rest.',
    ),
    denied: seq,
    withdrawn: seq,
    unanswered: seq,
    shareConfirmed: described(orNull(number), 'Of 1, those confirmed whole; null where none was made.'),
  }),
  commitments: described(
    object({ undertaken: seq, kept: seq, late: seq, allegedBroken: seq, waived: seq }),
    'Those that this side owes. Late is what is overdue, and what was fulfilled after it was due.',
  ),
});
const figures: Properties = {
  irritants: seq,
  open: seq,
  medianAgeDays,
  stages: described(
    byKey(object({ now: seq, everReached: seq, medianDays: orNull(number) })),
    'Only stages that were ever reached: how many stand in it, how many ever did, and for how long.',
  ),
  sides: byKey(side),
};

/** The figures of a whole dialogue, and of each category in it. */
export const statisticsFigures: Properties = {
  total: object(figures),
  categories: array(object({ category: oneOfWords(categories), ...figures })),
};
