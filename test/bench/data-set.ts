import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { NewEvent } from '#libs/event-store';
import { SqliteEventStore, storedRows } from '#libs/event-store-sqlite';
import type { StoredRow } from '#libs/event-store-sqlite';
import { connected, laySubjects, layPlace, stating, subjectOf } from './ground.js';
import type { Subject } from './ground.js';
import { MeasuredServer } from './measured-server.js';

/** Data sets are kept between runs; a change of what is below makes others. */
const version = 2;
const kept = fileURLToPath(new URL('../../coverage/bench/data', import.meta.url));
const bytesOfAnEvent = 1_200;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const prefix = 'BENCH';

/** A record that was made over HTTP: one dialogue with twenty irritants, and on each of them ten acts. */
async function pattern(folder: string): Promise<void> {
  const server = await new MeasuredServer(folder, undefined).start();
  await server.ready();
  const connection = await connected(server);
  const place = await layPlace(connection, prefix);
  for (const subject of await laySubjects(connection, place, 20)) {
    let acting: Subject = subject;
    for (let at = 0; at < 10; at += 1) acting = subjectOf(await connection.send(stating(acting, place)));
  }
  connection.close();
  await server.stop();
  for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, `views.sqlite${ending}`), { force: true });
}

/** The same text with other ids, as if it had been said in another dialogue. */
function another(text: string, at: number, ids: ReadonlySet<string>): string {
  const named = text.replace(uuid, (one) => {
    if (!ids.has(one)) return one;
    const hash = createHash('sha256').update(`${at} ${one}`).digest('hex');
    return `${one.slice(0, 19)}${hash.slice(0, 4)}-${hash.slice(4, 16)}`;
  });
  return named.replaceAll(prefix, `B${at.toString(36).toUpperCase()}X`);
}

function asNew({ id, type, data, content, salt, meta }: StoredRow): NewEvent {
  return {
    id,
    type,
    data: JSON.parse(data) as NewEvent['data'],
    content: content === null ? null : (JSON.parse(content) as NewEvent['content']),
    salt,
    meta: JSON.parse(meta) as NewEvent['meta'],
  };
}

/**
 * The folder of a record with at least so many events: a small one that the product's own recorder made, said again in as
 * many dialogues as it takes, through the product's own store.
 */
export async function dataSet(events: number, say: (words: string) => void): Promise<string> {
  const folder = join(kept, `v${version}-${events}`);
  if (existsSync(folder)) return folder;
  const free = statfsSync(existsSync(kept) ? kept : fileURLToPath(new URL('../..', import.meta.url)));
  if (free.bavail * free.bsize < events * bytesOfAnEvent * 8)
    throw new Error(
      `There is no room on the disk for a record of ${events} events and what is built from it.`,
    );
  const draft = `${folder}-draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  await pattern(draft);
  const file = new DatabaseSync(join(draft, 'store.sqlite'), { readOnly: true });
  const rows = [...storedRows(file)];
  file.close();
  const copied = rows.filter(({ stream }) => /^(dialogue|irritant|source|keyprefix)-/.test(stream));
  const ids = new Set(copied.flatMap(({ stream, id }) => [id, ...(stream.match(uuid) ?? [])]));
  const store = await SqliteEventStore.open({
    directory: draft,
    clock: () => new Date().toISOString(),
    onFatal: (error) => {
      throw error;
    },
  });
  const streams = Map.groupBy(copied, ({ stream }) => stream);
  for (let at = 1, written = rows.length; written < events; at += 1, written += copied.length) {
    await Promise.all(
      [...streams].map(([stream, all]) => {
        const [first, ...others] = all.map((one) =>
          asNew({
            ...one,
            id: another(one.id, at, ids),
            data: another(one.data, at, ids),
            content: one.content && another(one.content, at, ids),
            meta: another(one.meta, at, ids),
          }),
        );
        if (first === undefined) throw new Error('A stream without events.');
        return store.append(another(stream, at, ids), [first, ...others], { expected: 'no_stream' });
      }),
    );
    if (at % 200 === 0) say(`${written} of ${events} events made`);
  }
  await store.close();
  renameSync(draft, folder);
  return folder;
}

/** A copy to be written to; the read models, if there are any, come along. */
export function copyOf(folder: string, to: string): string {
  cpSync(folder, to, { recursive: true });
  return to;
}
