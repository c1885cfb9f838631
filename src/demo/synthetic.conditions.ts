import { aldor, brevia } from './synthetic.desks.js';
import { ref } from './step.js';
import type { Step } from './step.js';

function accepting(terms: string) {
  return { resolutionId: ref(terms), termsHash: ref(terms, 'termsHash') };
}

/** Terms on visas are accepted, and wait for staff, with which both hold them to be settled; for a time also for seafarers. */
export const syntheticConditions: readonly Step[] = [
  brevia.does(
    'visas',
    'propose-resolution',
    '2026-03-02',
    { terms: { en: 'Visas of staff are decided on within a week.' } },
    'visas-terms',
  ),
  aldor.does('visas', 'accept-resolution', '2026-03-16', accepting('visas-terms')),
  aldor.does('visas', 'withdraw-resolution-acceptance', '2026-03-23', {
    resolutionId: ref('visas-terms'),
    reason: { en: 'The capital wants to see the terms on staff first.' },
  }),
  brevia.does('visas', 'linkages/{visas-with-staff}/release', '2026-04-06', {
    reason: { fr: 'Les visas peuvent être réglés seuls.', en: 'Visas can be settled by themselves.' },
  }),
  aldor.does('visas', 'linkages/{visas-with-staff}/retain', '2026-04-20', {
    reason: { en: 'They were taken up as one.' },
  }),
  brevia.does(
    'visas',
    'propose-resolution',
    '2026-04-27',
    { terms: { en: 'Visas of staff are decided on within ten days.' } },
    'visas-terms-of-april',
  ),
  aldor.does('visas', 'accept-resolution', '2026-05-04', accepting('visas-terms-of-april')),
  brevia.does(
    'visas',
    'assert-linkage',
    '2026-05-11',
    { irritantId: ref('seafarers'), condition: 'package', text: { en: 'Both concern consuls.' } },
    'visas-with-seafarers',
  ),
  aldor.does('visas', 'linkages/{visas-with-seafarers}/accept', '2026-05-18'),
  brevia.does('visas', 'linkages/{visas-with-seafarers}/release', '2026-06-08', {
    reason: { en: 'Visits to seafarers will take longer.' },
  }),
  aldor.does('visas', 'linkages/{visas-with-seafarers}/release', '2026-06-22'),
];
