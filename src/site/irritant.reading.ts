import { represent } from '../platform/record/fold.js';
import type { LogStanding, LogStandings } from '../platform/record/log-standings.js';
import { stagesOf } from '../briefing/stages.js';
import { instantOf } from '../reading/instant.js';
import type { DialogueDocument, IrritantDocument, Sources } from '../reading/documents.js';
import type { HistoryEntry } from '../reading/history.js';
import { incomingLinkages, instrumentsAt } from '../reading/overview.js';
import type { Readings } from '../reading/readings.js';
import { namesOf } from '../wording/party-names.js';
import type { PartyNames } from '../wording/party-names.js';
import { citedIn, readSources } from '../briefing/cited-sources.js';
import { citedByThirdParties } from './third-parties.js';

export interface StageMove {
  readonly from: string | undefined;
  readonly to: string;
  /** The side by whose word alone it moved; absent where both have spoken. */
  readonly byWordOf?: string;
}

/** What the page of one irritant shows, all of it as of one moment. */
export interface IrritantReading {
  readonly irritant: IrritantDocument;
  readonly dialogue: DialogueDocument;
  readonly names: PartyNames;
  readonly readings: Readings;
  /** The instant at which something counts as overdue, in epoch ms. */
  readonly at: number;
  /** How far the log is signed at the moment of asking; undefined where that is not known. */
  readonly signed: LogStanding | undefined;
  /** By what else than what was stored a moment can be told. */
  readonly grades: readonly string[];
  readonly entries: readonly HistoryEntry[];
  /** Entries that the record held, but that had not happened by the effective date. */
  readonly leftOut: number;
  readonly moves: ReadonlyMap<number, StageMove>;
  readonly linked: readonly { readonly kind: string; readonly [field: string]: unknown }[];
  /** Linkages with this irritant that are asserted on another one, as of the same moment. */
  readonly incoming: ReturnType<typeof incomingLinkages>;
  readonly sources: Sources;
  readonly isAbout: (one: { readonly irritantId?: string }) => boolean;
}

/** The entries that moved the stage. */
async function movesOf(readings: Readings, id: string): Promise<ReadonlyMap<number, StageMove>> {
  const moves = new Map<number, StageMove>();
  let from: string | undefined;
  for await (const { seq, event: _, ...move } of stagesOf(readings, id)) {
    const { to } = move;
    moves.set(seq, { from, ...move });
    from = to;
  }
  return moves;
}

/** Of a dialogue that can't be read, nothing is known beside what names it: the parties to the matter. */
export function readDialogue(readings: Readings, id: string, parties: readonly string[]): DialogueDocument {
  const nothing = {
    kept: null,
    joined: [],
    names: [],
    name: null,
    aim: null,
    claims: [],
    awaiting: [],
    suspensions: [],
    aliases: [],
    thirdParties: [],
    commentary: [],
  };
  const absent = {
    id,
    revision: 0,
    parties,
    keyPrefix: '',
    series: null,
    synthetic: false,
    ...nothing,
  };
  return readings.named('dialogues', id) ?? (absent as unknown as DialogueDocument);
}

/** Throws the problem that the interface would answer: unknown, not yet, or a moment that can't be read. */
export async function readIrritant(
  readings: Readings,
  id: string,
  standings: LogStandings,
): Promise<IrritantReading> {
  const slice = readings.record.registry.part('matter');
  const folded = readings.found(slice, id);
  const { moment } = readings;
  const irritant = represent(folded) as unknown as IrritantDocument;
  const parties = [...irritant.raisers, ...irritant.respondents];
  const dialogue = readDialogue(readings, irritant.dialogueId, parties);
  const isAbout = (one: { readonly irritantId?: string }) => one.irritantId === id;
  const history = readings.history(slice, id);
  const incoming = incomingLinkages(readings, folded);
  const linked = instrumentsAt(readings, folded);
  // Of another moment the page says nothing that goes on changing.
  const signed = readings.isAsOf ? undefined : await standings.of(irritant.dialogueId);
  const counted = history.all.filter(({ event }) => moment.counts(event));
  return {
    irritant,
    dialogue,
    names: namesOf(dialogue),
    readings,
    at: instantOf(moment),
    signed,
    grades: await standings.gradesOf(irritant.dialogueId),
    entries: history.views(counted, signed),
    leftOut: history.all.length - counted.length,
    moves: await movesOf(readings, id),
    incoming,
    linked,
    sources: readSources(readings, [
      ...counted.flatMap(({ event }) => event.sources),
      // Words on an instrument are shown with it, though they may be entries of other irritants.
      ...citedIn(linked),
      ...incoming.flatMap((one) => [...one.sources, ...(one.answer?.sources ?? [])]),
      ...citedByThirdParties(dialogue, isAbout),
    ]),
    isAbout,
  };
}
