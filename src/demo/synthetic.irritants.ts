import { aldor, aldorRegistrar, brevia, breviaRegistrar } from './synthetic.desks.js';
import { eventOf } from './step.js';
import type { Step } from './step.js';

const byAldor = { raisers: ['ALDOR'], respondents: ['BREVIA'], raisedBasis: 'stated' };
const byBrevia = { raisers: ['BREVIA'], respondents: ['ALDOR'], raisedBasis: 'stated' };

/** Seven matters, as far apart as two neighbours can have them; titles are neutral, designations are not. */
export const syntheticIrritants: readonly Step[] = [
  aldor.creates('irritants', 'building', '2024-02-12', {
    ...byAldor,
    category: 'property',
    legalBasis: ['VCDR art. 22', 'VCDR art. 45'],
    title: { en: 'The house at 4 Quay Street', fr: 'La maison du 4, rue du Quai' },
    designations: { ALDOR: { en: 'The trade mission that is kept from us' } },
    statement: { en: 'A house in the capital of Brevia, used by the trade mission of Aldor until 2019.' },
  }),
  brevia.creates('irritants', 'accounts', '2024-02-20', {
    ...byBrevia,
    category: 'banking',
    title: { en: 'Bank accounts of the missions', fr: 'Comptes bancaires des missions' },
    statement: { en: 'Transfers of the missions are returned without a reason given.' },
  }),
  aldor.creates('irritants', 'visas', '2024-02-26', {
    ...byAldor,
    category: 'visas',
    title: { en: 'Time taken over visas of staff' },
  }),
  brevia.creates('irritants', 'flights', '2024-03-01', {
    ...byBrevia,
    category: 'air-connectivity',
    title: { en: 'The weekly flight between the two capitals' },
  }),
  aldor.creates('irritants', 'staff', '2024-03-05', {
    ...byAldor,
    category: 'local-staff',
    title: { en: 'Hiring of local staff by the missions' },
  }),
  brevia.creates('irritants', 'certificates', '2024-03-11', {
    ...byBrevia,
    category: 'trade',
    title: { en: 'Certificates for dairy goods' },
  }),
  aldor.creates('irritants', 'seafarers', '2025-05-12', {
    ...byAldor,
    category: 'consular',
    legalBasis: ['VCCR art. 36'],
    title: { en: 'Consular visits to seafarers' },
  }),
];

/** What each side thinks of them: a position is its own, and moves no stage. */
export const syntheticPositions: readonly Step[] = [
  brevia.does('building', 'designate', '2024-02-26', {
    name: { fr: 'L’immeuble communal de la rue du Quai' },
  }),
  aldor.does('accounts', 'accept-title', '2024-02-27'),
  brevia.does('building', 'contest', '2024-02-26', {
    statement: { fr: 'L’immeuble appartient à la commune.', en: 'The house belongs to the municipality.' },
    legalBasis: ['VCDR art. 1(i)'],
  }),
  aldorRegistrar.does(
    'building',
    'state-position',
    '2024-03-04',
    { stance: 'seeks-action', text: { en: 'The house is to be givn back to the trade mission.' } },
    'position-on-building',
  ),
  // A slip of the pen is corrected by the desk that made it.
  aldorRegistrar.keeps('building', 'correct', 'correction', {
    target: eventOf('position-on-building'),
    content: { text: { en: 'The house is to be given back to the trade mission.' } },
  }),
  brevia.does('building', 'state-position', '2024-03-05', {
    stance: 'contests',
    text: { fr: 'Rien ne justifie une restitution.', en: 'Nothing justifies a return.' },
  }),
  brevia.does('building', 'acknowledge', '2024-03-20', {
    statement: { en: 'The matter will be taken up, without prejudice.' },
  }),
  breviaRegistrar.does('visas', 'co-raise', '2024-03-18', {
    statement: { en: 'The staff of our mission wait as long.' },
  }),
  aldor.does('certificates', 'acknowledge', '2024-04-22', {
    statement: { en: 'The matter is noted, without prejudice.' },
  }),
  aldorRegistrar.does('certificates', 'contest', '2024-04-22', {
    statement: { en: 'The certificates follow the common form.' },
  }),
  aldor.does('building', 'state-position', '2024-06-03', {
    stance: 'seeks-action',
    text: { en: 'The house is to be given back before the winter.' },
  }),
  brevia.does('building', 'state-position', '2024-09-30', {
    stance: 'acknowledges',
    text: { en: 'A return is possible once the charges are settled.' },
  }),
  brevia.does('certificates', 'suspend', '2025-02-03', {
    reason: { en: 'The laboratory that issues the certificates is being reorganised.' },
  }),
  brevia.does('certificates', 'resume', '2025-02-24'),
  brevia.does('accounts', 'report-partial-resolution', '2025-06-23', {
    text: { en: 'Transfers inside Aldor are executed; those abroad are not.' },
  }),
  aldor.does('building', 'report-partial-resolution', '2025-06-30', {
    text: { en: 'The keys are handed over; the charge in the land register still stands.' },
  }),
  aldor.does('building', 'state-position', '2025-07-07', {
    stance: 'part-resolved',
    text: { en: 'The keys are here; the register is not yet in order.' },
  }),
  brevia.does('staff', 'state-position', '2025-09-01', {
    stance: 'contests',
    text: { en: 'Hiring is free to both missions.' },
  }),
  brevia.does('building', 'state-position', '2026-06-10', {
    stance: 'resolved',
    text: { en: 'The matter is closed.', fr: 'L’affaire est close.' },
  }),
];
