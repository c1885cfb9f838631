import {
  choice,
  date,
  event,
  flag,
  hash,
  id,
  line,
  list,
  means,
  optional,
  party,
  ref,
  derived,
} from '#libs/decider';
import { concerned, dialogueId, lang } from '../kernel/fields.js';

export const sourceKinds = ['note', 'statement', 'joint-text', 'press', 'record'] as const;

export const sourceEvents = {
  SourceRegistered: event(
    {
      dialogueId,
      kind: means(choice(...sourceKinds), 'Which kind of source it is.'),
      issuers: means(
        list(party, 0, 10),
        'The parties that issued it: whose word it can carry. Empty for press.',
      ),
      lang,
      date: optional(date, 'When it was issued, in EDTF.'),
      held: means(flag, 'Whether the bytes are kept here; otherwise the source is only cited.'),
      /** They are of this one source, and erased with its words. */
      bytesId: optional(id, 'The bytes of the source, sent for its dialogue before; only with `held`.'),
      obtainedVia: optional(ref('sources'), 'The source through which this one was obtained.'),
    },
    {
      title: means(line(500), 'The title.'),
      citation: means(line(1_000), 'The full citation, enough to find the source without us.'),
      issuerName: optional(line(300), 'The name of the issuer as the source gives it; for press, the paper.'),
      sha256: optional(hash, 'The hash of the bytes that are held; it goes with the words.'),
    },
    { drawn: ['sha256'] },
  ),
  /** A party has said that the source is not its own: from here on it carries no word of that party. */
  SourceBarred: derived(
    event({ party: concerned, cause: means(id, 'The event by which it said so.') }),
    'A party has said that the source is not its own: nothing in its name rests on it any more.',
  ),
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
