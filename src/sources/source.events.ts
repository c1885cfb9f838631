import { choice, date, event, flag, hash, id, language, line, list, optional, party } from '#libs/decider';

export const sourceKinds = ['note', 'statement', 'joint-text', 'press', 'record'] as const;

export const sourceEvents = {
  SourceRegistered: event(
    {
      kind: choice(...sourceKinds),
      issuers: list(party, 0, 10),
      lang: language,
      date: optional(date),
      held: flag,
      sha256: optional(hash),
      obtainedVia: optional(id),
    },
    { title: line(500), citation: line(1_000), issuerName: optional(line(300)) },
  ),
};

/** What other slices may read of a source: who issued it decides whose word it can carry. */
export interface SourceFacts {
  readonly sourceId: string;
  readonly kind: (typeof sourceKinds)[number];
  readonly issuers: readonly string[];
}
