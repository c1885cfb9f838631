import { comparisonOf } from '../reading/comparison.controller.js';
import { prefixOf, stateAsOf } from '../reading/as-of.js';
import type { Moment } from '../reading/as-of.js';
import type { Query } from '../platform/http/query.js';
import { represent, streamOf } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Comparison, DialogueDocument, RoundDocument, Sources } from '../reading/documents.js';
import { namesOf } from './fragments.js';
import type { PartyNames } from './fragments.js';
import { readDialogue } from './irritant.reading.js';
import { readSources } from './sources-list.js';
import { citedByThirdParties } from './third-parties.js';

/** What the page of one round shows, all of it as of one moment. */
export interface RoundReading {
  readonly round: RoundDocument;
  readonly comparison: Comparison;
  readonly dialogue: DialogueDocument;
  readonly names: PartyNames;
  readonly moment: Moment;
  readonly query: Query;
  readonly sources: Sources;
  readonly isAbout: (one: { readonly roundId?: string }) => boolean;
}

export async function readRound(record: RecordRead, id: string, query: Query): Promise<RoundReading> {
  const slice = record.registry.get('rounds');
  const { folded, moment } = stateAsOf(record, slice, id, query);
  const round = represent(folded) as unknown as RoundDocument;
  const dialogue = readDialogue(record, round.dialogueId, moment, []);
  const isAbout = (one: { readonly roundId?: string }) => one.roundId === id;
  const cited = prefixOf(record, streamOf(slice, id), moment.knownOrdinal)
    .filter(({ event }) => moment.counts(event))
    .flatMap(({ event }) => event.sources);
  const comparison = await comparisonOf(record, id, query);
  const published = [...Object.values(comparison.accounts).flat(), ...comparison.pressAccounts];
  return {
    round,
    comparison,
    dialogue,
    names: namesOf(dialogue),
    moment,
    query,
    isAbout,
    sources: readSources(record, [...published, ...cited, ...citedByThirdParties(dialogue, isAbout)], moment),
  };
}
