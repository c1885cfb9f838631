import { asOf, waiting } from '../platform/http/query.js';
import { readEntry } from '../platform/http/reading-entry.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described } from '../platform/shapes/described.js';
import { worked } from '../platform/shapes/entry.js';
import { Comparison } from './round-comparison.representation.js';
import { compareAccounts } from './round-comparison.view.js';
import type { Round } from './round.facts.js';

/** The accounts of a round, side by side. */
export const roundComparison = (own: Slice): Described => ({
  entries: [
    readEntry(own, {
      operationId: 'compareRoundAccounts',
      path: `/v1/${own.name}/{id}/comparison`,
      summary: 'Compare the two accounts of a round, matter by matter',
      does: 'Of each irritant all that each side says of it: `agreed` where both say so, `differing` where one says less; where one is silent it is named. Several renderings of one party’s account are one account; the press stands in a column of its own.',
      query: { ...asOf, ...waiting },
      description: 'The comparison, and the moment that it is of.',
      content: [worked('Comparison')],
    }),
  ],
  schemas: { Comparison },
  examples: ({ told, value, moment }) => {
    const { state, wordsOf } = told(own.prefix);
    const comparison = compareAccounts(state as Round, ['RU', 'US'], wordsOf);
    return {
      Comparison: {
        roundId: value('roundId'),
        ...comparison,
        scheduledDuring: [],
        subjects: comparison.subjects.map((one) => ({ key: 'RUUS-1', ...one })),
        ...moment,
      },
    };
  },
});
