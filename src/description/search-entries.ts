import { searchParameters } from '../reading/search.js';
import { worked } from './entry.js';
import type { Entry } from './entry.js';
import {
  array,
  described,
  kept,
  momentMembers,
  object,
  oneOfWords,
  orNull,
  plainText,
  ref,
  seq,
  synthetic,
  takenAt,
  uuid,
} from '../platform/shapes/json-schema.js';
import type { Properties } from '../platform/shapes/json-schema.js';
import { readingEntry } from './read-entries.js';
import { exampleMoment } from './worked-ids.js';
import type { Slice } from '../platform/record/slice.js';
import { ids } from './worked-ids.js';

export const searchEntry: Entry = readingEntry('search', {
  operationId: 'searchRecord',
  path: '/v1/search',
  summary: 'Search the whole record',
  does: 'Finds entries of every kind, what changed last first. An irritant is found by the names of the sides that raised it or answer it, and by those of the delegates to the rounds that name it; a round by the names of its delegates. A name counts wherever it was given: a spelling in one account finds the rounds for which only another one was recorded.',
  query: searchParameters,
  description: 'One page; `Link` names the next one where there is one.',
  headers: ['Link'],
  content: [worked('HitList')],
});

export function searchComponents(slices: readonly Slice[]): Properties {
  const Hit = object({
    kind: oneOfWords(slices.map(({ prefix }) => prefix)),
    id: uuid,
    key: described(orNull(plainText), 'The key, of irritants only.'),
    dialogueId: orNull(uuid),
    title: described(
      orNull(plainText),
      'In English where there is an English title; null where there is none.',
    ),
    synthetic,
    kept,
    seq: described(seq, 'The last event of the entry.'),
    snippet: described(
      plainText,
      'Where the words stand: in the entry, or in the name by which it was found.',
    ),
  });
  return {
    Hit,
    HitList: object(
      { items: array(ref('Hit')), ...takenAt.required },
      { ...takenAt.optional, ...momentMembers },
    ),
  };
}

export const searchExample = {
  HitList: {
    items: [
      {
        kind: 'irritant',
        id: ids.irritant,
        key: 'RUUS-1',
        dialogueId: ids.dialogue,
        title: 'Six diplomatic properties',
        synthetic: false,
        kept: { by: 'both' },
        seq: 318,
        snippet: 'Alexander Darchiev',
      },
    ],
    asOf: exampleMoment,
  },
};
