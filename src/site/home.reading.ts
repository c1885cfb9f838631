import { choice, id, line, optional, party } from '#libs/decider';
import type { Shape } from '#libs/decider';
import type { Query } from '../platform/http/query.js';
import { categories, stages } from '../irritants/irritant.events.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Principal } from '../platform/record/principal.js';
import { sightOf } from '../platform/access/sight.js';
import type { DialogueDocument, IrritantDocument, RoundDocument, Sources } from '../reading/documents.js';
import type { Comparison } from '../reading/overview.js';
import { Readings } from '../reading/readings.js';
import { agendaOf } from '../briefing/agenda.js';
import type { Instrument } from '../briefing/open-points.js';
import { instrumentsOf, talksOf } from '../briefing/talks.js';
import { mayReadBookOf } from '../briefing/whose-book.js';
import { namesOf } from '../wording/party-names.js';
import type { PartyNames } from '../wording/party-names.js';
import { readSources } from '../briefing/cited-sources.js';
import { citedByClaims } from './claims.js';
import { citedByThirdParties } from './third-parties.js';

/** What the page of the record takes: filters, and the place in one dialogue's list. */
export const homeParameters = {
  stage: optional(choice(...stages)),
  category: optional(choice(...categories)),
  awaiting: optional(party),
  dialogue: optional(id),
  cursor: optional(line(400)),
} satisfies Shape;

export type Agenda = ReturnType<typeof agendaOf>;

export interface DialogueReading {
  readonly dialogue: DialogueDocument;
  readonly names: PartyNames;
  /** Not where the reader looks for something: what is due in the whole dialogue is no answer to that. */
  readonly agenda: Agenda | undefined;
  /** The party for which the reader acts, where it is a side here: its own side comes first. */
  readonly own: string | undefined;
  /** The parties whose briefing book this reader may read. */
  readonly books: readonly string[];
  readonly sources: Sources;
  readonly irritants: readonly IrritantDocument[];
  readonly instruments: readonly Instrument[];
  readonly next: string | undefined;
  readonly rounds: readonly {
    readonly round: RoundDocument;
    readonly particulars: Comparison['particulars'];
  }[];
}

export interface HomeReading {
  readonly dialogues: readonly DialogueReading[];
  /** The parties of all dialogues that the reader sees, whichever are shown. */
  readonly parties: readonly string[];
}

/** What is said of one round or irritant stands on its page. */
export function isAboutTheWhole(one: { readonly roundId?: string; readonly irritantId?: string }): boolean {
  return one.roundId === undefined && one.irritantId === undefined;
}

async function readRounds(readings: Readings, dialogue: string): Promise<DialogueReading['rounds']> {
  const asked = { dialogue, sort: 'createdAt', limit: '200' };
  const { items } = await readings.list(readings.record.registry.part('meeting'), asked);
  const rounds = (items as readonly RoundDocument[]).toSorted((one, other) => one.number - other.number);
  return rounds.map((round) => ({ round, particulars: readings.comparison(round.id).particulars }));
}

/**
 * The dialogues, each with its irritants in the order of their keys. A place in one list shows that dialogue alone, and what
 * awaits a party those in which it is a side.
 */
export async function readHome(record: RecordRead, query: Query, reader: Principal): Promise<HomeReading> {
  const readings = await Readings.over(record, {}, sightOf(record, reader)).level();
  const { dialogue: only, ...filters } = query;
  const of = { sort: 'createdAt', limit: '200' };
  const { items } = await readings.list(record.registry.part('dialogue'), of);
  const seen = items as readonly DialogueDocument[];
  const awaited = query['awaiting'];
  const shown = seen.filter(
    ({ id: of, parties }) =>
      (only === undefined || of === only) && (awaited === undefined || parties.includes(awaited)),
  );
  const dialogues = await Promise.all(
    shown.map(async (dialogue) => {
      const asked = { ...filters, dialogue: dialogue.id, sort: 'createdAt' };
      const page = await readings.list(record.registry.part('matter'), asked);
      const talks = await talksOf(readings, dialogue.id);
      return {
        dialogue,
        names: namesOf(dialogue),
        own: dialogue.parties.find((one) => one === reader.party),
        books: dialogue.parties.filter((party) => mayReadBookOf(reader, party)),
        agenda: Object.keys(query).length > 0 ? undefined : agendaOf(talks),
        sources: readSources(readings, [
          ...citedByClaims(dialogue),
          ...citedByThirdParties(dialogue, isAboutTheWhole),
        ]),
        irritants: page.items as readonly IrritantDocument[],
        instruments: instrumentsOf(talks),
        next: page.next,
        rounds: await readRounds(readings, dialogue.id),
      };
    }),
  );
  return { dialogues, parties: [...new Set(seen.flatMap(({ parties }) => parties))].toSorted() };
}
