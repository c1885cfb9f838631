import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import { join, openTalks, raising, setScene } from '../support/scene.js';

describe('You speak for yourself', () => {
  let api: Api;
  beforeAll(async () => {
    api = await Api.start();
  });
  afterAll(() => api.stop());
  it('a party that has joined speaks for itself', async () => {
    const { irritantId, dialogueId, sources } = await setScene(api);
    const path = `/v1/irritants/${irritantId}`;
    const said = {
      party: 'US',
      stance: 'acknowledges',
      text: { en: 'Yes.' },
      sources: [{ sourceId: sources.US }],
    };
    for (const who of ['secretariat', 'ru-negotiator'] as const)
      expect((await api.act(`${path}/state-position`, said, who)).body).toMatchObject({
        status: 409,
        code: 'party-speaks-for-itself',
      });
    expect((await api.ask('GET', `/v1/dialogues/${dialogueId}`)).body).toMatchObject({
      kept: { by: 'both' },
    });
  });
  it('disavowed: drops at once, and the stage falls', async () => {
    const { dialogueId, sources } = await openTalks(api);
    await join(api, dialogueId, 'RU');
    const { id } = (await api.create<{ id: string }>('/v1/irritants', raising(dialogueId), 'ru-registrar'))
      .body;
    const path = `/v1/irritants/${id}`;
    const ack = { party: 'US', sources: [{ sourceId: sources.US }] };
    expect((await api.act(`${path}/acknowledge`, ack, 'ru-negotiator')).body).toMatchObject({
      code: 'kept-by-a-secretariat',
    });
    expect(
      (
        await api.act(
          `${path}/acknowledge`,
          { ...ack, sources: [{ sourceId: sources.press }] },
          'secretariat',
        )
      ).body,
    ).toMatchObject({ code: 'source-not-issued-by-party' });
    const taken = await api.act<{ stage: string; acknowledgements: { eventId: string }[] }>(
      `${path}/acknowledge`,
      ack,
      'secretariat',
    );
    expect(taken.body).toMatchObject({ stage: 'under-consultation', basis: 'attributed' });
    const target = taken.body.acknowledgements[0]!.eventId;
    const fallen = await api.act(`${path}/disavow`, { target, ground: 'not-what-we-said' }, 'us-negotiator');
    expect(fallen.body).toMatchObject({ stage: 'raised', acknowledgements: [] });
    expect((await api.act(`${path}/endorse`, { target }, 'us-negotiator')).body).toMatchObject({
      code: 'attribution-answered',
    });
  });
});
