import { rest } from '#libs/decider';
import type { Reaction } from '#libs/decider';

/** A source that a party has disowned carries no word of that party any more. */
export const sourceReactions: readonly Reaction[] = [
  {
    name: 'bar-source',
    of: 'every',
    concerns: ({ type }) => type === 'AttributionDisavowed',
    react: (fact) => {
      const { sourceId } = fact.data as { sourceId?: string };
      if (sourceId === undefined || fact.act.party === null) return [];
      const data = { party: fact.act.party, cause: fact.id };
      return [{ id: sourceId, command: { type: 'BarSource', data, rests: [rest(fact)] } }];
    },
  },
];
