import { ref } from '../../src/demo/step.js';
import { prisonersTelling } from './prisoners.sources.js';
import type { Gap } from './telling.js';

const { voice } = prisonersTelling;

export const prisonersGaps: readonly Gap[] = [
  'That a person was released, pardoned, handed over or came home has no event: the person is the title of an irritant and nothing more.',
  'What both sides carried out and said, each in words of its own, is never resolved: that takes terms that one proposes and the other accepts, and neither did.',
  'What was unanswered when the matter came to its end (a claim, a linkage) stays owed, though its raiser itself says that the matter is resolved.',
  {
    says: 'A linkage to which the other side never answered is not let go by whoever asserted it.',
    refused: [
      voice('RU', 'ru-2024').does('reed', 'linkages/{one-for-the-other}/reject', '2024-08-01'),
      'own-linkage',
    ],
  },
  'An understanding is on one irritant: one exchange that settled two has to be claimed and confirmed twice.',
  {
    says: 'A proposal that is known to have been made and whose text is not can’t be tabled: a version needs its words or the hash of its paper.',
    refused: [
      voice('US', 'us-july').creates('proposals', 'substantial', '../2022-07-27', {
        form: 'proposal',
        irritantIds: [ref('griner')],
      }),
      'words-required',
    ],
  },
  {
    says: 'An exchange among several states (August 2024: seven, and persons held by third ones) fits no dialogue, which has two parties.',
    refused: [
      {
        as: 'of-seven',
        create: 'dialogues',
        body: { parties: ['RU', 'US', 'DE'], keyPrefix: 'SEVEN', name: { en: 'Exchange in Ankara' } },
      },
      'validation-failed',
      '/parties',
    ],
  },
  'That one side denies what a third party says of its own role (December 2022, mediating) can’t be put beside it: a role has no answer.',
  'A closed channel that both say exists is no round: it has no dates, and nobody says that it was held.',
  'That two are handed over at the same moment is said in words; a counterpart exists only between steps of a roadmap to which both assented.',
];
