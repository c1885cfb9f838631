import { represent, streamOf } from '../platform/record/fold.js';
import type { DialogueDocument, RoundDocument, Sources } from '../reading/documents.js';
import type { Comparison } from '../reading/overview.js';
import type { Readings } from '../reading/readings.js';
import { namesOf } from '../wording/party-names.js';
import type { PartyNames } from '../wording/party-names.js';
import { readDialogue } from './irritant.reading.js';
import { readSources } from '../briefing/cited-sources.js';
import { citedByThirdParties } from './third-parties.js';

/** What the page of one round shows, all of it as of one moment. */
export interface RoundReading {
  readonly round: RoundDocument;
  readonly comparison: Comparison;
  readonly dialogue: DialogueDocument;
  readonly names: PartyNames;
  readonly readings: Readings;
  /** By what else than what was stored a moment can be told. */
  readonly grades: readonly string[];
  readonly sources: Sources;
  readonly isAbout: (one: { readonly roundId?: string }) => boolean;
}

export async function readRound(readings: Readings, id: string): Promise<RoundReading> {
  const slice = readings.record.registry.part('meeting');
  const round = represent(readings.found(slice, id)) as unknown as RoundDocument;
  const dialogue = readDialogue(readings, round.dialogueId, []);
  const isAbout = (one: { readonly roundId?: string }) => one.roundId === id;
  const cited = readings
    .events(streamOf(slice, id))
    .filter(readings.moment.counts)
    .flatMap((event) => event.sources);
  const comparison = readings.comparison(id);
  const published = [...Object.values(comparison.accounts).flat(), ...comparison.pressAccounts];
  return {
    round,
    comparison,
    dialogue,
    names: namesOf(dialogue),
    readings,
    grades: await readings.record.standings.gradesOf(round.dialogueId),
    isAbout,
    sources: readSources(readings, [...published, ...cited, ...citedByThirdParties(dialogue, isAbout)]),
  };
}
