import { readingEntry } from '../platform/http/reading-entry.js';
import type { Slice } from '../platform/record/slice.js';
import type { Described } from '../platform/shapes/described.js';
import { worked } from '../platform/shapes/entry.js';
import type { Entry } from '../platform/shapes/entry.js';
import {
  array,
  described,
  kept as keptSchema,
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
import { searchParameters } from './search.js';

const searchEntry: Entry = readingEntry('search', {
  operationId: 'searchRecord',
  path: '/v1/search',
  summary: 'Search the whole record',
  does: 'Finds entries of every kind, what changed last first. An irritant is found by the names of the sides that raised it or answer it, and by those of the delegates to the rounds that name it; a round by the names of its delegates. A name counts wherever it was given: a spelling in one account finds the rounds for which only another one was recorded.',
  query: searchParameters,
  description: 'One page; `Link` names the next one where there is one.',
  headers: ['Link'],
  content: [worked('HitList')],
});

function schemasOf(slices: readonly Slice[]): Properties {
  const Hit = object({
    kind: oneOfWords(slices.map(({ prefix }) => prefix)),
    id: uuid,
    key: described(orNull(plainText), 'The key, of irritants only.'),
    dialogueId: orNull(uuid),
    title: described(
      orNull(plainText),
      'In English where there is an English title; null where there is none.',
    ),
    titleBy: described(
      orNull(ref('Party')),
      'The party whose wording alone the title is; null where it is nobody’s, or where both use it.',
    ),
    synthetic,
    kept: keptSchema,
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
      {
        ...takenAt.optional,
        ...momentMembers,
        foldVersion: described(
          seq,
          'The versions of all folds, added up: only where the request named a moment.',
        ),
      },
    ),
  };
}

export const searchDescribed = (slices: readonly Slice[]): Described => ({
  entries: [searchEntry],
  schemas: schemasOf(slices),
  examples: ({ value, kept, asOf }) => ({
    HitList: {
      items: [
        {
          kind: slices.find(({ part }) => part === 'matter')?.prefix,
          id: value('irritantId'),
          key: 'RUUS-1',
          dialogueId: value('dialogueId'),
          title: 'Six diplomatic properties',
          titleBy: 'RU',
          synthetic: false,
          kept,
          seq: 318,
          snippet: 'Alexander Darchiev',
        },
      ],
      asOf,
    },
  }),
});
