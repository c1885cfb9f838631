import { aldor, brevia } from './synthetic.desks.js';
import { eventOf } from './step.js';
import type { Step } from './step.js';

/** A position on the wrong matter is taken back: nobody has relied on it, so nothing else moves. */
export const syntheticRetraction: readonly Step[] = [
  brevia.does(
    'seafarers',
    'state-position',
    '2025-05-19',
    { stance: 'contests', text: { en: 'The certificates follow the common form.' } },
    'mistaken-position',
  ),
  brevia.keeps('seafarers', 'retract', 'retraction', {
    target: eventOf('mistaken-position'),
    reason: { en: 'Entered on the wrong irritant.' },
  }),
];

/** An act by a key that was stolen: its party says that it is not its own, and both say in the end that it is void. */
export const syntheticRepudiation: readonly Step[] = [
  aldor.does(
    'staff',
    'report-partial-resolution',
    '2025-10-13',
    { text: { en: 'All posts are filled.' } },
    'forged-report',
  ),
  aldor.keeps('staff', 'repudiate', 'repudiation', {
    target: eventOf('forged-report'),
    reason: { en: 'The key of our negotiator was stolen.' },
  }),
  aldor.keeps('staff', 'conclude-act-review', 'review-by-aldor', {
    target: eventOf('forged-report'),
    outcome: 'void',
  }),
  brevia.keeps('staff', 'conclude-act-review', 'review-by-brevia', {
    target: eventOf('forged-report'),
    outcome: 'void',
    reason: { en: 'The key was revoked before the report was seen here.' },
  }),
];

/** One side puts the stage in question; it stays where it was, for both say so in the end. */
export const syntheticReview: readonly Step[] = [
  brevia.does('seafarers', 'open-stage-review', '2025-06-30', {
    stage: 'raised',
    reason: { en: 'The matter was named at the round, and not discussed.' },
  }),
  aldor.does('seafarers', 'conclude-stage-review', '2025-07-02', { stage: 'under-consultation' }),
  brevia.does('seafarers', 'conclude-stage-review', '2025-07-09', { stage: 'under-consultation' }),
];

const erasure = {
  target: eventOf('interpreter'),
  basis: 'personal-data',
  reason: { en: 'The interpreter is a private person.' },
};

/** A name that nobody needs is to go: each side asks for it, through its negotiator. */
export const syntheticErasure: readonly Step[] = [
  brevia.keeps('round-2', 'request-erasure', 'erasure-asked-by-brevia', erasure),
  aldor.keeps('round-2', 'request-erasure', 'erasure-asked-by-aldor', erasure),
];
