import { makeFirstKeys } from './first-keys.js';
import { firstLedgerKey } from './ledger.command.js';
import { keyFileOf } from './key-file.js';
import { withRecord } from './opened.js';
import { folderFrom, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

/** Makes the data folder and its first keys; a folder that has keys is left as it is. */
export async function init(options: CommonOptions): Promise<void> {
  if (settingsFrom(options).directory === undefined) {
    process.stdout.write('A record in memory needs no folder: "entente serve" begins it at each start.\n');
    return;
  }
  const directory = folderFrom(options);
  const file = keyFileOf(directory);
  const keys = await withRecord(directory, (record) => makeFirstKeys(record, file));
  process.stdout.write(
    keys === undefined
      ? `The record in ${directory} is there already, with its keys; nothing was changed.\n`
      : `The record is in ${directory}.\nIts first keys (${Object.keys(keys).join(', ')}) are in ${file}, readable by you alone.\n` +
          (firstLedgerKey(options) ?? '') +
          `Next: "entente serve --data ${directory}", then "entente keys make" for each registrar and negotiator.\n`,
  );
}
