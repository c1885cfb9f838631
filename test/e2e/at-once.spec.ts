import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Answer } from '../support/api.js';
import { setScene } from '../support/scene.js';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());

const words = { en: 'Words.' };
type Ask = () => Promise<Answer>;

/** A text of US to which it has assented; the assent of RU, by which both agree, and the withdrawal of its raising. */
async function agreeing(): Promise<{
  readonly assent: Ask;
  readonly withdraw: Ask;
  readonly withdrawAnew: Ask;
  readonly id: string;
  readonly irritantId: string;
}> {
  const { dialogueId, irritantId } = await setScene(api);
  const { id, versions } = (
    await api.create<{ id: string; versions: { version: number; contentHash: string }[] }>(
      '/v1/proposals',
      { dialogueId, form: 'proposal', irritantIds: [irritantId], title: words, texts: words },
      'us-negotiator',
    )
  ).body;
  const [{ version, contentHash }] = versions as [{ version: number; contentHash: string }];
  const body = { version, contentHash, adReferendum: false };
  await api.act(`/v1/proposals/${id}/assent`, body, 'us-negotiator');
  await api.settled();
  const asking = async (entry: string, command: string, sent: object) => {
    const etag = (await api.get(entry)).headers.get('etag') ?? '';
    const asked = { as: 'ru-negotiator', body: sent, headers: { 'If-Match': etag } } as const;
    return () => api.ask('POST', `${entry}/${command}`, asked);
  };
  return {
    id,
    irritantId,
    assent: await asking(`/v1/proposals/${id}`, 'assent', body),
    withdraw: await asking(`/v1/irritants/${irritantId}`, 'withdraw', {}),
    withdrawAnew: async () => (await asking(`/v1/irritants/${irritantId}`, 'withdraw', {}))(),
  };
}

/** Which of the two the store has first. */
async function isAgreedFirst(id: string, irritantId: string): Promise<boolean> {
  const { streams } = api.server.record;
  const at = async (stream: string, type: string) =>
    (await streams.events(stream)).find((one) => one.type === type)?.position;
  const [agreed, withdrawn] = [
    await at(`proposal-${id}`, 'ProposalAgreed'),
    await at(`irritant-${irritantId}`, 'IrritantWithdrawn'),
  ];
  return agreed !== undefined && (withdrawn === undefined || agreed < withdrawn);
}

describe('RU gives the last assent, and withdraws the matter', () => {
  it.each(['with the next request', 'with two requests at once'])(
    '%s: what both agreed stands until US lets it go',
    async (how) => {
      for (let time = 0; time < 8; time += 1) {
        const { assent, withdraw, withdrawAnew, id, irritantId } = await agreeing();
        const answers = how.includes('at once')
          ? await Promise.all([assent(), withdraw()])
          : [await assent(), await withdraw()];
        expect(answers[0]?.status).toBe(200);
        // Where the agreement showed before it arrived, it is decided anew on that, by the same side.
        const withdrawn = answers[1]?.status === 412 ? await withdrawAnew() : answers[1];
        expect(withdrawn?.status).toBe(200);
        await api.settled();
        const { body } = await api.get(`/v1/irritants/${irritantId}`);
        const isAgreed = await isAgreedFirst(id, irritantId);
        expect(body['stage']).toBe(isAgreed ? 'agreed' : 'withdrawn');
        if (!isAgreed) continue;
        await api.act(`/v1/irritants/${irritantId}/accept-withdrawal`, {}, 'us-negotiator');
        expect((await api.get(`/v1/irritants/${irritantId}`)).body['stage']).toBe('withdrawn');
      }
    },
  );
});
