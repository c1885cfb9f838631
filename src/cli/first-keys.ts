import type { Role } from '../platform/principal.js';
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

/** A store without any key gets its first ones, in a file that only its owner can read; undefined where there are some. */
export async function makeFirstKeys(record: OpenRecord, file: string): Promise<Keys | undefined> {
  if ((await record.credentials.list()).length > 0) return undefined;
  const keys: Record<string, string> = {};
  for (const { name, roles } of firstPrincipals) {
    keys[name] = (await record.credentials.issue({ name, party: null, roles, days })).key;
  }
  await writeKeys(file, keys);
  return keys;
}
