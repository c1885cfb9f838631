/**
 * The thread that writes the log of the read models into their file. It imports nothing of ours but types, so that it also
 * runs from its source as it stands.
 */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

import type { FromCheckpoints, OfCheckpoints, ToCheckpoints } from './background-checkpoints.js';

const port = parentPort;
if (port === null) throw new Error('The log is written into its file in a thread of its own.');

const { path, isAtWork } = workerData as OfCheckpoints;
const { database, checkpoint } = opened();

/** Who waits for it must not wait for a thread that has ended. */
function opened() {
  try {
    const database = new DatabaseSync(path);
    database.exec('PRAGMA synchronous = NORMAL');
    return { database, checkpoint: database.prepare('PRAGMA wal_checkpoint(PASSIVE)') };
  } catch (error) {
    becomes(2);
    throw error;
  }
}

function written(): FromCheckpoints {
  try {
    checkpoint.get();
    return 'written';
  } catch {
    return 'refused by the disk';
  }
}

function becomes(state: 0 | 2): void {
  Atomics.store(isAtWork, 0, state);
  Atomics.notify(isAtWork, 0);
}

port.on('message', (message: ToCheckpoints) => {
  if (message === 'checkpoint') {
    const outcome = written();
    becomes(0);
    return port.postMessage(outcome);
  }
  database.close();
  becomes(2);
  port.close();
});
