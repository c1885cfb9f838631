import type { Settings } from '#config';
import { makeFirstKeys } from './first-keys.js';
import { keyFileOf } from './key-file.js';
import { runServer } from './running.js';
import { refuseWithoutRecord, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

/** Serves until it is asked to end. Without any configuration: loopback only. A record in a folder has to be there. */
export async function serve(options: CommonOptions): Promise<void> {
  const settings = settingsFrom(options);
  if (settings.directory !== undefined && settings.storeUrl === undefined)
    refuseWithoutRecord(settings.directory);
  const file = settings.directory === undefined ? 'entente-keys.json' : keyFileOf(settings.directory);
  const { server, prepared: keys } = await runServer(settings, ({ record }) => makeFirstKeys(record, file));
  process.stdout.write(`Entente serves ${whereOf(settings)} on ${server.url}\n`);
  if (keys !== undefined) {
    process.stdout.write(
      `The first keys (${Object.keys(keys).join(', ')}) are in ${file}, readable by you alone.\n`,
    );
  }
  process.stdout.write(`The API is described at ${server.url}/docs; "entente doctor" checks the rest.\n`);
}

/** Where the truth is; of a connection string only that there is one, for it may hold a password. */
function whereOf({ storeUrl, directory }: Settings): string {
  if (storeUrl !== undefined) return 'the record of the cluster in EVENTSTORE_URL';
  return directory ?? 'a record in memory';
}
