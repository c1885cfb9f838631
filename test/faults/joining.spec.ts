import { afterEach, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { facadeStore, ownStore } from '../support/engine.js';
import type { Engine } from '../support/engine.js';
import { join, openTalks, raising } from '../support/scene.js';

const stores = [
  ['in memory', ownStore],
  ['on the protocol of EventStoreDB', facadeStore],
] as const;

interface Irritant {
  readonly id: string;
  readonly stage: string;
  readonly acknowledgements: readonly { readonly eventId: string }[];
}

describe.each(stores)(
  'An act and the joining of the party in whose name it is recorded, at once: %s',
  (_, start) => {
    let api: Api;
    let engine: Engine;
    afterEach(async () => {
      await api.stop();
      await engine.stop();
    });

    async function scene() {
      engine = await start();
      api = await Api.start({ storeUrl: engine.storeUrl });
      const talks = await openTalks(api);
      await join(api, talks.dialogueId, 'RU');
      const raised = await api.create<Irritant>('/v1/irritants', raising(talks.dialogueId), 'ru-registrar');
      const path = `/v1/irritants/${raised.body.id}`;
      const acknowledge = () =>
        api.act<Irritant>(
          `${path}/acknowledge`,
          { party: 'US', sources: [{ sourceId: talks.sources.US }] },
          'secretariat',
        );
      return { ...talks, path, acknowledge };
    }

    /** The next append to the stream reaches the store only after the work is done. */
    function holdAppend(prefix: string, work: () => Promise<void>): void {
      const { store } = api.server.record;
      const append = store.append.bind(store);
      let isHeld = false;
      store.append = async (stream, ...rest) => {
        if (isHeld || !stream.startsWith(prefix)) return append(stream, ...rest);
        isHeld = true;
        await work();
        return append(stream, ...rest);
      };
    }

    it('what lands after the joining is void, and the stage is as if it had never been said', async () => {
      const { dialogueId, path, acknowledge } = await scene();
      holdAppend('irritant-', () => join(api, dialogueId, 'US'));
      const taken = await acknowledge();
      expect(taken.status).toBe(200);
      await api.settled();
      const { body } = await api.ask<Irritant>('GET', path);
      expect(body).toMatchObject({ stage: 'raised', acknowledgements: [] });
      const events = await api.server.record.streams.events(`irritant-${body.id}`);
      expect(events.map(({ type }) => type)).toEqual([
        'IrritantRaised',
        'IrritantAcknowledged',
        'AttributionVoid',
      ]);
      const listed = await api.ask<{ items: unknown[] }>(
        'GET',
        `/v1/dialogues/${dialogueId}/in-your-name?party=US`,
      );
      expect(listed.body.items).toEqual([expect.objectContaining({ state: 'void' })]);
    });

    it('what landed before it stands until the party answers for it', async () => {
      const { dialogueId, path, acknowledge } = await scene();
      holdAppend('dialogue-', async () => void (await acknowledge()));
      await join(api, dialogueId, 'US');
      await api.settled();
      const { body } = await api.ask<Irritant>('GET', path);
      expect(body).toMatchObject({ stage: 'under-consultation', basis: 'attributed' });
    });

    it('a disavowal at once with an act that rests on what is disavowed: one of them has to look again', async () => {
      const { dialogueId, path, acknowledge } = await scene();
      const { body: acknowledged } = await acknowledge();
      await join(api, dialogueId, 'US');
      const target = acknowledged.acknowledgements[0]?.eventId;
      const [one, other] = await Promise.all([
        api.act(`${path}/disavow`, { target, ground: 'not-what-we-said' }, 'us-negotiator'),
        api.act(`${path}/endorse`, { target }, 'us-negotiator'),
      ]);
      expect([one.status, other.status].filter((status) => status === 200)).toHaveLength(1);
    });
  },
);
