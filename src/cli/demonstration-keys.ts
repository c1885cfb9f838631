import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { demonstrationPrincipals, syntheticPrincipals } from '../demo/principals.js';
import type { OpenRecord } from '../platform/record.js';
import { readKeys, writeKeys } from './key-file.js';
import type { Keys } from './key-file.js';

const days = 30;

/**
 * The keys of the demonstration's principals. A principal keeps its id over all starts, so that loading the record
 * again repeats the same requests of the same principal and changes nothing.
 */
export async function demonstrationKeys(
  { credentials }: Pick<OpenRecord, 'credentials'>,
  file: string,
): Promise<Keys> {
  const known = await credentials.list();
  const written = await readKeys(file);
  const keys: Record<string, string> = {};
  for (const { name, party, roles } of [...demonstrationPrincipals, ...syntheticPrincipals]) {
    const earlier = known.find((one) => one.name === name);
    const key = written[name];
    const isGood = key !== undefined && (await credentials.authenticate(key))?.id === earlier?.principalId;
    keys[name] =
      isGood && earlier !== undefined
        ? key
        : (
            await credentials.issue(
              {
                name,
                party,
                roles,
                days,
                ...(earlier === undefined ? {} : { principalId: earlier.principalId }),
              },
              { as: 'demonstration' },
            )
          ).key;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeKeys(file, keys);
  return keys;
}
