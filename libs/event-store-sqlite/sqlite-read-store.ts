import { join, resolve } from 'node:path';

import {
  Unavailable,
  WakeUps,
  followPages,
  formatPosition,
  readAllPages,
  readStreamPages,
  type Appended,
  type EventStore,
  type Msg,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type Recorded,
  type SubscribeOptions,
} from '#libs/event-store';

import { unusable } from './data-folder.js';
import { DataFolderUnusable } from './errors.js';
import { readFolder } from './folder-reading.js';
import { latestEpoch, refuseForeign } from './schema.js';
import { resultCodeOf } from './sqlite-failure.js';
import { SqliteReader } from './sqlite-reader.js';
import { openUnchanged, type OpenedFile } from './unchanged-file.js';

/** The record of a folder to be read and nothing else: no file is made or changed, so a write-protected copy will do. */
export class SqliteReadStore implements EventStore {
  readonly #wakeUps = new WakeUps();

  private constructor(
    private readonly epoch: string,
    private readonly reader: SqliteReader,
    private readonly onClose: () => void,
  ) {}

  /** Throws `DataFolderLocked`, `DataFolderTooNew` or `DataFolderUnusable`, each of which says what to do. */
  static async open({ directory: path }: { readonly directory: string }): Promise<SqliteReadStore> {
    const directory = resolve(path);
    const file = join(directory, 'store.sqlite');
    const folder = readFolder(directory);
    let opened: OpenedFile | undefined;
    try {
      const readable = openUnchanged(file);
      opened = readable;
      const { database } = readable;
      refuseForeign(database, directory);
      const epoch = String(latestEpoch(database));
      const reader = new SqliteReader(database, epoch, () => undefined);
      return new SqliteReadStore(epoch, reader, () => {
        readable.close();
        folder.release();
      });
    } catch (error) {
      opened?.close();
      folder.release();
      throw resultCodeOf(error) === undefined || error instanceof DataFolderUnusable
        ? error
        : unusable(directory, file, error);
    }
  }

  async identity(): Promise<{ epoch: string }> {
    return { epoch: this.epoch };
  }

  async append(): Promise<Appended> {
    throw new Unavailable('The record is open for reading only; nothing was stored.');
  }

  async eraseContent(): Promise<void> {
    throw new Unavailable('The record is open for reading only; nothing was erased.');
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<Recorded> {
    return readStreamPages(this.reader, stream, options);
  }

  readAll(options: ReadAllOptions): AsyncIterable<Msg> {
    return readAllPages(this.reader, options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Msg> {
    return followPages(this.reader, this.#wakeUps, options);
  }

  async head(): Promise<Position | undefined> {
    const head = this.reader.head();
    return head === 0n ? undefined : formatPosition(this.epoch, head);
  }

  async close(): Promise<void> {
    if (this.#wakeUps.ended) return;
    this.#wakeUps.end();
    this.reader.close();
    this.onClose();
  }
}
