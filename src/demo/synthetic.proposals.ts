import { aldor, brevia } from './synthetic.desks.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

/** Names the version and its hash, as the step that tabled it was answered. */
function naming(version: string): Fields {
  return { version: ref(version, 'version'), contentHash: ref(version, 'contentHash') };
}

/** A non-paper, a proposal made of it that is declined, and a last one that its own side lets lapse. */
const onCertificates: readonly Step[] = [
  brevia.creates('proposals', 'common-form', '2024-06-03', {
    form: 'non-paper',
    irritantIds: [ref('certificates')],
    title: { en: 'Thoughts on a common form of certificate' },
    texts: {
      en: 'One form in two languages might serve both.',
      fr: 'Un formulaire bilingue pourrait suffire.',
    },
  }),
  brevia.does(
    'common-form',
    'revise',
    '2024-07-01',
    {
      form: 'proposal',
      irritantIds: [ref('certificates')],
      title: { en: 'A common form of certificate' },
      texts: {
        en: 'Both sides use the form in the annex.',
        fr: 'Les deux parties emploient le formulaire annexé.',
      },
      authentic: ['en', 'fr'],
      validUntil: '2024-12-31',
    },
    'common-form-2',
  ),
  aldor.does('common-form', 'decline', '2024-08-05', { reason: { en: 'The annex is not complete.' } }),
  brevia.does('common-form', 'revise', '2024-09-02', {
    form: 'proposal',
    irritantIds: [ref('certificates')],
    texts: { en: 'Both sides use the form in the annex, from the first of the year.' },
  }),
  brevia.does('common-form', 'lapse', '2024-10-07', { reason: { en: 'The year has come too close.' } }),
];

/** Assent that awaits the capital, its withdrawal, and the capital's word; one side ends in the end what both had agreed. */
const onVisas: readonly Step[] = [
  aldor.creates('proposals', 'thirty-days', '2024-05-27', {
    form: 'proposal',
    irritantIds: [ref('visas')],
    title: { en: 'Thirty days for visas of staff' },
    texts: { en: 'Visas of staff are decided on within thirty days.' },
  }),
  brevia.does('thirty-days', 'assent', '2024-06-10', { ...naming('thirty-days'), adReferendum: true }),
  brevia.does('thirty-days', 'withdraw-assent', '2024-06-24', {
    version: ref('thirty-days', 'version'),
    reason: { en: 'The capital asks for working days.' },
  }),
  aldor.does(
    'thirty-days',
    'revise',
    '2024-07-15',
    {
      form: 'proposal',
      irritantIds: [ref('visas')],
      texts: { en: 'Visas of staff are decided on within twenty working days, and a list is kept.' },
      commitments: [
        {
          commitmentId: ref('monthly-list'),
          obligor: 'ALDOR',
          beneficiary: 'BREVIA',
          mode: 'continuous',
        },
      ],
    },
    'twenty-working-days',
  ),
  aldor.does('thirty-days', 'assent', '2024-07-15', {
    ...naming('twenty-working-days'),
    adReferendum: false,
  }),
  brevia.does('thirty-days', 'assent', '2024-07-22', {
    ...naming('twenty-working-days'),
    adReferendum: true,
  }),
  brevia.does('thirty-days', 'confirm-assent', '2024-08-19', naming('twenty-working-days')),
  aldor.does('thirty-days', 'terminate', '2026-08-03', {
    reason: { en: 'Requests are decided on within a week by now.' },
  }),
];

const onTheTable: readonly Step[] = [
  aldor.creates('proposals', 'visiting-hours', '2026-09-14', {
    form: 'proposal',
    irritantIds: [ref('seafarers')],
    title: { en: 'Hours of consular visits' },
    texts: { en: 'A consul is received on the second working day after the request.' },
    validUntil: '2026-12-31',
  }),
];

export const syntheticProposals: readonly Step[] = [...onCertificates, ...onVisas, ...onTheTable];
