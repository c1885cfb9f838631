import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '#libs/event-store';
import { Ids } from '../platform/record/ids.js';
import { bytesOfFile, clearStrayFiles, keepFile } from './import-files.js';

const hour = 60 * 60 * 1_000;

async function* chunks(): AsyncGenerator<Buffer> {
  yield Buffer.from('id,title\n');
}

async function kept(fileId: string): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  await keepFile({ store, ids: new Ids() }, fileId, chunks());
  return store;
}

const bytesIn = async (store: MemoryEventStore, fileId: string) =>
  Buffer.concat(await Array.fromAsync(bytesOfFile({ store }, fileId))).toString();

describe('A file of which there is no import', () => {
  it('is left while it may be on its way, on this server or on another', async () => {
    const store = await kept('a');
    await clearStrayFiles(store, new Set(), Date.now());
    expect(await bytesIn(store, 'a')).toBe('id,title\n');
  });

  it('is cleared away an hour after it began, unless an import knows it', async () => {
    const store = await kept('b');
    await clearStrayFiles(store, new Set(['b']), Date.now() + 2 * hour);
    expect(await bytesIn(store, 'b')).toBe('id,title\n');
    await clearStrayFiles(store, new Set(), Date.now() + 2 * hour);
    await expect(bytesIn(store, 'b')).rejects.toThrow('cleared away');
  });
});
