import { DatabaseSync } from 'node:sqlite';

/**
 * Reads a store from its beginning, page by page, and parses it: the floor of building anything from it.
 *
 * node pages.mjs FILE: prints the seconds of CPU that it took, and how many events there were.
 */
const database = new DatabaseSync(process.argv[2], { readOnly: true });
const page = database.prepare(
  'SELECT position, stream, revision, id, type, data, content, salt, meta, recorded_at FROM events WHERE position > ? ORDER BY position LIMIT 500',
);
page.setReturnArrays(true);
const before = process.cpuUsage();
let events = 0;
let last = 0;
for (let rows = page.all(last); rows.length > 0; rows = page.all(last)) {
  for (const [position, , , , , data, content, , meta] of rows) {
    last = position;
    events +=
      [data, content, meta].filter((one) => one !== null && JSON.parse(one) !== undefined).length > 0 ? 1 : 0;
  }
}
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ cpuSeconds: (user + system) / 1e6, events }));
