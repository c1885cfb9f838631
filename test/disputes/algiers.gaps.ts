import { ref } from '../../src/demo/step.js';
import { telling } from './telling.js';
import type { Gap } from './telling.js';

const { voice } = telling('algiers', ['IR', 'US']);

export const algiersGaps: readonly Gap[] = [
  {
    says: 'A text that the mediator issues and to which each side adheres apart has no event: only a party tables a text. It is told as a claim that both hold in the same text.',
    refused: [
      voice('DZ', 'undertakings').creates('proposals', 'declaration', '1981-01-19', {
        form: 'proposal',
        irritantIds: [ref('staff')],
        texts: { en: 'The declaration.' },
      }),
      'party-unknown',
      '/party',
    ],
  },
  {
    says: 'A commitment can name no claim as what it rests on, so one that both carried out under such a text does not bring the matter into implementation.',
    refused: [
      voice('US', 'undertakings').creates('commitments', 'under-a-claim', '1981-01-19', {
        obligors: ['IR'],
        beneficiaries: ['US'],
        mode: 'once',
        basis: { kind: 'claim', id: ref('staff-agreed') },
        irritantIds: [ref('staff')],
        text: { en: 'The 52 are brought out.' },
      }),
      'validation-failed',
      '/basis/kind',
    ],
  },
  'Of a text that both signed, and that is not copied here, the record has a summary: that both hold the same text is then said of words that neither ever saw.',
  'What one side does only once somebody has certified that the other has done its part is said in words: commitments have no order and no condition that a third party fulfils.',
  'Money with a third party (escrow, a security account that is kept at a level) has no entry: an asset is a place or a thing.',
  'That a tribunal is set up, and which disputes go to it, has no event.',
  'A judgment that binds one side, and that the case was ended at the wish of the other, is commentary like any other.',
  'That relations were broken off (April 1980) has no event; a dialogue can only be suspended.',
  'The people concerned are counted in words: that some were let go earlier (November 1979, July 1980) has no event.',
];
