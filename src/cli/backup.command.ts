import { backUpDataFolder } from '#libs/event-store-sqlite';
import { refuseOnCluster, recordIn } from './settings.js';
import type { CommonOptions } from './settings.js';

/** Writes one moment of the record into a new file, beside a running server or without one, and checks it. */
export async function backup(to: string, options: CommonOptions): Promise<void> {
  refuseOnCluster('back that up');
  const { file, events, lastRecordedAt, bytes, epoch } = backUpDataFolder(recordIn(options), to);
  const last = lastRecordedAt === undefined ? '' : `, the last of them recorded at ${lastRecordedAt}`;
  process.stdout.write(
    `${file} holds the record: ${events} event(s) in its store${last} (${bytes} bytes, epoch ${epoch}).
It was checked: whole, in order, and as the store is made. Keep it where the record does not lie.
`,
  );
}
