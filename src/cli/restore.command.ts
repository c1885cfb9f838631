import { readEnvironment } from '#config';
import { restoreDataFolder } from '#libs/event-store-sqlite';
import { CliFailure } from './cli-failure.js';
import { folderFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

/** Makes the record of a folder without one from a copy, and says what is different from before the copy. */
export async function restore(copy: string, options: CommonOptions): Promise<void> {
  if (readEnvironment().storeUrl !== undefined) {
    throw new CliFailure(
      'EVENTSTORE_URL is set, so the record is in a cluster: restore that as its documentation says.',
    );
  }
  const directory = folderFrom(options);
  const { events, lastRecordedAt, epoch } = restoreDataFolder(copy, directory);
  const last = lastRecordedAt === undefined ? '' : `, the last of them recorded at ${lastRecordedAt}`;
  process.stdout.write(
    `${directory} holds the record of ${copy} again: ${events} event(s) in its store${last}.
What came after that is missing. Clients that repeat their requests with the same Idempotency-Key record it again.
Its epoch is new (${epoch}), so an Event-Position from before is refused with epoch-changed.
Keys that were revoked after the copy was taken are valid again, and words that were erased after it are back: revoke
and erase again. The read models are built at the next start.
Next: "entente doctor --data ${directory}", then "entente serve --data ${directory}".
`,
  );
}
