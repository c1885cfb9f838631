import { namesOf } from '../wording/party-names.js';
import type { PartyNames } from '../wording/party-names.js';
import type { Readings } from '../reading/readings.js';
import { agendaOf } from './agenda.js';
import { recordedInName } from './recorded-in-name.js';
import type { InName } from './recorded-in-name.js';
import { staleOf } from './stale.js';
import type { Stale } from './stale.js';
import { statisticsOf } from './statistics.js';
import type { Statistics } from './statistics.js';
import { talksOf } from './talks.js';
import type { ReadTalks } from './talks.js';
import { refuseNoParty } from './whose-book.js';

/** For how many months nobody may have spoken before the briefing book calls it silence. */
const silentMonths = 24;

/** What a briefing book is made from, all of it as of one moment; the history of each matter is read as its page is made. */
export interface BriefReading {
  readonly talks: ReadTalks;
  readonly agenda: ReturnType<typeof agendaOf>;
  readonly stale: Stale;
  readonly statistics: Statistics;
  /** The parties, the one for whom the book is made first. */
  readonly sides: readonly string[];
  readonly names: PartyNames;
  /** By party, what others recorded in its name and it has not answered. */
  readonly inName: { readonly [party: string]: readonly InName[] };
}

/** Of the readings' query, the party for whom the book is made. */
export async function readForBrief(asked: Readings, dialogueId: string): Promise<BriefReading> {
  const talks = await talksOf(asked, dialogueId);
  const { parties } = talks.dialogue;
  const reader = asked.query['for'] ?? '';
  refuseNoParty(reader, parties);
  return {
    talks,
    agenda: agendaOf(talks),
    stale: await staleOf(talks, silentMonths),
    statistics: await statisticsOf(talks),
    sides: parties.toSorted((one, other) => Number(other === reader) - Number(one === reader)),
    names: namesOf(talks.dialogue),
    inName: await recordedInName(talks),
  };
}
