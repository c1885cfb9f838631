import { latestMoment } from '#libs/edtf';
import { isAsOf, momentView, stateAsOf } from '../reading/as-of.js';
import type { Moment } from '../reading/as-of.js';
import type {
  AssetDocument,
  CommitmentDocument,
  DialogueDocument,
  ExchangeDocument,
  IrritantDocument,
  ProposalDocument,
  RoadmapDocument,
  RoundDocument,
} from '../reading/documents.js';

import { keptAt } from '../reading/keeping.js';
import { levelWith } from '../reading/read-model.js';
import { isClosedStage } from '../irritants/irritant-stage.facts.js';
import { represent } from '../platform/record/fold.js';
import type { Query } from '../platform/http/query.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Instrument } from './open-points.js';
import { documentsOf } from './holdings.js';

/** Everything that one dialogue holds, as of one moment: what agenda, statistics and briefing book are drawn from. */
export interface Talks {
  readonly dialogue: DialogueDocument;
  /** In the order of their keys. */
  readonly irritants: readonly IrritantDocument[];
  readonly rounds: readonly RoundDocument[];
  readonly exchanges: readonly ExchangeDocument[];
  readonly proposals: readonly ProposalDocument[];
  readonly roadmaps: readonly RoadmapDocument[];
  readonly commitments: readonly CommitmentDocument[];
  readonly assets: readonly AssetDocument[];
  readonly moment: Moment;
  /** The instant at which something counts as due or silent, in epoch ms. */
  readonly at: number;
}

/** An effective date asks what was due then; a moment of knowledge, at that moment; otherwise it is now. */
export function instantOf({ effectiveAt, knownMs }: Moment): number {
  const latest = effectiveAt === undefined ? Infinity : latestMoment({ edtf: effectiveAt });
  return Number.isFinite(latest) ? latest : knownMs;
}

function numberOf({ key }: IrritantDocument): number {
  return Number(key.slice(key.lastIndexOf('-') + 1));
}

/** Throws the problem that a read of the dialogue would: unknown, not yet, or a moment that can't be read. */
export async function talksOf(record: RecordRead, dialogueId: string, query: Query): Promise<Talks> {
  const { folded, moment } = stateAsOf(record, record.registry.get('dialogues'), dialogueId, query);
  const asked = isAsOf(query) ? moment : undefined;
  if (asked !== undefined) await levelWith(record, record.registry.slices, asked.knownOrdinal);
  const found = <T>(slice: string): { readonly documents: readonly T[]; readonly ordinal: number } =>
    documentsOf(record, record.registry.get(slice), dialogueId, asked) as never;
  const irritants = found<IrritantDocument>('irritants');
  // An effective date asks what had happened; in whose hand the record was is asked by the moment of knowledge alone.
  const kept = keptAt(record, dialogueId, irritants.ordinal);
  return {
    dialogue: {
      ...(JSON.parse(JSON.stringify(represent(folded))) as DialogueDocument),
      ...(kept === null ? {} : { kept }),
    },
    irritants: irritants.documents.toSorted((one, other) => numberOf(one) - numberOf(other)),
    rounds: found<RoundDocument>('rounds').documents.toSorted((one, other) => one.number - other.number),
    exchanges: found<ExchangeDocument>('exchanges').documents,
    proposals: found<ProposalDocument>('proposals').documents,
    roadmaps: found<RoadmapDocument>('roadmaps').documents,
    commitments: found<CommitmentDocument>('commitments').documents,
    assets: found<AssetDocument>('assets').documents,
    moment: {
      ...moment,
      knownOrdinal: irritants.ordinal,
      knownSeq: record.projections.record.seqAt(dialogueId, irritants.ordinal),
    },
    at: instantOf(moment),
  };
}

/** All instruments of the dialogue, each with its kind. */
export function instrumentsOf(talks: Talks): readonly Instrument[] {
  const of = (kind: string, all: readonly Omit<Instrument, 'kind'>[]) =>
    all.map((one): Instrument => ({ ...one, kind }));
  return [
    ...of('exchange', talks.exchanges),
    ...of('proposal', talks.proposals),
    ...of('roadmap', talks.roadmaps),
    ...of('commitment', talks.commitments),
    ...of('asset', talks.assets),
  ];
}

export function isOpen({ stage }: Pick<IrritantDocument, 'stage'>): boolean {
  return !isClosedStage(stage);
}

/** Whether something is owed: undertaken by an obligor, and neither discharged nor waived. */
export function isInForce({ status }: Pick<CommitmentDocument, 'status'>): boolean {
  return status !== 'asserted' && status !== 'discharged' && status !== 'waived';
}

/** Whether the date lies wholly before the moment; a month or a year is past once it is over. */
export function isPast(edtf: string, at: number): boolean {
  return latestMoment({ edtf }) < at;
}

/** When it happened, at the latest it can mean, or was recorded where nobody claims a time; never later than that. */
export function instantOfWord(one: {
  readonly occurred?: { readonly edtf: string; readonly zone?: string };
  readonly recordedAt: string;
}): number {
  const recorded = Date.parse(one.recordedAt);
  return one.occurred === undefined ? recorded : Math.min(latestMoment(one.occurred), recorded);
}

/** What every answer drawn from a whole dialogue says about itself. */
export function about({ dialogue, moment, at }: Talks) {
  return {
    synthetic: dialogue.synthetic,
    kept: dialogue.kept,
    at: new Date(at).toISOString(),
    asOfSeq: moment.knownSeq ?? -1,
    ...momentView(moment),
  };
}
