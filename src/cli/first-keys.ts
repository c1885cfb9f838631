import { Conflict, StreamNotFound } from '#libs/event-store';
import { appendTo } from '../platform/record/appending.js';
import type { Role } from '../platform/record/principal.js';
import type { OpenRecord } from '../platform/record.js';
import { writeKeys } from './key-file.js';
import type { Keys } from './key-file.js';

const firstPrincipals: readonly { readonly name: string; readonly roles: readonly Role[] }[] = [
  { name: 'operator', roles: ['operator'] },
  { name: 'secretariat', roles: ['secretariat'] },
  { name: 'reader', roles: ['reader'] },
  { name: 'auditor', roles: ['auditor'] },
];

const days = 365;
/** Holds one event: whoever appended it makes the first keys. */
const stream = 'first-keys';

/**
 * A store without any key gets its first ones, in a file that only its owner can read; undefined where there are some,
 * or where another server, started at the same moment, makes them.
 */
export async function makeFirstKeys(record: OpenRecord, file: string): Promise<Keys | undefined> {
  // The list of keys reads the whole store, which a server should not have to do at every start.
  if (await isMade(record)) return undefined;
  if ((await record.credentials.list()).length > 0) return undefined;
  if (!(await claim(record))) return undefined;
  const keys: Record<string, string> = {};
  for (const { name, roles } of firstPrincipals) {
    keys[name] = (await record.credentials.issue({ name, party: null, roles, days }, { as: 'folder' })).key;
  }
  await writeKeys(file, keys);
  return keys;
}

async function isMade({ store }: OpenRecord): Promise<boolean> {
  try {
    for await (const _ of store.readStream(stream, { limit: 1 })) return true;
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
  }
  return false;
}

/** Before any key: if this process ends in between, "entente keys make" makes the keys that are missing. */
async function claim({ store, ids }: OpenRecord): Promise<boolean> {
  const event = { id: ids.next(), type: 'FirstKeysMade', data: {}, content: null, salt: null, meta: {} };
  try {
    await appendTo(store, stream, [event], 'no_stream');
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}
