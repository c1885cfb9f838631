import { Appender } from './appender.js';
import type { Connection } from './connection.js';
import { ContentKeys } from './content-keys.js';
import { Erasing } from './erasing.js';
import { KeyPool } from './key-pool.js';
import type { Settings } from './options.js';
import { Reader } from './reader.js';
import { Sameness } from './sameness.js';
import { SealedAppends } from './sealed-appends.js';
import { Search } from './search.js';

/** What a store is made of, each part knowing those above it. */
export interface Parts {
  readonly settings: Settings;
  readonly connection: Connection;
  readonly keys: ContentKeys;
  readonly reader: Reader;
  readonly search: Search;
  readonly sameness: Sameness;
  readonly appender: Appender;
  readonly appends: SealedAppends;
  readonly erasing: Erasing;
}

export function partsOf(settings: Settings, connection: Connection, epoch: string): Parts {
  const keys = new ContentKeys(connection, settings);
  const reader = new Reader(connection, settings, keys, epoch);
  const appender = new Appender(connection, reader, settings);
  return {
    settings,
    connection,
    keys,
    reader,
    search: new Search(connection, settings, keys, reader),
    sameness: new Sameness(connection, reader, settings),
    appender,
    appends: new SealedAppends(appender, new KeyPool(connection, appender, keys)),
    erasing: new Erasing(connection, reader, keys, settings),
  };
}
