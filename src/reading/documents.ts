import type { assetView } from '../assets/asset.view.js';
import type { compareRound } from '../rounds/round-comparison.view.js';
import type { commitmentView } from '../commitments/commitment.view.js';
import type { dialogueView } from '../dialogues/dialogue.view.js';
import type { exchangeView } from '../exchanges/exchange.view.js';
import type { irritantView } from '../irritants/irritant.view.js';
import type { proposalView } from '../proposals/proposal.view.js';
import type { roadmapView } from '../roadmaps/roadmap.view.js';
import type { roundView } from '../rounds/round.view.js';
import type { sourceView } from '../sources/source.view.js';

interface Represented {
  readonly id: string;
  readonly revision: number;
  /** When the last event was recorded. */
  readonly updatedAt: string;
  /** The revision of a stored event that can't be read; what it and later ones say is not counted. */
  readonly unreadableSince?: number;
}

/** The representations as pages and briefings read them: what the views give, with id and revision. */
export type DialogueDocument = Represented & ReturnType<typeof dialogueView>;
export type IrritantDocument = Represented & ReturnType<typeof irritantView>;
export type RoundDocument = Represented & ReturnType<typeof roundView>;
export type ExchangeDocument = Represented & ReturnType<typeof exchangeView>;
export type AssetDocument = Represented & ReturnType<typeof assetView>;
export type CommitmentDocument = Represented & ReturnType<typeof commitmentView>;
export type ProposalDocument = Represented & ReturnType<typeof proposalView>;
export type RoadmapDocument = Represented & ReturnType<typeof roadmapView>;
export type SourceDocument = Represented &
  Omit<ReturnType<typeof sourceView>, 'title' | 'citation' | 'issuerName'> & {
    readonly [words in 'title' | 'citation' | 'issuerName']: string | null;
  };
/** A claim, on an irritant or on a dialogue, with what was answered. */
export type ClaimDocument = DialogueDocument['claims'][number];
/** By the name of the slice. */
export interface Documents {
  readonly dialogues: DialogueDocument;
  readonly irritants: IrritantDocument;
  readonly rounds: RoundDocument;
  readonly exchanges: ExchangeDocument;
  readonly assets: AssetDocument;
  readonly commitments: CommitmentDocument;
  readonly proposals: ProposalDocument;
  readonly roadmaps: RoadmapDocument;
  readonly sources: SourceDocument;
}

/** In whose hand the record of a dialogue is; null where its stream can't be read. */
export type Kept = DialogueDocument['kept'] | null;

/** What the slice of the rounds makes of the accounts of one. */
export type Compared = ReturnType<typeof compareRound>;

/** Every kind of word that can be awaited, on a dialogue, on an irritant or on one of its instruments. */
export type AwaitedKind = (
  | DialogueDocument
  | IrritantDocument
  | ProposalDocument
  | RoadmapDocument
  | CommitmentDocument
  | AssetDocument
)['awaiting'][number]['what'];

/** The sources that a page cites, by id; one that can't be read is shown by its id. */
export type Sources = ReadonlyMap<string, SourceDocument>;
