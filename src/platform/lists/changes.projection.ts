import type { ProjectionDefinition, RecordReader, Sequenced, Tables } from '#libs/projections';
import type { Stored } from '../record/envelope.js';
import type { EventRegistry } from '../record/event-registry.js';
import { idOf } from '../record/fold.js';
import { isLink } from '../record/is-link.js';
import { streamOfInstrument } from '../record/links.js';
import { namesIn } from '../record/references.js';
import { storedOnce } from './stored-once.js';

export const changesName = 'changes';

/** Everything that was said of the matter, in its own stream, in one that names it, or in an instrument linked to it. */
export const ofMatter = (id: string) => `matter ${id}`;
/** Everything that the party said, or that was said in its name; in all dialogues, or in one. */
export const ofParty = (party: string, dialogueId?: string) =>
  dialogueId === undefined ? `party ${party}` : `party ${party} ${dialogueId}`;

/** Every event by which words are erased: a start asks for those, and reads the store for no more than came after. */
export const erasings = 'erasings';

/** The matters that an event of another stream changes: those that it names, else those that the stream is linked to. */
function mattersOf(
  event: Stored,
  registry: EventRegistry,
  tables: Tables,
  record: RecordReader,
): readonly string[] {
  const matter = registry.part('matter');
  const isOfMatter = registry.ofStream(event.stream) === matter;
  const named = namesIn(registry, [event, ...amendedBy(event, registry, isOfMatter, record)], matter);
  if (isOfMatter) return [...new Set([idOf(event.stream), ...named])];
  if (named.length > 0) return named;
  return tables
    .prepare('SELECT matter FROM {linked} WHERE stream = ?')
    .all(event.stream)
    .map((row) => String(row['matter']));
}

/** An amendment of what names another matter is a change of that one, too. */
function amendedBy(
  { data }: Stored,
  registry: EventRegistry,
  isOfMatter: boolean,
  record: RecordReader,
): readonly Stored[] {
  const { target } = data;
  if (!isOfMatter || typeof target !== 'string') return [];
  const found = record.byId(target);
  return found === undefined ? [] : [registry.read(found.event)];
}

function note(subject: string, ordinal: number, tables: Tables): void {
  const insert = tables.prepare(
    'INSERT OR IGNORE INTO {changes} (subject, ordinal) SELECT id, ? FROM {subjects} WHERE name = ?',
  );
  // Most are of a subject that is there.
  if (insert.run(ordinal, subject).changes > 0) return;
  tables.prepare('INSERT OR IGNORE INTO {subjects} (name) VALUES (?)').run(subject);
  insert.run(ordinal, subject);
}

/** By matter and by party, which events changed something of it: so that what is new is found without reading the record. */
export function changesProjection(registry: EventRegistry): ProjectionDefinition {
  return {
    name: changesName,
    version: 3,
    schema: [
      'CREATE TABLE {subjects} (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT',
      `CREATE TABLE {changes} (
        subject INTEGER NOT NULL, ordinal INTEGER NOT NULL, PRIMARY KEY (subject, ordinal)
      ) STRICT, WITHOUT ROWID`,
      'CREATE INDEX {changes_by_place} ON {changes} (ordinal)',
      `CREATE TABLE {linked} (
        stream TEXT NOT NULL, matter TEXT NOT NULL, PRIMARY KEY (stream, matter)
      ) STRICT, WITHOUT ROWID`,
    ],
    apply(sequenced: Sequenced, tables, record) {
      const { ordinal, log, event } = sequenced;
      // Obeyed in a stream that can't be read as well.
      if (event.type === 'ContentErased') note(erasings, ordinal, tables);
      const stored = storedOnce(registry)(sequenced);
      if (stored.unreadable !== undefined) return;
      const matters = mattersOf(stored, registry, tables, record);
      for (const id of matters) note(ofMatter(id), ordinal, tables);
      const { party } = stored.act;
      if (party !== null) for (const one of [ofParty(party), ofParty(party, log)]) note(one, ordinal, tables);
      for (const [stream, matter] of linksBy(stored, registry, matters))
        tables.prepare('INSERT OR IGNORE INTO {linked} (stream, matter) VALUES (?, ?)').run(stream, matter);
    },
  };
}

/**
 * Which instruments the event links to which matters: an instrument that names a matter is linked to it in a moment, and
 * what is said of it until then must not be missed.
 */
function linksBy(
  event: Stored,
  registry: EventRegistry,
  matters: readonly string[],
): readonly (readonly [stream: string, matter: string])[] {
  const { stream, data } = event;
  if (registry.ofStream(stream).isInstrument === true) return matters.map((one) => [stream, one]);
  if (!isLink(event)) return [];
  const linked = streamOfInstrument(registry, { kind: String(data['kind']), id: String(data['id']) });
  return linked === undefined ? [] : [[linked, idOf(stream)]];
}

/** The ids of all matters that an event after one place and up to another changed. */
export function mattersChanged(tables: Tables, after: number, upTo: number): readonly string[] {
  const prefix = ofMatter('');
  return tables
    .prepare(
      `SELECT DISTINCT substr(name, ?) AS matter FROM {changes} JOIN {subjects} AS one ON one.id = subject
       WHERE ordinal > ? AND ordinal <= ? AND name >= ? AND name < ?`,
    )
    .all(prefix.length + 1, after, upTo, prefix, `${prefix}g`)
    .map(({ matter }) => String(matter));
}

/** Whether any did of the matter whose id stands in a column of another table of the same database. */
export function matterChanged(
  tables: Tables,
  column: string,
  after: number,
  upTo: number,
): readonly [sql: string, prefix: string, after: number, upTo: number] {
  const [changes, subjects] = [tables.table('changes'), tables.table('subjects')];
  const subject = `SELECT id FROM ${subjects} WHERE name = ? || ${column}`;
  return [
    `EXISTS (SELECT 1 FROM ${changes} WHERE subject = (${subject}) AND ordinal > ? AND ordinal <= ?)`,
    ofMatter(''),
    after,
    upTo,
  ];
}

/** The events that changed the subject between two places of the record, the latest first. */
export function changesOf(
  tables: Tables,
  subject: string,
  { after, before, limit }: { readonly after: number; readonly before: number; readonly limit: number },
): readonly number[] {
  return tables
    .prepare(
      `SELECT ordinal FROM {changes} WHERE subject = (SELECT id FROM {subjects} WHERE name = ?)
         AND ordinal > ? AND ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
    )
    .all(subject, after, before, limit)
    .map(({ ordinal }) => Number(ordinal));
}

/**
 * The same of all that the party said in the dialogues that are seen. Only those in which it said anything are looked at,
 * the one with the latest word first, and none whose latest is earlier than a page of others: so it costs what the page
 * does, and not what the dialogues are.
 */
export function changesByParty(
  tables: Tables,
  { party, isSeen }: { readonly party: string; readonly isSeen: (dialogueId: string) => boolean },
  range: { readonly after: number; readonly before: number; readonly limit: number },
): readonly number[] {
  const prefix = ofParty(party, '');
  const subjects = tables
    .prepare(
      `SELECT name, (SELECT max(ordinal) FROM {changes} WHERE subject = one.id AND ordinal < ?) AS newest
         FROM {subjects} AS one WHERE name >= ? AND name < ? ORDER BY newest DESC`,
    )
    .all(range.before, prefix, `${prefix}g`)
    .filter(({ name }) => isSeen(String(name).slice(prefix.length)));
  let found: readonly number[] = [];
  for (const { name, newest } of subjects) {
    const after = found.length < range.limit ? range.after : Math.max(range.after, found.at(-1) ?? -1);
    if (newest === null || Number(newest) <= after) break;
    const more = changesOf(tables, String(name), { ...range, after });
    found = [...found, ...more].toSorted((one, other) => other - one).slice(0, range.limit);
  }
  return found;
}
