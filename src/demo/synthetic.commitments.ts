import { aldor, brevia } from './synthetic.desks.js';
import { ref } from './step.js';
import type { Step } from './step.js';

const byNotes = { basis: { kind: 'exchange', id: ref('account-notes') }, irritantIds: [ref('accounts')] };
const owedToBrevia = { obligors: ['ALDOR'], beneficiaries: ['BREVIA'] };
const owedToAldor = { obligors: ['BREVIA'], beneficiaries: ['ALDOR'] };

/** Asserted and undertaken by the side that owes it; extended by both, reported, disputed, reported again, acknowledged: discharged. */
const opened: readonly Step[] = [
  aldor.creates('commitments', 'open-account', '2024-11-18', {
    ...byNotes,
    ...owedToBrevia,
    mode: 'once',
    due: '2025-03-31',
    text: { en: 'An account of the mission of Brevia is opened with the Bank of Aldor.' },
  }),
  aldor.does('open-account', 'undertake', '2024-11-18'),
  aldor.does('open-account', 'extend', '2025-03-10', {
    due: '2025-06-30',
    reason: { en: 'The bank asks for more papers.' },
  }),
  brevia.does('open-account', 'extend', '2025-03-17', { due: '2025-06-30' }),
  aldor.does('open-account', 'report-fulfilment', '2025-05-12', { reason: { en: 'The account is open.' } }),
  brevia.does('open-account', 'dispute-fulfilment', '2025-05-19', {
    reason: { fr: 'Aucun virement ne passe.', en: 'No transfer goes through.' },
  }),
  aldor.does('open-account', 'report-fulfilment', '2025-06-09', {
    reason: { en: 'Transfers go through since 4 June.' },
  }),
  brevia.does('open-account', 'acknowledge-fulfilment', '2025-06-16'),
];

/** What is owed for as long as there are missions: breaches alleged, answered, withdrawn, and alleged once more. */
const kept: readonly Step[] = [
  brevia.creates('commitments', 'five-days', '2024-11-19', {
    ...byNotes,
    ...owedToAldor,
    mode: 'continuous',
    text: { en: 'Transfers of the mission of Aldor are executed within five working days.' },
  }),
  brevia.does('five-days', 'undertake', '2024-11-19', {
    statement: { fr: 'Les virements seront exécutés sous cinq jours ouvrables.' },
  }),
  aldor.does(
    'five-days',
    'allege-breach',
    '2025-12-01',
    { reason: { en: 'A transfer of 12 November is not executed.' } },
    'breach-of-november',
  ),
  brevia.does('five-days', 'breaches/{breach-of-november}/answer', '2025-12-15', {
    reason: { fr: 'Le virement a été exécuté le 1er décembre.', en: 'It was executed on 1 December.' },
  }),
  aldor.does('five-days', 'breaches/{breach-of-november}/withdraw', '2026-01-12', {
    reason: { en: 'The transfer has arrived.' },
  }),
  aldor.does('five-days', 'allege-breach', '2026-10-05', {
    reason: { en: 'Two transfers of September are not executed.' },
  }),
];

/** Owed under a condition, and released by the side to which it was owed. */
const released: readonly Step[] = [
  brevia.creates('commitments', 'second-counter', '2024-09-02', {
    ...owedToAldor,
    mode: 'conditional',
    basis: { kind: 'proposal', id: ref('thirty-days') },
    irritantIds: [ref('visas')],
    text: { en: 'A second counter is opened for visas of staff.' },
    conditions: { en: 'Where more than forty requests are pending.' },
  }),
  brevia.does('second-counter', 'undertake', '2024-09-02'),
  aldor.does('second-counter', 'waive', '2025-06-02', { reason: { en: 'Requests have become few.' } }),
];

/** Asserted of a side that declines it, and then agreed on in a text that names it, until that text is terminated. */
const named: readonly Step[] = [
  brevia.creates('commitments', 'monthly-list', '2024-05-06', {
    ...owedToBrevia,
    mode: 'continuous',
    irritantIds: [ref('visas')],
    text: { en: 'A list of pending requests is handed over each month.' },
  }),
  aldor.does('monthly-list', 'decline', '2024-05-13', { reason: { en: 'No such list is kept.' } }),
];

export const syntheticCommitments: readonly Step[] = [...opened, ...kept, ...released, ...named];
