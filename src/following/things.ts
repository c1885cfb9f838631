import { described, object, orNull, plainText, ref, uuid } from '../platform/shapes/json-schema.js';
import { titleBySql } from '../reading/search-rows.js';
import { titleNote } from '../wording/standing.js';
import { Term } from '../wording/terms.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Slice } from '../platform/record/slice.js';

/** As `thingNamed` gives it. */
export const thingShape = object({
  kind: plainText,
  id: uuid,
  key: orNull(plainText),
  title: orNull(plainText),
  titleBy: described(orNull(ref('Party')), 'Whose wording alone the title is, if one side’s.'),
});

/** Something as lists name it today; its key where it has one, and its title where its words are not erased. */
export function thingNamed({ projections }: RecordRead, { name, prefix }: Slice, id: string) {
  const row = projections
    .view(name)
    .tables.prepare(
      `SELECT title, json_extract(document, '$.key') AS key, ${titleBySql} AS titleBy FROM {entries} WHERE id = ?`,
    )
    .get(id);
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    kind: prefix,
    id,
    key: text(row?.['key']),
    title: text(row?.['title']),
    titleBy: text(row?.['titleBy']),
  };
}

/** In words, for people: by its key where it has one, else by what it is. */
export function inWords({ kind, key, title, titleBy }: ReturnType<typeof thingNamed>): string {
  if (title === null) return key ?? Term(kind);
  if (key !== null) return `${key} ${title}${titleNote({ by: titleBy, isNeutral: titleBy === null })}`;
  return title.startsWith(Term(kind)) ? title : `${Term(kind)}: ${title}`;
}

/** The name of a matter or of a dialogue that is followed. */
export function nameOfThing(record: RecordRead, kind: 'irritant' | 'dialogue', id: string): string {
  const slice = record.registry.part(kind === 'irritant' ? 'matter' : 'dialogue');
  return inWords(thingNamed(record, slice, id));
}
