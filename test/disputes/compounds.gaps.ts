import { compoundsTelling } from './compounds.sources.js';
import type { Gap } from './telling.js';

const { voice } = compoundsTelling;

export const compoundsGaps: readonly Gap[] = [
  'What one side does by itself (sends officials away, closes premises, sets a ceiling on staff) has no event: it stands only in the words of a position.',
  'That a step answers a step of the other side can’t be said: nothing ties two positions together, and the chain of answers is lost.',
  'A date that one side sets for the other (staff reduced by 1 September) is at most in a commitment that the other never undertook: it is owed by nobody and never overdue.',
  {
    says: 'What the other side did under protest can’t be reported as done: only who has undertaken it reports.',
    refused: [voice('US', 'us-august').does('reduction', 'report-fulfilment', '2017-08-31'), 'not-in-force'],
  },
  'That a measure was eased or lifted has no event.',
  'A measure that one side announces and expressly does not take (30 December 2016) is told only in words.',
  'How many people and which premises are concerned is text; nothing counts or compares them.',
  'A note of protest asks for no reply, and its exchange stays incomplete for ever: only a reply or a second report completes one.',
  'A law of one side that binds its own government in the matter has no event.',
];
