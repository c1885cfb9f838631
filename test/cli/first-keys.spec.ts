import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { Doubted, MemoryEventStore } from '#libs/event-store';
import { makeFirstKeys } from '../../src/cli/first-keys.js';
import { Credentials } from '../../src/platform/access/credentials.js';
import { SystemClock } from '../../src/platform/record/clock.js';
import { Ids } from '../../src/platform/record/ids.js';

const folder = mkdtempSync(join(tmpdir(), 'entente-first-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a store that shows less than was read for a moment gets its first keys once it shows all', async () => {
  const ids = new Ids();
  const clock = new SystemClock();
  let looks = 0;
  class Slept extends MemoryEventStore {
    override async *readAll(...options: Parameters<MemoryEventStore['readAll']>) {
      looks += 1;
      if (looks <= 2) throw new Doubted('The event store does not show what was read from it before.');
      yield* super.readAll(...options);
    }
  }
  const store = new Slept({ clock: () => clock.iso() });
  const file = join(folder, 'keys.json');
  const keys = await makeFirstKeys({ store, ids, credentials: new Credentials(store, ids, clock) }, file);
  expect(looks).toBe(3);
  expect(Object.keys(keys ?? {})).toEqual(['operator', 'secretariat', 'reader', 'auditor']);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(keys);
});
