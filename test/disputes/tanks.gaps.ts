import { ref } from '../../src/demo/step.js';
import { telling } from './telling.js';
import type { Gap } from './telling.js';

const { voice } = telling('debt-talks', ['GB', 'IR']);

export const tanksGaps: readonly Gap[] = [
  'An award that binds both sides has no event: that the debt is due is commentary, as if a newspaper had said it.',
  {
    says: 'What was owed, awarded, held by a court and paid in the end are amounts in words: only an assessment of damage to an asset holds one.',
    refused: [
      voice('IR', 'ir-settled').creates('commitments', 'amount', '2022-03-16', {
        obligors: ['GB'],
        beneficiaries: ['IR'],
        mode: 'once',
        irritantIds: [ref('debt')],
        text: { en: 'The debt is paid.' },
        amount: '393800000',
        currency: 'GBP',
      }),
      'validation-failed',
      '/amount',
    ],
  },
  'The two before the tribunal were a company and a ministry; a party here is a government, and nothing says for whom it answers.',
  'That both sides deny a link between two matters can’t be recorded: a linkage is asserted by a side and answered by the other, never denied where only others speak of it.',
  'That sanctions of others stand in the way of a payment has no event: only a step of an agreed roadmap is blocked.',
  'A debt that is paid, acknowledged as paid and called resolved by both stays agreed in principle: no terms were proposed and accepted.',
  'What a court holds until it is paid out has no entry.',
  'That somebody was let out of prison, or sent back, has no event; the overlay says only that a side calls the matter partly resolved.',
];
