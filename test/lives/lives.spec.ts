import { afterEach, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { agree, aStep, draft, table } from '../support/roadmap.js';
import { openTalks, setScene } from '../support/scene.js';
import { recoverKey } from '../../src/platform/access/key-recovery.js';
import { goldenOf, Life } from './life.js';

const [RU, US] = ['ru-negotiator', 'us-negotiator'] as const;
const summary = [{ as: 'summary' }];
const en = (words: string) => ({ en: words });

interface Offered extends Body {
  readonly resolutions: readonly { readonly resolutionId: string; readonly termsHash: string }[];
}
interface Claimed extends Body {
  readonly claims: readonly { readonly claimId: string }[];
}

/** Five lives of a dispute, each walked act by act and kept as a text that is read before it is changed. */
describe('The life of a dispute', () => {
  let api: Api;
  afterEach(() => api.stop());

  const resolve = async (life: Life) => {
    const { resolutions } = await life.act<Offered>(RU, 'propose-resolution', {
      terms: en('Returned and closed.'),
    });
    const { resolutionId, termsHash } = resolutions.at(-1)!;
    await life.act(US, 'accept-resolution', { resolutionId, termsHash });
  };

  it('between two that have both joined', async () => {
    api = await Api.start();
    const { dialogueId } = await setScene(api);
    const life = new Life(api, dialogueId);
    await life.raise(RU);
    await life.act(US, 'acknowledge', { statement: en('Without prejudice.') });
    await life.act('secretariat', 'state-position', {
      party: 'US',
      stance: 'contests',
      text: en('x'),
      wording: summary,
    });
    const { claims } = await life.act<Claimed>(RU, 'claim', {
      kind: 'roadmap-to-be-developed',
      text: en('Both develop a roadmap.'),
    });
    await life.act(US, `claims/${claims[0]!.claimId}/confirm`, { mode: 'same-text' });
    const { id } = await draft(api, dialogueId, [life.irritantId]);
    const step = aStep();
    await agree(api, 'roadmaps', await table(api, id, [life.irritantId], [step]));
    life.say(`both assent to a roadmap · ${await life.shown()}`);
    await life.act(US, `roadmaps/${id}/steps/${step.stepId}/start`);
    await life.act(US, `roadmaps/${id}/steps/${step.stepId}/report-done`);
    await life.act(RU, `roadmaps/${id}/steps/${step.stepId}/accept`);
    await resolve(life);
    await life.act(RU, 'reopen', {
      closingEventId: await life.last('IrritantResolved'),
      reason: en('Not kept.'),
    });
    expect(life.text).toBe(goldenOf('both-joined', life.text));
  });

  it('kept alone for a year, then joined, with 500 acts to answer', async () => {
    api = await Api.start();
    const opened = await api.create<{ id: string }>(
      '/v1/dialogues',
      { parties: ['RU', 'US'], keyPrefix: 'ALONE', name: en('Talks') },
      RU,
    );
    const dialogueId = opened.body.id;
    const cited = { dialogueId, kind: 'statement', issuers: ['US'], lang: 'en', held: false };
    const source = await api.create<{ id: string }>(
      '/v1/sources',
      { ...cited, title: 'S', citation: 'S' },
      RU,
    );
    const sources = [{ sourceId: source.body.id }];
    const life = new Life(api, dialogueId);
    await life.raise(RU);
    await life.act(RU, 'acknowledge', { party: 'US', sources });
    for (let number = 1; number < 500; number += 1) {
      const said = {
        party: 'US',
        stance: 'contests',
        text: en(`Said as ${number}.`),
        wording: summary,
        sources,
      };
      await api.act(`/v1/irritants/${life.irritantId}/state-position`, said, RU);
    }
    life.say(`RU records 499 statements of the US · ${await life.shown()}`);
    await life.join(US);
    const names = async (state: string) => {
      const path = `/v1/dialogues/${dialogueId}/in-your-name?party=US&state=${state}&limit=200`;
      const { body } = await api.ask<{ items: { event: { envelope: { id: string } } }[] }>('GET', path);
      return body.items.map(({ event }) => event.envelope.id);
    };
    const answer = async (answers: readonly object[]) =>
      api.ask('POST', `/v1/dialogues/${dialogueId}/answer-attributions`, { as: US, body: { answers } });
    const [acknowledged] = await names('open');
    await answer([{ target: acknowledged, answer: 'disavow', ground: 'not-what-we-said' }]);
    life.say(`the US disavows the acknowledgement · ${await life.shown()}`);
    let answered = 0;
    for (let open = await names('open'); open.length > 0; open = await names('open')) {
      await answer(open.map((target) => ({ target, answer: 'endorse' })));
      answered += open.length;
      await api.settled();
    }
    life.say(`the US endorses ${answered} statements · ${await life.shown()}`);
    await life.act(RU, 'state-position', {
      party: 'US',
      stance: 'resolved',
      text: en('x'),
      wording: summary,
      sources,
    });
    await life.act(US, 'acknowledge');
    expect(life.text).toBe(goldenOf('kept-alone', life.text));
  });

  it("a secretariat's record that neither has joined, and then one has", async () => {
    api = await Api.start();
    const { dialogueId, sources } = await openTalks(api);
    const of = (party: 'RU' | 'US') => ({ party, sources: [{ sourceId: sources[party] }] });
    const life = new Life(api, dialogueId);
    await life.raise('secretariat', of('RU'));
    await life.act(RU, 'state-position', { stance: 'seeks-action', text: en('Now.') });
    await life.act('secretariat', 'acknowledge', of('US'));
    const claim = { kind: 'roadmap-to-be-developed', text: en('A roadmap.'), wording: summary };
    const { claims } = await life.act<Claimed>('secretariat', 'claim', { ...of('RU'), ...claim });
    await life.act('secretariat', `claims/${claims[0]!.claimId}/confirm`, { ...of('US'), mode: 'same-text' });
    await life.join(US);
    await life.act(US, 'disavow', {
      target: await life.last('UnderstandingConfirmed'),
      ground: 'not-what-we-said',
    });
    await life.act(US, 'endorse', { target: await life.last('IrritantAcknowledged') });
    await life.act('secretariat', 'state-position', {
      ...of('RU'),
      stance: 'seeks-action',
      text: en('x'),
      wording: summary,
    });
    await life.act('secretariat', 'contest', of('US'));
    expect(life.text).toBe(goldenOf('secretariat', life.text));
  });

  it("a stolen negotiator's key, repudiated and reviewed", async () => {
    api = await Api.start();
    const { dialogueId } = await setScene(api);
    const life = new Life(api, dialogueId);
    await life.raise(RU);
    await life.act(US, 'acknowledge');
    life.say('a thief has the key of the negotiator of RU');
    await resolve(life);
    const stolen = await life.last('ResolutionProposed');
    life.say('RU has a new key, and says which act was not its own');
    await life.act(RU, 'repudiate', { target: stolen, reason: en('The key was stolen.') });
    await life.act(US, 'disavow', { target: stolen, ground: 'not-what-we-said' });
    await life.act(RU, 'conclude-act-review', { target: stolen, outcome: 'void' });
    await life.act(US, 'conclude-act-review', { target: stolen, outcome: 'stands' });
    await life.act(US, 'conclude-act-review', { target: stolen, outcome: 'void' });
    await life.act(US, 'conclude-act-review', { target: stolen, outcome: 'void' });
    expect(life.text).toBe(goldenOf('stolen-key', life.text));
  });

  it('a party whose every negotiator has lost the key', async () => {
    api = await Api.start();
    const { dialogueId } = await setScene(api);
    const life = new Life(api, dialogueId);
    await life.raise(RU);
    const { items } = (
      await api.ask<{ items: { id: string; name: string }[] }>('GET', '/v1/keys', { as: 'operator' })
    ).body;
    const lost = items.find(({ name }) => name === US)!;
    const revoked = await api.ask('POST', `/v1/keys/${lost.id}/revoke`, { as: 'operator' });
    life.say(
      `the operator revokes the last key of the US: ${revoked.body['revokedAt'] === null ? 'it waits for the US' : 'done'}`,
    );
    await life.act('secretariat', 'acknowledge', { party: 'US' });
    const wanted = { name: 'recovered', party: 'US', roles: ['negotiator'] as const, days: 1 };
    const { key } = await recoverKey(api.server.record, wanted, 'The embassy was evacuated.');
    const path = `/v1/irritants/${life.irritantId}/acknowledge`;
    const present = await api.get(`/v1/irritants/${life.irritantId}`);
    const response = await fetch(`${api.server.url}${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        'If-Match': present.headers.get('etag') ?? '',
      },
      body: '{}',
    });
    life.say(`the US acknowledges with the recovered key: ${response.status} · ${await life.shown()}`);
    const { body } = await api.ask<{
      recoveries: { forParty: string; party: string | null; reason: string }[];
    }>('GET', `/v1/dialogues/${dialogueId}`);
    for (const { forParty, party, reason } of body.recoveries)
      life.say(
        `both read: a key for ${forParty}, an act of ${party ?? 'no party'}, without its approval: ${reason}`,
      );
    expect(life.text).toBe(goldenOf('keys-lost', life.text));
  });
});
