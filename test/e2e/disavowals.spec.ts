import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import { join, openTalks, raising } from '../support/scene.js';
import { inTheNameOf } from '../support/sides.js';

let api: Api;

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());

interface Listed {
  readonly items: readonly { readonly id: string; readonly stage: string }[];
}

describe('Whoever disavows an act', () => {
  it('reads at the position of the disavowal that the stage has fallen, and in no list before that it had not', async () => {
    const { dialogueId, sources } = await openTalks(api);
    await join(api, dialogueId, 'RU');
    const raised = await made<{ id: string }>(api, 'irritants', 'ru-registrar', raising(dialogueId));
    const exchange = await made<{ id: string }>(api, 'exchanges', 'ru-negotiator', { dialogueId });
    const at = `exchanges/${exchange.id}`;
    const covers = { irritantId: raised.id };
    const forUs = inTheNameOf('US', sources.US);
    await done(api, `${at}/assert-coverage`, 'ru-negotiator', covers);
    await done(api, `${at}/report`, 'secretariat', forUs);
    await done(api, `${at}/assert-coverage`, 'secretariat', { ...covers, ...forUs });
    await api.settled();
    const stage = async (query: string) => {
      const { items } = (await api.get<Listed>(`/v1/irritants?dialogue=${dialogueId}${query}`)).body;
      return items.map((one) => one.stage);
    };
    expect(await stage('')).toEqual(['in-implementation']);
    const events = await api.server.record.streams.events(`exchange-${exchange.id}`);
    const disavowal = await api.act(
      `/v1/${at}/disavow`,
      { target: events.at(-1)?.id, ground: 'not-what-we-said' },
      'us-negotiator',
    );
    const position = encodeURIComponent(disavowal.headers.get('event-position') ?? '');
    expect(await stage(`&minPosition=${position}`)).toEqual(['raised']);
    const read = await api.get(`/v1/irritants/${raised.id}?minPosition=${position}`);
    expect(read.body).toMatchObject({ stage: 'raised', overlays: [] });
    expect((await api.types('irritants', raised.id)).at(-1)).toBe('MilestoneLifted');
  });

  it('reads there too what the act had stood in the way of, and all that this brings about in its turn', async () => {
    const { dialogueId, sources } = await openTalks(api);
    await join(api, dialogueId, 'RU');
    const raised = await made<{ id: string }>(api, 'irritants', 'ru-registrar', raising(dialogueId));
    const tabled = await made<{ id: string; versions: readonly { contentHash: string }[] }>(
      api,
      'proposals',
      'ru-negotiator',
      { dialogueId, irritantIds: [raised.id], form: 'proposal', texts: { en: 'Visas are issued.' } },
    );
    const at = `proposals/${tabled.id}`;
    const forUs = inTheNameOf('US', sources.US);
    const assent = { version: 1, contentHash: tabled.versions[0]?.contentHash, adReferendum: false };
    await done(api, `${at}/assent`, 'secretariat', { ...assent, ...forUs });
    await done(api, `${at}/withdraw-assent`, 'secretariat', { version: 1, ...forUs });
    await done(api, `${at}/assent`, 'ru-negotiator', assent);
    await api.settled();
    const events = await api.server.record.streams.events(`proposal-${tabled.id}`);
    const disavowal = await api.act(
      `/v1/${at}/disavow`,
      { target: events.find((one) => one.type === 'AssentWithdrawn')?.id, ground: 'not-what-we-said' },
      'us-negotiator',
    );
    const position = encodeURIComponent(disavowal.headers.get('event-position') ?? '');
    const { items } = (await api.get<Listed>(`/v1/irritants?dialogue=${dialogueId}&minPosition=${position}`))
      .body;
    expect(items.map((one) => one.stage)).toEqual(['agreed']);
    expect((await api.types('proposals', tabled.id)).at(-1)).toBe('ProposalAgreed');
  });
});
