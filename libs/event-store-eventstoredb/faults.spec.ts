import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Facade, faultNames, runFaults } from './testing.js';

/** The runner fails a test in which a rejection stays unhandled, so none of these leaves one behind. */
describe('The EventStoreDB store, when the server', () => {
  const facade = new Facade();
  beforeAll(() => facade.start());
  afterAll(() => facade.stop());

  it.each(faultNames)('%s, notices it in time, and gives every event once', async (name) => {
    const { late, stored, written, received } = await runFaults(facade, [name]);
    expect(late).toEqual([]);
    // No success is lost, and none is false: what the writer was told is what the server has, once.
    expect([...stored].sort()).toEqual([...written].sort());
    for (const ids of received) expect(ids).toEqual(stored);
  });
});
