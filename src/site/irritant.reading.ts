import { represent } from '../platform/record/fold.js';
import { resolved } from '../platform/record/resolving.js';
import type { RecordRead } from '../platform/record/reading.js';
import { instantOf } from '../briefing/talks.js';
import { stateAsOf } from '../reading/as-of.js';
import type { Moment } from '../reading/as-of.js';
import { entriesOf, entryViews } from '../reading/history.js';
import { incomingLinkages, instrumentsAt } from '../reading/overview.controller.js';
import type { Query } from '../platform/http/query.js';
import { stagesOf } from '../reading/stages.js';
import type { DialogueDocument, HistoryEntry, IrritantDocument, Sources } from '../reading/documents.js';
import { documentAt } from './at-moment.js';
import { namesOf } from './fragments.js';
import type { PartyNames } from './fragments.js';
import { citedIn, readSources } from './sources-list.js';
import { citedByThirdParties } from './third-parties.js';

export interface StageMove {
  readonly from: string | undefined;
  readonly to: string;
}

/** What the page of one irritant shows, all of it as of one moment. */
export interface IrritantReading {
  readonly irritant: IrritantDocument;
  readonly dialogue: DialogueDocument;
  readonly names: PartyNames;
  readonly moment: Moment;
  readonly query: Query;
  /** The instant at which something counts as overdue, in epoch ms. */
  readonly at: number;
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
async function movesOf(
  record: RecordRead,
  id: string,
  moment: Moment,
): Promise<ReadonlyMap<number, StageMove>> {
  const moves = new Map<number, StageMove>();
  let from: string | undefined;
  for await (const { seq, to } of stagesOf(record, id, moment)) {
    moves.set(seq, { from, to });
    from = to;
  }
  return moves;
}

/** Of a dialogue that can't be read, nothing is known beside what names it: the parties to the matter. */
export function readDialogue(
  record: RecordRead,
  id: string,
  moment: Moment,
  parties: readonly string[],
): DialogueDocument {
  const nothing = {
    kept: null,
    joined: [],
    names: [],
    name: null,
    aim: null,
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
    irritants: [],
    ...nothing,
  };
  return (documentAt(record, 'dialogues', id, moment) ?? absent) as unknown as DialogueDocument;
}

/** Throws the problem that the interface would answer: unknown, not yet, or a moment that can't be read. */
export async function readIrritant(
  record: RecordRead,
  idOrKey: string,
  query: Query,
): Promise<IrritantReading> {
  const slice = record.registry.get('irritants');
  const id = await resolved(record, slice, idOrKey);
  const { folded, moment } = stateAsOf(record, slice, id, query);
  const irritant = represent(folded) as unknown as IrritantDocument;
  const dialogue = readDialogue(record, irritant.dialogueId, moment, [
    ...irritant.raisers,
    ...irritant.respondents,
  ]);
  const isAbout = (one: { readonly irritantId?: string }) => one.irritantId === id;
  const known = entriesOf(record, slice, id, moment.knownOrdinal);
  const incoming = incomingLinkages(record, slice, folded, moment);
  const linked = instrumentsAt(record, folded.state, moment);
  const counted = known.filter(({ event }) => moment.counts(event));
  return {
    irritant,
    dialogue,
    names: namesOf(dialogue),
    moment,
    query,
    at: instantOf(moment),
    entries: entryViews(record, known, counted, moment.knownOrdinal),
    leftOut: known.length - counted.length,
    moves: await movesOf(record, id, moment),
    incoming,
    linked,
    sources: readSources(
      record,
      [
        ...counted.flatMap(({ event }) => event.sources),
        // Words on an instrument are shown with it, though they may be entries of other irritants.
        ...citedIn(linked),
        ...incoming.flatMap((one) => [...one.sources, ...(one.answer?.sources ?? [])]),
        ...citedByThirdParties(dialogue, isAbout),
      ],
      moment,
    ),
    isAbout,
  };
}
