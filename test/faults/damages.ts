import {
  copyFileSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { byDisk, byHand, inViews } from './damaged-folder.js';

export interface Damage {
  readonly name: string;
  readonly does: (folder: string, stream: string, other: string) => void;
  /** What the doctor says of it. */
  readonly says: RegExp;
  /** Only the read models are wrong, which a rebuild mends: the truth is in the store. */
  readonly mended?: true;
  /** Store and read models speak of one event and differ; a rebuild would take away what shows it. */
  readonly contradicts?: true;
}

const sql =
  (text: (stream: string) => string): Damage['does'] =>
  (folder, stream) =>
    byHand(folder, (database) => database.exec(text(stream)));

const at = (revision: number | string) => (stream: string) =>
  `stream = '${stream}' AND revision = ${revision}`;
const last = (stream: string) => `(SELECT max(revision) FROM events WHERE stream = '${stream}')`;
const where = (stream: string, revision: number | string) => at(revision)(stream);
const claim = "type = 'UnderstandingClaimed'";

const triggers = [
  'events_are_appended',
  'events_stay',
  'events_are_fixed',
  'identity_is_fixed',
  'identity_stays',
  'identity_is_appended',
];

function plainly(folder: string, text: string): void {
  const database = new DatabaseSync(join(folder, 'store.sqlite'));
  database.exec(text);
  database.close();
}

/** Without the rule that a revision of a stream stands there once. */
function withoutRule(folder: string): void {
  byHand(folder, (database) => {
    const { sql: made } = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'events'").get() ?? {};
    const bare = String(made).replace(/,\s*UNIQUE \(stream, revision\)/, '');
    database.exec(`ALTER TABLE events RENAME TO kept; ${bare};
      INSERT INTO events SELECT * FROM kept; DROP TABLE kept`);
  });
}

/** The beginning of the page that leads to all events. */
function overwriteRoot(folder: string): void {
  const database = new DatabaseSync(join(folder, 'store.sqlite'));
  const { page } =
    database.prepare("SELECT rootpage AS page FROM sqlite_schema WHERE name = 'events'").get() ?? {};
  database.close();
  overwrite(folder, Number(page));
}

function overwrite(folder: string, page: number): void {
  const handle = openSync(join(folder, 'store.sqlite'), 'r+');
  writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, (page - 1) * 4_096);
  closeSync(handle);
}

const events: readonly Damage[] = [
  {
    name: 'the last event of a stream taken out',
    does: sql((s) => `DELETE FROM events WHERE ${where(s, last(s))}`),
    says: /the event at position \d+ is missing/,
  },
  {
    name: 'an event in the middle of a stream taken out',
    does: sql((s) => `DELETE FROM events WHERE ${where(s, 2)}`),
    says: /revision 2 of irritant-\S+ is missing/,
  },
  {
    name: 'the first event of a stream taken out',
    does: sql((s) => `DELETE FROM events WHERE ${where(s, 0)}`),
    says: /revision 0 of irritant-\S+ is missing/,
  },
  {
    name: 'the newest event of all taken out',
    does: sql(() => 'DELETE FROM events WHERE position = (SELECT max(position) FROM events)'),
    says: /its newest events are missing: positions were given up to \d+/,
  },
  {
    name: 'an event entered a second time',
    does: sql(
      (
        s,
      ) => `INSERT INTO events SELECT NULL, stream, ${last(s)} + 1, id, type, data, content, salt, meta, recorded_at, 0, 0
        FROM events WHERE position = (SELECT max(position) FROM events WHERE stream = '${s}')`,
    ),
    says: /stands in two places, at positions \d+ and \d+/,
  },
  {
    name: 'two revisions exchanged',
    does: sql(
      (
        s,
      ) => `UPDATE events SET revision = -9 WHERE ${where(s, 1)}; UPDATE events SET revision = 1 WHERE ${where(s, 2)};
        UPDATE events SET revision = 2 WHERE ${where(s, -9)}`,
    ),
    says: /stands before revision 1: their order was changed/,
  },
  {
    name: 'two positions exchanged',
    does: (folder, stream) =>
      byHand(folder, (database) => {
        const [a, b] = [0, 3].map((revision) =>
          Number(
            database.prepare(`SELECT position FROM events WHERE ${where(stream, revision)}`).get()?.[
              'position'
            ],
          ),
        );
        database.exec(`UPDATE events SET position = -9 WHERE position = ${a};
          UPDATE events SET position = ${a} WHERE position = ${b}; UPDATE events SET position = ${b} WHERE position = -9`);
      }),
    says: /their order was changed/,
  },
  {
    name: 'an event moved into another stream',
    does: sql((s) => `UPDATE events SET stream = stream || 'x', revision = 0 WHERE ${where(s, last(s))}`),
    says: /lack an event|say something else|stream differ|can't be read|is missing/,
    contradicts: true,
  },
  {
    name: 'a stream given another name',
    does: sql((s) => `UPDATE events SET stream = 'irritant-0' WHERE stream = '${s}'`),
    says: /read models .*say something else than the store of revision 0 of irritant-0.*stream differ/,
    contradicts: true,
  },
  {
    name: 'a type that nobody knows',
    does: sql((s) => `UPDATE events SET type = 'IrritantSold' WHERE ${where(s, 1)}`),
    says: /IrritantSold.*its type is not known/,
  },
  ...(['data', 'content', 'meta'] as const).map((column) => ({
    name: `${column} that is no JSON any more`,
    does: sql((s) => `UPDATE events SET ${column} = '{"text":' WHERE ${where(s, 1)}`),
    says: new RegExp(`its ${column} can't be read as JSON`),
  })),
  {
    name: 'an envelope that is gone',
    does: sql((s) => `UPDATE events SET meta = '{}' WHERE ${where(s, 1)}`),
    says: /no schema can read it: its envelope/,
  },
  {
    name: 'a word changed in a text that is not sealed',
    does: sql(
      (s) => `UPDATE events SET content = replace(content, 'Words', 'Lies') WHERE stream = '${s}'
      AND type = 'PositionStated'`,
    ),
    says: /its words are not those that were logged/,
  },
  {
    name: 'words that no hash in the envelope binds',
    does: sql(
      (s) => `UPDATE events SET meta = json_remove(meta, '$.contentHash') WHERE stream = '${s}'
      AND type = 'PositionStated'`,
    ),
    says: /it has words, and none were logged/,
  },
];

const seals: readonly Damage[] = [
  {
    name: 'a word changed in a sealed text',
    does: sql(() => `UPDATE events SET content = replace(content, 'Words', 'Lies') WHERE ${claim}`),
    says: /its words do not have the hash that textHash says/,
  },
  ...[
    ['ProposalTabled', 'contentHash'],
    ['RoadmapVersionTabled', 'contentHash'],
  ].map(([type, field]) => ({
    name: `a word changed in what ${type} seals`,
    does: sql(() => `UPDATE events SET content = replace(content, 'Words', 'Lies') WHERE type = '${type}'`),
    says: new RegExp(`${type}.*its words do not have the hash that ${field} says`),
  })),
  {
    name: 'a hash changed',
    does: sql(
      () => `UPDATE events SET data = json_set(data, '$.textHash', '${'0'.repeat(64)}') WHERE ${claim}`,
    ),
    says: /its words do not have the hash that textHash says/,
  },
  {
    name: 'what a text was hashed with taken out',
    does: sql(() => `UPDATE events SET content = json_remove(content, '$.nonce') WHERE ${claim}`),
    says: /what they were hashed with is gone/,
  },
  {
    name: 'a salt taken out',
    does: sql((s) => `UPDATE events SET salt = NULL WHERE ${where(s, 1)}`),
    says: /the salt of its words is gone/,
  },
  {
    name: 'words taken out without an erasure',
    does: sql((s) => `UPDATE events SET content = NULL, salt = NULL WHERE ${where(s, 1)}`),
    says: /its words are gone, and no erasure is recorded/,
  },
  {
    name: 'a recorded time set back',
    does: sql((s) => `UPDATE events SET recorded_at = '2001-01-01T00:00:00.000Z' WHERE ${where(s, 2)}`),
    says: /was recorded at 2001-01-01T00:00:00.000Z, before the one in front of it/,
  },
  {
    name: 'a recorded time that is none',
    does: sql((s) => `UPDATE events SET recorded_at = 'yesterday' WHERE ${where(s, 2)}`),
    says: /was recorded at yesterday, which is no time/,
  },
];

const files: readonly Damage[] = [
  {
    name: 'for whom a number was reserved, changed by the disk',
    does: (folder) =>
      byDisk(
        folder,
        `UPDATE events SET data = replace(data, '"id":"', '"id":"0') WHERE type = 'NumberReserved'`,
      ),
    says: /revision \d+ of keyprefix-\S+\) is not what was stored: its checksum is another one/,
  },
  ...triggers.map((trigger) => ({
    name: `the trigger ${trigger} dropped`,
    does: (folder: string) => plainly(folder, `DROP TRIGGER ${trigger}`),
    says: new RegExp(`the trigger ${trigger} is missing`),
  })),
  {
    name: 'a trigger that forbids nothing any more',
    does: (folder) =>
      plainly(
        folder,
        `DROP TRIGGER events_stay; CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT 1; END`,
      ),
    says: /the trigger events_stay is not as this program makes it/,
  },
  {
    name: 'a trigger of somebody else',
    does: (folder) => plainly(folder, 'CREATE TRIGGER spy AFTER INSERT ON identity BEGIN SELECT 1; END'),
    says: /the trigger spy is none of ours/,
  },
  {
    name: 'a table without its unique index',
    does: withoutRule,
    says: /the index sqlite_autoindex_events_1 is missing/,
  },
  {
    name: 'a file cut short',
    does: (folder) => truncateSync(join(folder, 'store.sqlite'), 5 * 4_096),
    says: /store +.*damaged/,
  },
  { name: 'bytes of a page overwritten', does: overwriteRoot, says: /store +.*damaged/ },
  {
    name: 'the beginning of the file overwritten',
    does: (folder) => overwrite(folder, 1),
    says: /store +.*(not a database|damaged|whole)/,
  },
  {
    name: 'a mark of another program',
    does: (folder) => plainly(folder, 'PRAGMA application_id = 7'),
    says: /the file is not marked as ours/,
  },
  {
    name: 'a format from the future',
    does: (folder) => plainly(folder, 'PRAGMA user_version = 99'),
    says: /storage format 99.*Install the newer version/,
  },
  {
    name: 'a file with nothing in it',
    does: (folder) => writeFileSync(join(folder, 'store.sqlite'), ''),
    says: /its store.sqlite is empty/,
  },
  {
    name: 'an identity taken out',
    does: sql(() => 'DELETE FROM identity'),
    says: /its identity is gone/,
  },
  {
    name: 'an identity out of order',
    does: sql(() => "INSERT INTO identity VALUES (5, 'another')"),
    says: /its identity of life 2 is gone/,
  },
  {
    name: 'another identity',
    does: sql(() => "UPDATE identity SET epoch = 'another'"),
    says: /read models .*belong to another store/,
    mended: true,
  },
];

const record = 'record_v1_s1_events';
const views: readonly Damage[] = [
  {
    name: 'a row taken out of the read models',
    does: (folder) => inViews(folder, `DELETE FROM ${record} WHERE ordinal = 4`),
    says: /read models .*say that they hold \d+ event\(s\), and hold \d+/,
    mended: true,
  },
  {
    name: 'a row put into the read models',
    does: (folder) =>
      inViews(
        folder,
        `INSERT INTO ${record} SELECT ordinal + 1, 'x', stream, revision + 1, type, recorded_at, running_max,
           substr(position, 1, length(position) - 42) || '.00000000000000009999.00000000000000009999', log, seq + 9999, body
         FROM ${record} ORDER BY ordinal DESC LIMIT 1;
         UPDATE slot SET ordinal = ordinal + 1, position = (SELECT max(position) FROM ${record}) WHERE name = 'record'`,
      ),
    says: /read models .*are 1 event\(s\) further than the store/,
    mended: true,
  },
  {
    name: 'words changed in the read models',
    does: (folder) => inViews(folder, `UPDATE ${record} SET body = replace(body, 'Words', 'Lies')`),
    says: /read models .*say something else than the store.*content differ/,
    contradicts: true,
  },
  {
    name: 'a row of the read models that is no JSON',
    does: (folder) => inViews(folder, `UPDATE ${record} SET body = '{"words":Secret}' WHERE ordinal = 4`),
    says: /read models +can't be used: a row of them is no JSON/,
    mended: true,
  },
  {
    name: 'read models of another store',
    does: (folder, _, other) => copyFileSync(join(other, 'views.sqlite'), join(folder, 'views.sqlite')),
    says: /read models .*belong to another store/,
    mended: true,
  },
  {
    name: 'read models that are no such file',
    does: (folder) => writeFileSync(join(folder, 'views.sqlite'), readFileSync(join(folder, 'keys.txt'))),
    says: /read models .*can't be used/,
    mended: true,
  },
  {
    name: 'read models with a damaged page',
    does: (folder) => {
      const handle = openSync(join(folder, 'views.sqlite'), 'r+');
      for (let page = 1; page < 9; page += 1) writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, page * 4_096);
      closeSync(handle);
    },
    says: /read models .*can't be used/,
    mended: true,
  },
];

export const damages: readonly Damage[] = [...events, ...seals, ...files, ...views];

/** Only time is lost: the next start builds them. */
export function withoutReadModels(folder: string): void {
  rmSync(join(folder, 'views.sqlite'));
}
