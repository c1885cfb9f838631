import {
  choice,
  date,
  event,
  flag,
  hash,
  id,
  language,
  line,
  list,
  optional,
  party,
  ref,
} from '#libs/decider';

export const sourceKinds = ['note', 'statement', 'joint-text', 'press', 'record'] as const;

export const sourceEvents = {
  SourceRegistered: event(
    {
      dialogueId: ref('dialogues', { owns: true }),
      kind: choice(...sourceKinds),
      issuers: list(party, 0, 10),
      lang: language,
      date: optional(date),
      held: flag,
      /** The bytes of this one source; they are erased with its words. */
      bytesId: optional(id),
      obtainedVia: optional(ref('sources')),
    },
    {
      title: line(500),
      citation: line(1_000),
      issuerName: optional(line(300)),
      sha256: optional(hash),
    },
    { drawn: ['sha256'] },
  ),
  /** A party has said that the source is not its own: from here on it carries no word of that party. */
  SourceBarred: event({ party, cause: id }),
};

/** What other slices may read of a source: who issued it decides whose word it can carry. */
export interface SourceFacts {
  readonly sourceId: string;
  readonly kind: (typeof sourceKinds)[number];
  readonly dialogueId: string;
  readonly issuers: readonly string[];
  /** The party whose people registered it; null where a secretariat did. */
  readonly registrar: string | null;
  /** The parties that have said that it is not theirs. */
  readonly barredBy: readonly string[];
}
