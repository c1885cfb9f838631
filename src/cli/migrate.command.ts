import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Position } from '#libs/event-store';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { SqliteEventStore } from '#libs/event-store-sqlite';
import { digestOf, move, TargetNotEmpty } from '../platform/migration.js';
import { CliFailure } from './failures.js';
import { writePrivately } from './key-file.js';
import { folderFrom, refuseWithoutRecord } from './settings.js';
import type { CommonOptions } from './settings.js';

interface MigrateOptions extends CommonOptions {
  readonly from: string;
  readonly to: string;
}

/** Says how far a move has come, in the folder that it moves from. */
function progressFile(directory: string): string {
  return join(directory, 'migration.json');
}

async function brokenOffAt(file: string): Promise<Position | undefined> {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as { position: Position }).position;
  } catch {
    return undefined;
  }
}

/** Moves a record from one machine's SQLite to a cluster, and ends by comparing both from the start. */
export async function migrate(options: MigrateOptions): Promise<void> {
  if (options.from !== 'sqlite') throw new CliFailure(`--from takes "sqlite", not "${options.from}".`);
  if (!/^(esdb|kurrentdb|kdb)(\+discover)?:\/\/\S+$/.test(options.to)) {
    throw new CliFailure('--to takes a connection string such as esdb://host:2113?tls=true.');
  }
  const directory = folderFrom(options);
  refuseWithoutRecord(directory);
  const file = progressFile(directory);
  await using opened = new AsyncDisposableStack();
  const source = await SqliteEventStore.open({ directory });
  opened.defer(() => source.close());
  let recordedAt = '';
  const target = await EventStoreDbEventStore.open({ connectionString: options.to, clock: () => recordedAt });
  opened.defer(() => target.close());
  const moved = await move({
    source,
    target,
    setRecordedAt: (instant) => (recordedAt = instant),
    after: await brokenOffAt(file),
    onProgress: async (count, position) => {
      await writePrivately(file, `${JSON.stringify({ position })}\n`);
      process.stderr.write(`\r${count} event(s) moved`);
    },
  }).catch((error: unknown) => {
    throw error instanceof TargetNotEmpty ? new CliFailure(error.message) : error;
  });
  process.stderr.write(`\r${moved} event(s) moved; comparing both from the start …\n`);
  const [here, there] = [await digestOf(source), await digestOf(target)];
  if (here.digest !== there.digest) {
    throw new CliFailure(
      `The cluster holds ${there.events} event(s) and the folder ${here.events}, or their order differs: something else wrote to the cluster. Begin again with an empty one.`,
    );
  }
  await rm(file, { force: true });
  process.stdout.write(
    `${here.events} event(s) are in the cluster, in the same order and unchanged (${here.digest.slice(0, 16)}…).\n`,
  );
}
