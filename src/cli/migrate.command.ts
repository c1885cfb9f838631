import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStoreDbEventStore } from '#libs/event-store-eventstoredb';
import { SqliteEventStore } from '#libs/event-store-sqlite';
import { digestOf, move, TargetNotEmpty } from '../platform/record/migration.js';
import { CliFailure } from './cli-failure.js';
import { writePrivately } from './key-file.js';
import { folderFrom, refuseWithoutRecord } from './settings.js';
import type { CommonOptions } from './settings.js';

interface MigrateOptions extends CommonOptions {
  readonly from: string;
  readonly to: string;
}

/** Says into which cluster a move goes and how far it has come, in the folder that it moves from. */
function progressFile(directory: string): string {
  return join(directory, 'migration.json');
}

interface Progress {
  /** The identity of the cluster's store; its address may be another one the next time. */
  readonly target: string;
  readonly moved: number;
}

async function brokenOff(file: string): Promise<Progress | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Progress;
  } catch {
    return undefined;
  }
}

/** What became of the move that the file tells of. */
function wordsOf({ target, moved }: Progress, here: string): string {
  return target === here
    ? `An earlier move into this cluster broke off after ${moved} event(s); it goes on from there.\n`
    : `An earlier move broke off after ${moved} event(s), into another cluster; this one begins anew.\n`;
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
  const { epoch } = await target.identity();
  const earlier = await brokenOff(file);
  if (earlier !== undefined) process.stderr.write(wordsOf(earlier, epoch));
  const moved = await move({
    source,
    target,
    setRecordedAt: (instant) => (recordedAt = instant),
    onProgress: async (count) => {
      await writePrivately(file, `${JSON.stringify({ target: epoch, moved: count } satisfies Progress)}\n`);
      process.stderr.write(`\r${count} event(s) are there`);
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
