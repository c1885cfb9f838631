import { aldor, brevia } from './synthetic.desks.js';
import { eventOf } from './step.js';
import type { Step } from './step.js';

/** An acknowledgement on the wrong matter is taken back; a milestone rested on it, so both say what holds. */
export const syntheticRetraction: readonly Step[] = [
  brevia.does(
    'seafarers',
    'acknowledge',
    '2025-05-19',
    { statement: { en: 'The matter will be taken up, without prejudice.' } },
    'mistaken-acknowledgement',
  ),
  brevia.keeps('seafarers', 'retract', 'retraction', {
    target: eventOf('mistaken-acknowledgement'),
    reason: { en: 'Entered on the wrong irritant.' },
  }),
  brevia.does('seafarers', 'conclude-stage-review', '2025-05-26', { stage: 'raised' }),
  aldor.does('seafarers', 'conclude-stage-review', '2025-05-28', { stage: 'raised' }),
];

const erasure = {
  target: eventOf('interpreter'),
  basis: 'personal-data',
  reason: { en: 'The interpreter is a private person.' },
};

/** A name that nobody needs is to go: each side asks for it, through its negotiator. */
export const syntheticErasure: readonly Step[] = [
  brevia.keeps('round-2', 'request-erasure', 'erasure-asked-by-brevia', erasure),
  // A cluster of EventStoreDB can't take words out, and refuses the second request.
  {
    ...aldor.keeps('round-2', 'request-erasure', 'erasure-asked-by-aldor', erasure),
    unless: 'erasure-unsupported',
  },
];
