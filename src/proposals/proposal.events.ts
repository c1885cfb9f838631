import {
  choice,
  date,
  event,
  flag,
  hash,
  id,
  integer,
  language,
  list,
  nonce,
  optional,
  party,
  ref,
  text,
} from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';
import { namedCommitments } from '#libs/versioned-text';
import type { AgreedText, NamedCommitment } from '#libs/versioned-text';

export const proposalForms = ['non-paper', 'proposal'] as const;

const versionNumber = integer(1, 10_000);
const reason = { reason: optional(text) };
const version = {
  version: versionNumber,
  form: choice(...proposalForms),
  contentHash: hash,
  /** The hash of the paper, where the words are not held. */
  textHash: optional(hash),
  languages: list(language, 0, 10),
  authentic: optional(list(language, 0, 10)),
  irritantIds: list(ref('irritants'), 1, 50),
  commitments: namedCommitments,
  /** Until when it stands, where its side has said so. */
  validUntil: optional(date),
};
const words = { title: optional(text), texts: optional(text), nonce: optional(nonce) };

export const proposalEvents = {
  ProposalTabled: event(
    { dialogueId: ref('dialogues', { owns: true }), parties: list(party, 2, 2), synthetic: flag, ...version },
    words,
    {
      sealed: true,
    },
  ),
  ProposalRevised: event(version, words, { sealed: true }),
  AssentGiven: event({ version: versionNumber, contentHash: hash, adReferendum: flag }),
  AssentConfirmed: event({ version: versionNumber, contentHash: hash }),
  AssentWithdrawn: event({ version: versionNumber }, reason),
  ProposalAgreed: event({
    version: versionNumber,
    contentHash: hash,
    /** What the agreed version is about, so that whoever reads this event alone knows. */
    irritantIds: list(ref('irritants'), 1, 50),
    basis: choice('direct', 'attributed'),
    restsOn: list(id, 0, 20),
  }),
  ProposalTerminated: event({}, reason),
  ProposalDeclined: event({}, reason),
  ProposalLapsed: event({}, reason),
};

export type ProposalFact = FactOf<typeof proposalEvents>;

/** What other slices may read of a proposal. */
export interface ProposalFacts {
  readonly dialogueId: string;
  /** What the latest version is about. */
  readonly irritantIds: readonly string[];
  /** Both sides' assent to one text; null before. It stays where the text is terminated. */
  readonly agreed: AgreedText | null;
  /** What the agreed version is about; nothing before. */
  readonly agreedIrritantIds: readonly string[];
  /** The commitments that the agreed version names. */
  readonly agreedCommitments: readonly NamedCommitment[];
  /** The first word by which a side terminated the agreed text; null while it is in force. */
  readonly terminated: Said | null;
}
