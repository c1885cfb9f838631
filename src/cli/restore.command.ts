import { restoreDataFolder } from '#libs/event-store-sqlite';
import type { Restored } from '#libs/event-store-sqlite';
import { Removals } from '../platform/record/removals.js';
import { folderFrom, refuseOnCluster, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

/** Makes the record of a folder without one from a copy, and says what is different from before the copy. */
export async function restore(copy: string, options: CommonOptions): Promise<void> {
  refuseOnCluster('restore that');
  const directory = folderFrom(options);
  const { journal } = settingsFrom(options);
  const removals = journal === undefined ? undefined : Removals.read(journal);
  const restored = restoreDataFolder(copy, directory, removals?.erased);
  const { events, lastRecordedAt, epoch } = restored;
  const last = lastRecordedAt === undefined ? '' : `, the last of them recorded at ${lastRecordedAt}`;
  process.stdout.write(
    `${directory} holds the record of ${copy} again: ${events} event(s) in its store${last}.
What came after that is missing. Clients that repeat their requests with the same Idempotency-Key record it again.
Its epoch is new (${epoch}), so an Event-Position from before is refused with epoch-changed.
${removals === undefined ? withoutJournal : withJournal(restored, removals)} The read models are built at the next start.
Where a mirror of its logs is at hand, "entente ledger resume --from <mirror> --data ${directory}" appends what is missing first.
Next: "entente doctor --data ${directory}", then "entente serve --data ${directory}".
`,
  );
}

const withoutJournal = `ENTENTE_JOURNAL is not set, so nothing says what was taken away after the copy: keys that were revoked since are valid
again, and words that were erased since are back. Revoke and erase again.`;

function withJournal({ erased }: Restored, { revoked, file }: Removals): string {
  return `By the journal ${file}, ${erased} event(s) lost the words that were erased since. ${revoked.size} key(s) in it
are revoked: those that the copy has as valid are revoked again at the next start, as long as ENTENTE_JOURNAL is set.`;
}
