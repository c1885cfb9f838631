/** The events by which others may drop out of a fold, with all that rests on them. */
export const takingOut = [
  'EventRetracted',
  'AttributionDisavowed',
  'AttributionVoid',
  'AttributionContradicted',
  'ActReviewConcluded',
  'MilestoneLifted',
] as const;
