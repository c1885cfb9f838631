import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import { join, openTalks, raising } from '../support/scene.js';
import { inTheNameOf } from '../support/sides.js';

interface Page {
  readonly items: readonly {
    readonly state: string;
    readonly event: { envelope: { id: string } };
    readonly corrected?: { readonly eventId: string };
    readonly doubted?: object;
  }[];
}
interface Agenda {
  readonly inYourName: { readonly US: readonly { readonly eventId: string; readonly doubted?: object }[] };
}
interface Results {
  readonly results: readonly {
    readonly status: number;
    readonly recorded?: boolean;
    readonly code?: string;
  }[];
}

describe('What was recorded in the name of a party that joins late', () => {
  let api: Api;
  let dialogueId: string;
  let path: string;
  const positions = 30;
  const asUS = 'us-negotiator' as const;

  const list = async (query = '') => {
    const { body, headers } = await api.ask<Page>(
      'GET',
      `/v1/dialogues/${dialogueId}/in-your-name?party=US${query}`,
    );
    return { items: body.items, link: headers.get('link') };
  };
  const idsOf = ({ items }: Page) => items.map(({ event }) => event.envelope.id);
  const answer = async (answers: readonly object[], as: 'us-negotiator' | 'ru-negotiator' = asUS) => {
    const body = { answers };
    return api.ask<Results>('POST', `/v1/dialogues/${dialogueId}/answer-attributions`, { as, body });
  };

  beforeAll(async () => {
    api = await Api.start();
    const talks = await openTalks(api);
    dialogueId = talks.dialogueId;
    await join(api, dialogueId, 'RU');
    path = `/v1/irritants/${(await api.create<{ id: string }>('/v1/irritants', raising(dialogueId), 'ru-registrar')).body.id}`;
    for (let number = 1; number <= positions; number += 1) {
      await api.act(
        `${path}/state-position`,
        {
          party: 'US',
          stance: 'contests',
          text: { en: `Said as number ${number}.` },
          wording: [{ as: 'summary' }],
          sources: [{ sourceId: talks.sources.US }],
        },
        'secretariat',
      );
    }
    await join(api, dialogueId, 'US');
    await api.settled();
  });
  afterAll(() => api.stop());

  it('is listed, page by page, each once and in the order of the record', async () => {
    const first = await list('&limit=20');
    expect(first.items).toHaveLength(20);
    const [, next] = /<([^>]+)>/.exec(first.link ?? '') ?? [];
    const second = await api.ask<Page>('GET', next ?? '');
    const ids = [...idsOf(first), ...idsOf(second.body)];
    expect(new Set(ids).size).toBe(positions);
    expect(second.headers.get('link')).toBeNull();
    expect(first.items.every(({ state }) => state === 'open')).toBe(true);
  });

  it('is answered many at a time, each with a result of its own, and the same again changes nothing', async () => {
    const ids = idsOf(await list('&limit=200'));
    const answers = ids
      .slice(0, 10)
      .map((target, index) =>
        index % 2 === 0
          ? { target, answer: 'endorse' }
          : { target, answer: 'disavow', ground: 'not-what-we-said' },
      );
    const { body } = await answer([...answers, { target: dialogueId, answer: 'endorse' }]);
    expect(body.results.slice(0, 10).every(({ status, recorded }) => status === 200 && recorded)).toBe(true);
    expect(body.results[10]).toMatchObject({ status: 409, code: 'target-unknown' });
    const again = await answer(answers);
    expect(again.headers.get('act-recorded')).toBe('false');
    expect(again.body.results.every(({ status, recorded }) => status === 200 && recorded === false)).toBe(
      true,
    );
    await api.settled();
    expect((await list('&state=endorsed')).items).toHaveLength(5);
    expect((await list('&state=disavowed')).items).toHaveLength(5);
    expect((await list('&state=open')).items).toHaveLength(positions - 10);
  });

  it('is nothing that the other side can answer for', async () => {
    const [target] = idsOf(await list('&state=open'));
    const { body } = await answer([{ target, answer: 'endorse' }], 'ru-negotiator');
    expect(body.results[0]).toMatchObject({ status: 409, code: 'not-attributed-to-you' });
  });

  it('counts as the own word of the party once it is endorsed, and the words in the record stay a summary', async () => {
    const [target] = idsOf(await list('&state=open')).toReversed();
    await answer([{ target, answer: 'endorse' }]);
    const { body } = await api.ask<{ positions: { US: object } }>('GET', path);
    expect(body.positions.US).toMatchObject({
      eventId: target,
      capacity: 'direct',
      endorsedBy: expect.any(String),
      wording: [{ as: 'summary' }],
    });
  });

  it('shows which of it whoever recorded it doubts, until that is taken back or the word itself is out', async () => {
    const [first, second] = idsOf(await list('&state=open'));
    const doubts = async () => {
      await api.settled();
      const { items } = await list('&limit=200');
      const agenda = await api.ask<Agenda>('GET', `/v1/dialogues/${dialogueId}/agenda`);
      const listed = items.flatMap(({ event, doubted }) => (doubted ? [[event.envelope.id, doubted]] : []));
      const due = agenda.body.inYourName.US.flatMap((one) =>
        one.doubted ? [[one.eventId, one.doubted]] : [],
      );
      expect(due).toEqual(listed);
      return listed.map(([id]) => id);
    };
    const reason = { en: 'Said at another round.' };
    for (const target of [first, second]) await api.act(`${path}/doubt`, { target, reason }, 'secretariat');
    expect(await doubts()).toEqual([first, second]);
    const { body } = await api.ask<{ items: { event: { envelope: { id: string } } }[] }>(
      'GET',
      `${path}/history?type=AttributionDoubted`,
    );
    await api.act(`${path}/retract`, { target: body.items[0]?.event.envelope.id, reason }, 'secretariat');
    expect(await doubts()).toEqual([second]);
    await answer([{ target: second, answer: 'disavow', ground: 'not-what-we-said' }]);
    expect(await doubts()).toEqual([]);
  });

  it('does not grow once the party speaks for itself', async () => {
    const said = { party: 'US', stance: 'contests', text: { en: 'More.' }, wording: [{ as: 'summary' }] };
    const { body } = await api.act(`${path}/state-position`, said, 'secretariat');
    expect(body).toMatchObject({ status: 409, code: 'party-speaks-for-itself' });
  });

  it('is endorsed as it reads: whoever has not read what it was corrected to has read another word', async () => {
    const { dialogueId: kept, sources } = await openTalks(api, { as: 'ru-negotiator' });
    const inName = { ...inTheNameOf('US', sources.US), stance: 'contests', text: { en: 'It asks.' } };
    const { id } = await made<{ id: string }>(api, 'irritants', 'ru-negotiator', raising(kept));
    const { positions } = await done<{ positions: { US: { eventId: string } } }>(
      api,
      `irritants/${id}/state-position`,
      'ru-negotiator',
      inName,
    );
    const target = positions.US.eventId;
    const content = { text: { en: 'It admits.' } };
    await done(api, `irritants/${id}/correct`, 'ru-negotiator', { target, content });
    await api.settled();
    const on = `/v1/dialogues/${kept}`;
    const { body } = await api.get<Page>(`${on}/in-your-name?party=US`, asUS);
    const corrected = body.items.find(({ event }) => event.envelope.id === target)?.corrected;
    expect(corrected).toMatchObject({ content });
    const agenda = await api.get<Agenda>(`${on}/agenda`, asUS);
    expect(agenda.body.inYourName.US).toMatchObject([{ eventId: target, corrected }]);
    const endorse = async (more: object) => {
      const answers = [{ target, answer: 'endorse', ...more }];
      const answered = await api.ask<Results>('POST', `${on}/answer-attributions`, {
        as: asUS,
        body: { answers },
      });
      return answered.body.results[0];
    };
    expect(await endorse({})).toMatchObject({ status: 412, code: 'stale-revision' });
    expect(await endorse({ corrected: corrected?.eventId })).toMatchObject({ status: 200, recorded: true });
    expect(await endorse({})).toMatchObject({ status: 200, recorded: false });
  });

  it('is not endorsed by a correction that was taken back since it was read', async () => {
    const { dialogueId: kept, sources } = await openTalks(api, { as: 'ru-negotiator' });
    const { id } = await made<{ id: string }>(api, 'irritants', 'ru-negotiator', raising(kept));
    const act = async (name: string, body: object) => {
      const path = `irritants/${id}/${name}`;
      const { positions } = await done<{
        positions: { US: { eventId: string; corrected?: readonly { eventId: string }[] } };
      }>(api, path, 'ru-negotiator', { ...body });
      return positions.US;
    };
    const said = { ...inTheNameOf('US', sources.US), stance: 'contests', text: { en: 'It asks.' } };
    const { eventId: target } = await act('state-position', said);
    const { corrected = [] } = await act('correct', { target, content: { text: { en: 'It regrets.' } } });
    const read = corrected[0]?.eventId;
    await act('retract', { target: read, reason: { en: 'It did not.' } });
    await api.settled();
    const endorse = async (more: object) => {
      const body = { answers: [{ target, answer: 'endorse', ...more }] };
      const path = `/v1/dialogues/${kept}/answer-attributions`;
      return (await api.ask<Results>('POST', path, { as: asUS, body })).body.results[0];
    };
    expect(await endorse({ corrected: read })).toMatchObject({ status: 412, code: 'stale-revision' });
    expect(await endorse({})).toMatchObject({ status: 200, recorded: true });
  });
});
