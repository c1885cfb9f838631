import { choice, date, event, means, nonce, optional, text, derived } from '#libs/decider';
import type { FactOf, Said } from '#libs/decider';
import * as common from '../kernel/fields.js';
import { namedCommitments } from '#libs/versioned-text';
import type { AgreedText, NamedCommitment } from '#libs/versioned-text';

export const proposalForms = ['non-paper', 'proposal'] as const;

const tabled = {
  version: common.version,
  form: means(choice(...proposalForms), '`proposal`, or `non-paper`, which commits nobody.'),
  ...common.versionData,
  commitments: namedCommitments,
  /** Where its side has said so. */
  validUntil: optional(date, 'Until when it stands, in EDTF.'),
};
const content = {
  title: optional(common.title),
  texts: optional(text, 'The words of the proposal, by language.'),
  nonce: optional(nonce),
};

export const proposalEvents = {
  ProposalTabled: event({ ...common.inDialogue, parties: common.parties, ...tabled }, content, {
    sealed: true,
  }),
  ProposalRevised: event(tabled, content, { sealed: true }),
  AssentGiven: event({
    version: common.version,
    contentHash: common.contentHash,
    adReferendum: common.adReferendum,
  }),
  AssentConfirmed: event({ version: common.version, contentHash: common.contentHash }),
  AssentWithdrawn: event({ version: common.version }, common.why),
  ProposalAgreed: derived(
    common.versionAgreed,
    'Both sides have assented to one version of the text, neither of them ad referendum.',
  ),
  ProposalTerminated: event({}, common.why),
  ProposalDeclined: event({}, common.why),
  ProposalLapsed: event({}, common.why),
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
