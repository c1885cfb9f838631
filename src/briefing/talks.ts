import { latestMoment } from '#libs/edtf';
import { instantOf } from '../reading/instant.js';
import { foldVersionOf, named } from '../reading/moment.js';
import type { Moment } from '../reading/moment.js';
import type { Readings } from '../reading/readings.js';
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
import { isOwing } from '../commitments/commitment-status.facts.js';
import { isClosedStage } from '../irritants/irritant-stage.facts.js';
import { represent } from '../platform/record/fold.js';
import type { Instrument } from './open-points.js';

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
  /** Of the folds that it is drawn from, all in all. */
  readonly foldVersion: number;
  /** The instant at which something counts as due or silent, in epoch ms. */
  readonly at: number;
}

/** The same, with what more is read of it as of the same moment. */
export interface ReadTalks extends Talks {
  readonly readings: Readings;
}

function numberOf({ key }: IrritantDocument): number {
  return Number(key.slice(key.lastIndexOf('-') + 1));
}

/** Throws the problem that a read of the dialogue would: unknown, not yet, or a moment that can't be read. */
export async function talksOf(asked: Readings, dialogueId: string): Promise<ReadTalks> {
  const slice = asked.record.registry.part('dialogue');
  const folded = asked.found(slice, dialogueId);
  const readings = await asked.level(dialogueId);
  const dialogue = represent(readings.folded(slice, dialogueId) ?? folded);
  // An effective date asks what had happened; in whose hand the record was is asked by the moment of knowledge alone.
  const kept = readings.kept(dialogueId);
  return {
    dialogue: {
      ...(JSON.parse(JSON.stringify(dialogue)) as DialogueDocument),
      ...(kept === null ? {} : { kept }),
    },
    irritants: (await readings.all('irritants', dialogueId)).toSorted(
      (one, other) => numberOf(one) - numberOf(other),
    ),
    rounds: (await readings.all('rounds', dialogueId)).toSorted((one, other) => one.number - other.number),
    exchanges: await readings.all('exchanges', dialogueId),
    proposals: await readings.all('proposals', dialogueId),
    roadmaps: await readings.all('roadmaps', dialogueId),
    commitments: await readings.all('commitments', dialogueId),
    assets: await readings.all('assets', dialogueId),
    readings,
    moment: readings.moment,
    foldVersion: foldVersionOf(readings.record.registry.slices),
    at: instantOf(readings.moment),
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

/** By id, with their place among all; made once for each reading, for each of its irritants asks. */
const placed = new WeakMap<Talks, ReadonlyMap<string, { readonly one: Instrument; readonly at: number }>>();

/** The instruments that are linked with the irritant, in the order of all. */
export function linkedWith(talks: Talks, { instruments }: IrritantDocument): readonly Instrument[] {
  const byId = placed.get(talks) ?? new Map(instrumentsOf(talks).map((one, at) => [one.id, { one, at }]));
  placed.set(talks, byId);
  const ids = new Set(instruments.map(({ id }) => id));
  return [...ids]
    .flatMap((id) => byId.get(id) ?? [])
    .toSorted((one, other) => one.at - other.at)
    .map(({ one }) => one);
}

const namingEach = new WeakMap<readonly object[], ReadonlyMap<string, readonly object[]>>();

/** Those that name the irritant, in their order; looked for once for all irritants. */
export function naming<T extends { readonly irritantIds: readonly string[] }>(
  all: readonly T[],
  irritantId: string,
): readonly T[] {
  const pairs = () => all.flatMap((one) => [...new Set(one.irritantIds)].map((id) => ({ id, one })));
  const known = namingEach.get(all) as ReadonlyMap<string, readonly { readonly one: T }[]> | undefined;
  const byIrritant = known ?? Map.groupBy(pairs(), ({ id }) => id);
  namingEach.set(all, byIrritant);
  return (byIrritant.get(irritantId) ?? []).map(({ one }) => one);
}

export function isOpen({ stage }: Pick<IrritantDocument, 'stage'>): boolean {
  return !isClosedStage(stage);
}

/** Whether something is owed: undertaken by an obligor, and neither discharged nor waived. */
export function isInForce({ status }: Pick<CommitmentDocument, 'status'>): boolean {
  return isOwing(status);
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
export function about({ dialogue, moment, at, foldVersion }: Talks) {
  return {
    synthetic: dialogue.synthetic,
    kept: dialogue.kept,
    at: new Date(at).toISOString(),
    asOfSeq: moment.knownSeq ?? -1,
    ...named(moment, { foldVersion }),
  };
}
