import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject, Recorded } from '#libs/event-store';
import { done } from '../support/acting.js';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import { registerFirst, requireSigned } from '../support/signing.js';

interface Told {
  readonly seq: number;
  readonly id?: string;
  readonly summary: string;
  readonly standing?: string;
  readonly event?: { readonly envelope: { readonly id: string } };
}

describe('What somebody wrote into the store as a word of the wrong side', () => {
  let api: Api;
  let scene: Awaited<ReturnType<typeof setScene>>;
  let claimed: Recorded;
  let at: string;
  const forged: string[] = [];

  const putIn = async (event: Pick<Recorded, 'type' | 'data' | 'content'>, act: JsonObject) => {
    const { store, streams, ids } = api.server.record;
    const stream = `irritant-${scene.irritantId}`;
    const { occurred: _, ...meta } = claimed.meta;
    const id = ids.next();
    const { length } = await streams.events(stream);
    const written = { ...event, id, salt: claimed.salt, meta: { ...meta, act } };
    await store.append(stream, [written], { expected: BigInt(length - 1) });
    await api.settled();
    forged.push(id);
  };
  const saying = async (what: string) => (await api.get<{ items: readonly Told[] }>(what)).body.items;

  beforeAll(async () => {
    api = await Api.start();
    scene = await setScene(api);
    at = `irritants/${scene.irritantId}`;
    const claim = { kind: 'other', text: { en: 'All nine were ours.' }, audience: 'public' };
    const { claims } = await done<{ claims: readonly { claimId: string }[] }>(
      api,
      `${at}/claim`,
      'ru-negotiator',
      { ...claim, occurred: '2025-04-10' },
    );
    const [{ claimId } = { claimId: '' }] = claims;
    const stored = await Array.fromAsync(api.server.record.store.readStream(`irritant-${scene.irritantId}`));
    claimed = stored.find(({ data }) => data['claimId'] === claimId)!;
    const byOthers = { party: 'RU', recordedBy: 'somebody', recorderParty: 'US' };
    const text = { text: { en: 'None was ours.' } };
    const { type, data } = claimed;
    await putIn({ type, data, content: text }, { ...byOthers, capacity: 'direct' });
    const repudiation = { type: 'ActRepudiated', data: { target: claimed.id }, content: {} };
    await putIn(repudiation, { ...byOthers, capacity: 'attributed' });
    await done(api, `${at}/claims/${claimId}/deny`, 'us-negotiator', { text: { en: 'They were not.' } });
    await api.settled();
  });
  afterAll(() => api.stop());

  it('names nothing that others say anything of', async () => {
    const history = await saying(`/v1/${at}/history?limit=100`);
    const denial = history.find(({ summary }) => summary.startsWith('US denied'));
    expect(denial?.summary).toContain('All nine were ours');
    const feed = await api.get<{ items: readonly { data: Told }[] }>(`/v1/feed?dialogue=${scene.dialogueId}`);
    expect(feed.body.items.map(({ data }) => data.summary)).toContain(denial?.summary);
  });

  it('is told as that where two moments are compared, and where the record is gone through event by event', async () => {
    const last = (await saying(`/v1/${at}/history?limit=100`)).at(-1)?.seq;
    const { events } = (await api.get<{ events: readonly Told[] }>(`/v1/${at}/diff?from=s0&to=s${last}`))
      .body;
    const lines = (await api.get<string>(`/v1/${at}/replay`)).body.trim().split('\n');
    const frames = lines.map((line) => JSON.parse(line) as Told);
    const never = (all: readonly Told[]) => all.filter(({ standing }) => standing === 'unheard');
    expect(never(events).map(({ id }) => id)).toEqual(forged);
    expect(never(frames).map(({ event }) => event?.envelope.id)).toEqual(forged);
  });

  it('words no title for the side that it names as its recorder, where an entry begins with it', async () => {
    const { store, ids } = api.server.record;
    const [raised] = await Array.fromAsync(store.readStream(`irritant-${scene.irritantId}`));
    const { type, content, salt, meta } = raised!;
    const id = ids.next();
    const data = { ...raised!.data, key: scene.key.replace(/\d+$/, '99') };
    const act = { ...(meta['act'] as JsonObject), recorderParty: 'US' };
    const begun = { id: ids.next(), type, data, content, salt, meta: { ...meta, act } };
    await store.append(`irritant-${id}`, [begun], { expected: 'no_stream' });
    await api.settled();
    const { body } = await api.get<{ raised: object }>(`/v1/irritants/${id}`);
    expect(body).toMatchObject({ raisers: [], titled: { by: null }, raised: { party: null } });
    expect(body.raised).not.toHaveProperty('recorderParty');
  });

  it('is nothing that the party has to answer', async () => {
    expect(await saying(`/v1/dialogues/${scene.dialogueId}/in-your-name?party=RU`)).toEqual([]);
  });

  it('names nothing either once it was found void, since its party signs its acts', async () => {
    const { dialogueId } = scene;
    await requireSigned(api, dialogueId, 'RU', await registerFirst(api, dialogueId, 'RU', 101));
    const { type, data, meta } = claimed;
    await putIn({ type, data, content: { text: { en: 'All were theirs.' } } }, meta['act'] as JsonObject);
    const { claimId } = data as { claimId: string };
    await done(api, `${at}/claims/${claimId}/confirm`, 'us-negotiator', { mode: 'same-text' });
    await api.settled();
    const history = await saying(`/v1/${at}/history?limit=100`);
    const told = history.findLast(({ summary }) => summary.startsWith('US confirmed'))?.summary;
    expect(told).toContain('All nine were ours');
  });

  it('is no act that another record could take in, nor is what was found void', async () => {
    const { body } = await api.get<string>(`/v1/exports?what=acts&dialogue=${scene.dialogueId}`);
    expect(body).toContain('All nine were ours.');
    expect(body).not.toMatch(/None was ours|All were theirs/);
  });
});
