import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { namesOf } from '../wording/party-names.js';
import type { PartyNames } from '../wording/party-names.js';
import type { Readings } from '../reading/readings.js';
import { agendaOf } from './agenda.js';
import { talksOf } from './talks.js';
import type { ReadTalks } from './talks.js';
import { refuseNoParty } from './whose-book.js';

/**
 * What a briefing book is made from, all of it as of one moment. What it takes to read everything is read where it is told: the
 * history of each matter as its page is made, and what stands at the end then.
 */
export interface BriefReading {
  readonly talks: ReadTalks;
  readonly agenda: ReturnType<typeof agendaOf>;
  /** The parties, the one for whom the book is made first. */
  readonly sides: readonly string[];
  readonly names: PartyNames;
}

/** Of the readings' query, the party for whom the book is made. */
export async function readForBrief(asked: Readings, dialogueId: string): Promise<BriefReading> {
  const talks = await talksOf(asked, dialogueId);
  const { parties } = talks.dialogue;
  const reader = asked.query['for'] ?? '';
  refuseNoParty(reader, parties);
  await turnOfTheLoop();
  return {
    talks,
    agenda: agendaOf(talks),
    sides: parties.toSorted((one, other) => Number(other === reader) - Number(one === reader)),
    names: namesOf(talks.dialogue),
  };
}
