import { aldor, aldorRegistrar, brevia, breviaRegistrar } from './synthetic.desks.js';
import { ref } from './step.js';
import type { Step } from './step.js';

const house = 'house';

/** Who owns the house is each side's own word; that it was returned is said by both. */
export const syntheticAssets: readonly Step[] = [
  aldor.creates('assets', house, '2024-03-06', {
    irritantIds: [ref('building')],
    owner: 'ALDOR',
    tenure: 'owned',
    holder: 'BREVIA',
    name: { en: 'House at 4 Quay Street', fr: 'Maison du 4, rue du Quai' },
    location: { en: '4 Quay Street, Brévie-la-Neuve (an invented town)' },
  }),
  breviaRegistrar.does(house, 'assert-ownership', '2024-04-29', {
    irritantIds: [ref('building')],
    owner: 'BREVIA',
    tenure: 'leased',
    holder: 'BREVIA',
    name: { fr: 'Immeuble communal' },
  }),
  brevia.does(house, 'assert-ownership', '2025-02-10', {
    irritantIds: [ref('building')],
    owner: 'ALDOR',
    tenure: 'owned',
    holder: 'BREVIA',
    name: { fr: 'Maison du 4, rue du Quai' },
  }),
  aldor.does(
    house,
    'request-access',
    '2024-06-03',
    { purpose: 'inspection', text: { en: 'Two engineers wish to see the roof.' } },
    'first-access',
  ),
  brevia.does(house, 'access/{first-access}/deny', '2024-06-24', { reason: { en: 'Works are under way.' } }),
  aldor.does(
    house,
    'request-access',
    '2024-10-07',
    { purpose: 'inspection', text: { en: 'The request is made again.' } },
    'second-access',
  ),
  brevia.does(house, 'access/{second-access}/grant', '2024-10-28', {
    from: '2024-11-18',
    until: '2024-11-20',
    conditions: { fr: 'Deux personnes, accompagnées.', en: 'Two persons, accompanied.' },
  }),
  aldor.does(
    house,
    'record-inspection',
    '2024-11-18',
    { accessId: ref('second-access'), findings: { en: 'The roof leaks over the archive.' } },
    'inspection',
  ),
  aldor.does(
    house,
    'assess-damage',
    '2024-12-02',
    {
      inspectionId: ref('inspection'),
      amount: '84000.50',
      currency: 'EUR',
      text: { en: 'Roof and archive.' },
    },
    'damage',
  ),
  brevia.does(house, 'damage/{damage}/dispute', '2025-01-06', {
    amount: '21000',
    currency: 'EUR',
    reason: { en: 'The roof was old before 2019.' },
  }),
  aldorRegistrar.does(house, 'request-access', '2025-06-16', { purpose: 'maintenance' }, 'third-access'),
  brevia.does(house, 'access/{third-access}/grant', '2025-06-17'),
  brevia.does(house, 'record-return', '2026-03-16', {
    sources: [{ sourceId: ref('protocol') }],
    to: 'ALDOR',
    protocol: { en: 'Protocol of 16 March 2026, in two originals.' },
  }),
  aldor.does(house, 'record-return', '2026-03-23', {
    sources: [{ sourceId: ref('protocol') }],
    to: 'ALDOR',
    protocol: { en: 'Protocol of 16 March 2026, in two originals.' },
  }),
];
