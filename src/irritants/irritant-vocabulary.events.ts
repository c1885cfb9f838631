export const categories = [
  'property',
  'banking',
  'international-dues',
  'visas',
  'freedom-of-movement',
  'local-staff',
  'air-connectivity',
  'mission-operations',
  'trade',
  'consular',
  'border',
  'detention',
  'missing-persons',
  'debt',
  'security',
  'media',
  'status',
  'other',
] as const;

export const stances = ['seeks-action', 'acknowledges', 'contests', 'part-resolved', 'resolved'] as const;

/** From the lowest to the highest, some of one rank; the last three are closed. */
export const stages = [
  'raised',
  'under-consultation',
  'roadmap-in-principle',
  'agreed-in-principle',
  'roadmap-agreed',
  'agreed',
  'in-implementation',
  'resolved',
  'withdrawn',
  'dormant',
] as const;
export type Stage = (typeof stages)[number];

/** What holds beside the stage. */
export const overlays = [
  'suspended',
  'part-resolved',
  'breach-alleged',
  'conditional',
  'stage-under-review',
  'instrument-ended',
] as const;
export type Overlay = (typeof overlays)[number];

export const instrumentKinds = ['round', 'exchange', 'proposal', 'roadmap', 'commitment', 'asset'] as const;
export type InstrumentKind = (typeof instrumentKinds)[number];
/** Another irritant that a side linked with this one is no instrument: nothing of it counts here. */
export const linkedKinds = [...instrumentKinds, 'irritant'] as const;
export type LinkedKind = (typeof linkedKinds)[number];

/** How the irritant on which it is asserted stands to the other one. */
export const linkageConditions = ['precedes', 'together', 'package', 'other'] as const;
