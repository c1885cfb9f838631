import { entries } from '#libs/decider';
import type { ReadsOf } from '../platform/record/slice.js';
import type { SourceFacts } from '../sources/source.events.js';
import type { Round } from './round.facts.js';
import type { RoundCommand } from './round-terms.decider.js';

const sources = entries<SourceFacts>('sources');

/** Whose word an account is follows from its source. */
export const roundReads: ReadsOf<RoundCommand, Round> = {
  PublishAccount: async ({ find }, { data }) => {
    const source = await find(sources, data.sourceId);
    return source === undefined ? {} : { source: source.facts };
  },
};
