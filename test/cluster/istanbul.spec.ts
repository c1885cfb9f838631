import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Facade } from '#libs/event-store-eventstoredb/testing';
import { loadIstanbul } from '../demo/istanbul.js';
import type { Istanbul } from '../demo/istanbul.js';

const facade = new Facade();
let inMemory: Istanbul;
let onCluster: Istanbul;

beforeAll(async () => {
  await facade.start();
  facade.database('istanbul').log.writesSystemEvents = true;
  inMemory = await loadIstanbul({ storeUrl: undefined });
  onCluster = await loadIstanbul({ storeUrl: facade.connectionString('istanbul') });
});
afterAll(async () => {
  await inMemory.server.stop();
  await onCluster.server.stop();
  await facade.stop();
});

/** What two loads of one record have in common: ids by their first appearance, nothing random, no moment of recording. */
async function told(record: Istanbul): Promise<string> {
  const { irritants, comparison, exchange, dialogue } = record;
  const text = JSON.stringify(
    [irritants, comparison, exchange, dialogue, await record.allEntries()],
    null,
    1,
  );
  const ids = new Map<string, string>();
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      ids.set(id, ids.get(id) ?? `id ${ids.size}`);
      return ids.get(id) ?? '';
    })
    .replace(/"(salt|nonce|\w+Hash|correlationId)": "[^"]+"/g, '"$1"')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'when it was recorded');
}

it('The Istanbul record is told on a cluster, word by word, as in memory', async () => {
  const here = await told(inMemory);
  expect(here).toContain('RUUS-7');
  expect(await told(onCluster)).toBe(here);
});
