import { borderTelling } from './border.sources.js';
import type { Gap } from './telling.js';

const { voice } = borderTelling;

export const borderGaps: readonly Gap[] = [
  {
    says: 'A dialogue counts its rounds once, so the number that a format gives its own meetings stands in the name: the commanders’ sixteenth and the mechanism’s sixteenth can’t both be round 16.',
    refused: [
      voice('IN', 'in-wmcc').creates('rounds', 'same-number', '2021-03-12', {
        number: 1,
        startsAt: '2021-03-12',
      }),
      'round-number-taken',
    ],
  },
  'Two formats as two dialogues would make two irritants of one matter, and nothing would tie them together.',
  'An agreement of which both say that it exists, and whose text nobody else knows, is an agreement in principle and no more, however far it was carried out.',
  'That both withdrew troops, in phases and at the same time, has no event: steps belong to a roadmap with a text.',
  'An incident (June 2020, with losses on both sides) has no event.',
  'A place on the ground, a line that each side draws differently, or a zone in which neither patrols has no entry: an asset is owned and held.',
  'That talks ended without a joint text is told only by the two accounts; a round has no outcome of its own.',
  'One text that covers several places names no part of itself: each place takes a claim of its own.',
];
