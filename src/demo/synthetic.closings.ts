import { aldor, brevia } from './synthetic.desks.js';
import { eventOf, ref } from './step.js';
import type { Step } from './step.js';

/** Terms are rejected, proposed again and taken back, and in the end those of the other side are accepted. */
const resolved: readonly Step[] = [
  aldor.does(
    'building',
    'propose-resolution',
    '2026-03-30',
    { terms: { en: 'The house is returned; damage of 84,000.50 EUR is paid.' } },
    'first-terms',
  ),
  brevia.does('building', 'reject-resolution', '2026-04-13', {
    resolutionId: ref('first-terms'),
    reason: { en: 'The damage is disputed.' },
  }),
  aldor.does(
    'building',
    'propose-resolution',
    '2026-04-27',
    { terms: { en: 'The house is returned; the damage is put to an expert.' } },
    'second-terms',
  ),
  aldor.does('building', 'withdraw-resolution-proposal', '2026-05-04', {
    resolutionId: ref('second-terms'),
    reason: { en: 'An expert would cost more than the roof.' },
  }),
  brevia.does(
    'building',
    'propose-resolution',
    '2026-05-18',
    {
      terms: {
        en: 'The house is returned by the protocol of 16 March 2026, and no side asks for anything more.',
        fr: 'La maison est restituée par le protocole du 16 mars 2026, et aucune partie ne demande rien de plus.',
      },
    },
    'last-terms',
  ),
  aldor.does('building', 'accept-resolution', '2026-06-08', {
    resolutionId: ref('last-terms'),
    termsHash: ref('last-terms', 'termsHash'),
  }),
];

const withdrawn: readonly Step[] = [
  brevia.does('flights', 'withdraw', '2025-09-10', { reason: { en: 'The airline has ended the line.' } }),
];

/** Left to rest and taken up again; then one of its two raisers withdraws, which the other has not yet done. */
const dormant: readonly Step[] = [
  aldor.does('visas', 'propose-dormancy', '2024-10-21', { reason: { en: 'Requests have become few.' } }),
  brevia.does('visas', 'decline-dormancy', '2024-11-04', { reason: { en: 'Nine are still pending.' } }),
  brevia.does('visas', 'propose-dormancy', '2025-07-07'),
  aldor.does('visas', 'accept-dormancy', '2025-07-21', {}, 'visas-dormant'),
  brevia.does('visas', 'reopen', '2026-02-09', {
    closingEventId: eventOf('visas-dormant'),
    reason: { fr: 'Les délais s’allongent de nouveau.', en: 'It takes longer again.' },
  }),
  aldor.does('visas', 'withdraw', '2026-09-07', { reason: { en: 'It has been settled in practice.' } }),
];

/** An offer of rest that its own side takes back. */
const notDormant: readonly Step[] = [
  aldor.does('staff', 'propose-dormancy', '2025-11-03', { reason: { en: 'Nobody has hired this year.' } }),
  aldor.does('staff', 'withdraw-dormancy-proposal', '2025-11-17', {
    reason: { en: 'Two posts have fallen vacant.' },
  }),
];

/** Both had agreed on something here, so one alone does not let it go: the other side accepts that. */
const letGo: readonly Step[] = [
  brevia.does('certificates', 'withdraw', '2026-03-09', { reason: { en: 'The market is gone.' } }),
  aldor.does('certificates', 'accept-withdrawal', '2026-03-30'),
];

export const syntheticClosings: readonly Step[] = [
  ...resolved,
  ...withdrawn,
  ...dormant,
  ...notDormant,
  ...letGo,
];
