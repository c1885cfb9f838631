import { platesTelling } from './plates.sources.js';
import type { Gap } from './telling.js';

const { cited, voice } = platesTelling;

export const platesGaps: readonly Gap[] = [
  {
    says: 'How one side names the other (with a footnote, an asterisk, or not at all) has no event: a party names itself alone.',
    refused: [
      voice('XK', 'rs-on-measure').does(
        'plates-talks',
        'name-party',
        '2021-09-20',
        { name: { en: 'Pristina' } },
        'name-of-the-other',
      ),
      'source-not-issued-by-party',
    ],
  },
  'That nothing here bears on recognition or status can be said only in words, act by act; nothing says it once for the whole dialogue.',
  'A text that the facilitator drafted and both took has nobody who tabled it, so neither proposal nor roadmap holds it, and its steps can’t be followed.',
  {
    says: 'What a facilitator, a mediator or a court issues is a source without an issuer: its name is text, and by it nothing is found.',
    refused: [
      cited(
        'of-the-service',
        'statement',
        ['EU'],
        '2022-11-21',
        'Remarks',
        'European External Action Service',
      ),
      'party-unknown',
      '/issuers/0',
    ],
  },
  'A text that both accepted and neither signed (February and March 2023) can’t be told from a signed one, nor from one of which only the facilitator says that it was accepted.',
  {
    says: 'Who calls a round is the facilitator; a round is scheduled, put off and cancelled by a party alone.',
    refused: [
      voice('EU', 'eu-november').creates('rounds', 'called', '2022-11-21', { startsAt: '2022-11-21' }),
      'party-unknown',
    ],
  },
  'A round without a result has no mark: that no agreement was reached is told only in accounts and commentary.',
  'What one side does on the ground (units sent, barricades, their removal), and what a third force does for both, has no event.',
  'A measure that is put off and put off again before it begins has no event; only a round or a commitment has another date.',
  'What both agreed, each in words of its own, reaches no more than consultation as an agreement, and more as an agreement in principle, so it is told as the latter.',
];
