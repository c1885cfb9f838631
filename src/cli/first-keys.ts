import { setTimeout as wait } from 'node:timers/promises';
import { Unavailable } from '#libs/event-store';
import type { Role } from '../platform/record/principal.js';
import type { OpenRecord } from '../platform/record.js';
import { writeKeys } from './key-file.js';
import type { Keys } from './key-file.js';
import { isMarked, setMark } from './mark.js';

const firstPrincipals: readonly { readonly name: string; readonly roles: readonly Role[] }[] = [
  { name: 'operator', roles: ['operator'] },
  { name: 'secretariat', roles: ['secretariat'] },
  { name: 'reader', roles: ['reader'] },
  { name: 'auditor', roles: ['auditor'] },
];

const days = 365;
/** Whoever sets it makes the first keys. */
const made = { stream: 'first-keys', type: 'FirstKeysMade' };

/** A cluster that has just been begun, by another server perhaps, may show less than was read: it is looked at again. */
const looksMax = 60;
const lookAgainMs = 500;

/** What the store says once it can be asked. Nothing is made before, so that asking again makes nothing twice. */
async function asked<T>(look: () => Promise<T>): Promise<T> {
  for (let looks = 1; ; looks += 1) {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof Unavailable) || looks === looksMax) throw error;
      await wait(lookAgainMs);
    }
  }
}

/**
 * A store without any key gets its first ones, in a file that only its owner can read; undefined where there are some,
 * or where another server, started at the same moment, makes them.
 */
export async function makeFirstKeys(
  { store, ids, credentials }: Pick<OpenRecord, 'store' | 'ids' | 'credentials'>,
  file: string,
): Promise<Keys | undefined> {
  // The list of keys reads the whole store, which a server should not have to do at every start.
  if (await asked(() => isMarked(store, made))) return undefined;
  if ((await asked(() => credentials.list())).length > 0) return undefined;
  // Before any key: if this process ends in between, "entente keys make" makes the keys that are missing.
  if (!(await setMark(store, ids, made))) return undefined;
  const keys: Record<string, string> = {};
  for (const { name, roles } of firstPrincipals) {
    keys[name] = (await credentials.issue({ name, party: null, roles, days }, { as: 'folder' })).key;
  }
  await writeKeys(file, keys);
  return keys;
}
