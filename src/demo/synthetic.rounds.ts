import { aldor, aldorRegistrar, brevia, breviaRegistrar } from './synthetic.desks.js';
import { ref } from './step.js';
import type { Step } from './step.js';

const hall = { en: 'Hall of Guilds, Corvan' };

const cancelled: readonly Step[] = [
  aldorRegistrar.creates('rounds', 'round-1', '2024-03-25', {
    number: 1,
    startsAt: '2024-04-03',
    venue: hall,
    name: { en: 'First round' },
  }),
  breviaRegistrar.does('round-1', 'cancel', '2024-03-29', {
    reason: { fr: 'La délégation n’est pas au complet.', en: 'The delegation is not complete.' },
  }),
  aldor.does('round-1', 'cancel', '2024-03-30', { reason: { en: 'At the wish of Brevia.' } }),
];

/** Both say that it was held, and one of them that the accounts were discussed: their consultation began there. */
const second: readonly Step[] = [
  brevia.creates('rounds', 'round-2', '2024-04-08', {
    number: 2,
    startsAt: '2024-04-16',
    venue: hall,
    name: { en: 'Second round' },
  }),
  aldor.does('round-2', 'table-agenda-item', '2024-04-10', {
    irritantId: ref('building'),
    title: { en: 'The house at 4 Quay Street' },
  }),
  brevia.does('round-2', 'table-agenda-item', '2024-04-11', {
    irritantId: ref('accounts'),
    title: { fr: 'Comptes des missions', en: 'Accounts of the missions' },
  }),
  aldor.does(
    'round-2',
    'name-delegate',
    '2024-04-16',
    { party: 'ALDOR', role: 'head', nameAsGiven: 'Ida Marrow', titleAsGiven: 'Under-Secretary', lang: 'en' },
    'head-of-aldor',
  ),
  brevia.does(
    'round-2',
    'name-delegate',
    '2024-04-16',
    {
      party: 'BREVIA',
      role: 'head',
      nameAsGiven: 'Théodore Lanval',
      titleAsGiven: 'Directeur politique',
      lang: 'fr',
    },
    'head-of-brevia',
  ),
  breviaRegistrar.does(
    'round-2',
    'name-delegate',
    '2024-04-17',
    { party: 'BREVIA', role: 'interpreter', nameAsGiven: 'A. Corvin', lang: 'fr' },
    'interpreter',
  ),
  aldor.does('round-2', 'conclude', '2024-04-16', {
    sources: [{ sourceId: ref('minutes') }],
    startsAt: '2024-04-16',
    duration: 'PT4H',
    level: 'under-secretaries',
    venue: hall,
  }),
  aldor.does('round-2', 'discuss', '2024-04-16', {
    irritantId: ref('accounts'),
    note: { en: 'Brevia described six transfers that were returned.' },
  }),
  brevia.does('round-2', 'confirm-held', '2024-04-18'),
];

const fourth: readonly Step[] = [
  aldor.creates('rounds', 'round-4', '2025-06-02', {
    number: 4,
    startsAt: '2025-06-10',
    hostParty: 'ALDOR',
    venue: { en: 'Customs House, Port Aldor' },
  }),
  brevia.does('round-4', 'discuss', '2025-06-10', { irritantId: ref('seafarers') }),
  brevia.does('round-4', 'conclude', '2025-06-10', {
    startsAt: '2025-06-10',
    duration: 'PT3H',
    hostParty: 'ALDOR',
  }),
  aldor.does('round-4', 'confirm-held', '2025-06-11'),
  aldorRegistrar.does('round-4', 'indicate-next-round', '2025-06-11', {
    text: { en: 'The next round follows once the house is handed over.' },
  }),
];

const next: readonly Step[] = [
  breviaRegistrar.does('round-4', 'indicate-next-round', '2026-10-26', {
    date: '2026-12-08',
    text: { fr: 'La prochaine session est prévue en décembre.' },
  }),
  breviaRegistrar.creates('rounds', 'round-5', '2026-11-10', {
    number: 5,
    startsAt: '2026-12-08',
    hostParty: 'BREVIA',
    venue: { en: 'Maison des Échevins, Brévie-la-Neuve' },
  }),
  aldor.does('round-5', 'table-agenda-item', '2026-11-16', {
    irritantId: ref('seafarers'),
    title: { en: 'Consular visits to seafarers' },
  }),
];

/** Put off by one side and then by both; each takes its own word back, and the first date holds again. */
const putOff: readonly Step[] = [
  breviaRegistrar.does('round-5', 'postpone', '2026-11-17', {
    startsAt: '2026-12-15',
    reason: { fr: 'La salle n’est pas libre.', en: 'The room is taken.' },
  }),
  aldorRegistrar.does('round-5', 'postpone', '2026-11-18', { startsAt: '2026-12-15' }),
  breviaRegistrar.does('round-5', 'reinstate', '2026-11-20', { startsAt: '2026-12-08' }),
  aldorRegistrar.does('round-5', 'reinstate', '2026-11-21', { startsAt: '2026-12-08' }),
];

export const syntheticRounds: readonly Step[] = [...cancelled, ...second, ...fourth, ...next, ...putOff];
