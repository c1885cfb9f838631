import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { afterConsequences } from '../../src/platform/commands/after-consequences.js';
import type { Seen } from '../../src/platform/commands/after-consequences.js';
import { Once } from '../../src/platform/record/once.js';
import { SimulatedRecord } from '../simulation/record.js';
import { Matter, RU, tried, US, words } from './matter.js';
import { Race } from './race.js';

let record: SimulatedRecord;
let race: Race;
let seen: Seen;

beforeAll(async () => {
  record = await SimulatedRecord.open();
});
afterAll(() => record.close());
beforeEach(async () => {
  const matter = await Matter.open(record.desk, { joined: [RU, US] });
  await record.settle();
  race = new Race(
    matter,
    () => record.settle(),
    () => false,
  );
  await race.agreed();
  const { streams } = record.desk.record;
  const stream = `irritant-${matter.irritantId}`;
  seen = { stream, once: new Once(streams), revision: BigInt((await streams.events(stream)).length - 1) };
});

/** Of an act that comes while both have just agreed; what happens while it waits, and how that ends. */
function waiting(upToNow: () => Promise<'level' | 'reached' | 'lagging'>, revision = seen.revision) {
  const { streams } = record.desk.record;
  const wait = afterConsequences(streams, { drawn: { upToNow } });
  return wait({ afterConsequences: true }, { ...seen, revision });
}

describe('An act that is decided once all that follows is drawn', () => {
  it('is given on what has followed, which does not make it stale', async () => {
    const found = await waiting(async () => {
      await record.settle();
      return 'reached';
    });
    expect(found.revision).toBeGreaterThan(seen.revision);
    const { events } = await found.once.stream(seen.stream);
    expect(events.map(({ type }) => type)).toContain('Agreed');
    expect(BigInt(events.length - 1)).toBe(found.revision);
  });

  it('is stale by an act of the other side meanwhile', async () => {
    const found = await waiting(async () => {
      await race.on(US, 'StatePosition', { stance: 'contests', text: words });
      await record.settle();
      return 'reached';
    });
    expect(found.revision).toBe(seen.revision);
  });

  it('is stale where words read otherwise meanwhile, as a correction of them is void', async () => {
    const { store, ids, streams } = record.desk.record;
    await race.on(RU, 'StatePosition', { stance: 'contests', text: words });
    const said = (await streams.events(seen.stream)).at(-1);
    await race.on(RU, 'CorrectEvent', { target: said?.id, content: { text: { en: 'Others.' } } });
    const { id: target = '', revision = 0 } = (await streams.events(seen.stream)).at(-1) ?? {};
    const found = await waiting(async () => {
      const act = { party: null, capacity: 'derived', recordedBy: 'entente', recorderParty: null };
      const meta = { schemaVersion: 1, act, sources: [], audience: 'both', correlationId: 'void' };
      const voiding = { id: ids.next(), type: 'AttributionVoid', data: { target }, content: {} };
      await store.append(seen.stream, [{ ...voiding, salt: ids.salt(), meta }], {
        expected: BigInt(revision),
      });
      return 'reached';
    }, BigInt(revision));
    expect(found.revision).toBe(BigInt(revision));
  });

  it('waits for nothing where it is stale already, and reads nothing anew where all is drawn', async () => {
    const never = () => Promise.reject(new Error('Nobody waits.'));
    expect((await waiting(never, seen.revision - 1n)).revision).toBe(seen.revision - 1n);
    expect((await waiting(async () => 'level')).once).toBe(seen.once);
  });

  it('is answered that nothing was recorded where nobody draws what follows', async () => {
    expect(await tried(() => waiting(async () => 'lagging'))).toBe('PROJECTION_LAGGING');
  });
});
