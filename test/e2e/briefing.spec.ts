import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../support/manual-clock.js';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Body } from '../support/api.js';
import { agree, aStep, draft, table } from '../support/roadmap.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

let api: Api;
let scene: Scene;
const clock = new ManualClock();
const text = { en: 'Words.' };

beforeAll(async () => {
  api = await Api.start({}, clock);
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
});

async function read<T = Body>(what: string, query = ''): Promise<T> {
  await api.settled();
  const answer = await api.get<T>(`/v1/dialogues/${scene.dialogueId}/${what}${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

interface Item extends Body {
  readonly key: string;
  readonly awaiting: readonly { what: string; from: string; on: { kind: string } }[];
}
const agenda = (query = '') => read<{ items: Item[]; at: string }>('agenda', query);
async function itemOf(key = scene.key, query = ''): Promise<Item | undefined> {
  return (await agenda(query)).items.find((one) => one.key === key);
}

/** The ids in a list of the dialogue. */
async function listed(list: string, query: string): Promise<readonly string[]> {
  await api.settled();
  const answer = await api.get<{ items: readonly { id: string }[] }>(
    `/v1/${list}?dialogue=${scene.dialogueId}&${query}`,
  );
  return answer.body.items.map((one) => one.id);
}

async function undertaken(due: string | undefined): Promise<string> {
  const { dialogueId, irritantId } = scene;
  const exchange = await made<{ id: string }>(api, 'exchanges', 'ru-negotiator', { dialogueId });
  const { id } = await made<{ id: string }>(api, 'commitments', 'us-negotiator', {
    dialogueId,
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'once',
    ...(due === undefined ? {} : { due }),
    basis: { kind: 'exchange', id: exchange.id },
    irritantIds: [irritantId],
    text,
  });
  await done(api, `commitments/${id}/undertake`, 'us-negotiator');
  return id;
}

describe('The round to come', () => {
  it('stays on the agenda while one side alone calls it off, as the word of that side, until both cancel it', async () => {
    const { dialogueId } = scene;
    const planned = { dialogueId, startsAt: '2025-04-10' };
    const { id } = await made<{ id: string }>(api, 'rounds', 'ru-registrar', planned);
    const scheduled = async () =>
      (await read<{ nextRound: { scheduled: object[] } }>('agenda')).nextRound.scheduled;
    const round = { roundId: id, number: 1, startsAt: '2025-04-10' };
    expect(await scheduled()).toEqual([{ ...round, calledOff: [] }]);
    await done(api, `rounds/${id}/postpone`, 'us-registrar', { startsAt: '2025-04-17' });
    const later = { party: 'US', as: 'postponed', startsAt: '2025-04-17' };
    expect(await scheduled()).toEqual([{ ...round, calledOff: [later] }]);
    await done(api, `rounds/${id}/cancel`, 'ru-registrar');
    const off = { party: 'RU', as: 'cancelled' };
    expect(await scheduled()).toEqual([{ ...round, calledOff: [later, off] }]);
    const book = await api.get<string>(`/v1/dialogues/${dialogueId}/brief?for=US&format=md`, 'auditor');
    expect(book.body).toMatch(/US says that it is postponed to 2025-04-17; RU says that it is cancelled/);
    await done(api, `rounds/${id}/reinstate`, 'ru-registrar');
    await done(api, `rounds/${id}/cancel`, 'us-registrar');
    expect(await scheduled()).toEqual([{ ...round, calledOff: [{ ...off, party: 'US' }] }]);
    await done(api, `rounds/${id}/cancel`, 'ru-registrar');
    expect(await scheduled()).toEqual([]);
  });
});

describe('The agenda of a dialogue', () => {
  it('has every open irritant in the order of the keys, and no closed one', async () => {
    const other = await made<{ id: string; key: string }>(
      api,
      'irritants',
      'ru-negotiator',
      raising(scene.dialogueId),
    );
    expect((await agenda()).items.map((one) => one.key)).toEqual([scene.key, other.key]);
    await done(api, `irritants/${other.id}/withdraw`, 'ru-negotiator');
    expect((await agenda()).items.map((one) => one.key)).toEqual([scene.key]);
  });

  it('says what is awaited, of whom and since when, on the irritant and on its instruments', async () => {
    await done(api, `irritants/${scene.irritantId}/claim`, 'ru-negotiator', { kind: 'agreement', text });
    await made(api, 'proposals', 'us-negotiator', {
      dialogueId: scene.dialogueId,
      form: 'proposal',
      irritantIds: [scene.irritantId],
      texts: text,
    });
    const item = await itemOf();
    expect(item?.awaiting).toEqual([
      expect.objectContaining({
        what: 'answer-to-raising',
        from: 'US',
        on: expect.objectContaining({ kind: 'irritant' }),
      }),
      expect.objectContaining({ what: 'answer-to-claim', from: 'US' }),
      expect.objectContaining({
        what: 'assent',
        from: 'RU',
        on: expect.objectContaining({ kind: 'proposal' }),
      }),
    ]);
    for (const query of ['awaiting=RU', 'awaiting=RU&effectiveAt=2999', 'awaiting=RU&q=properties'])
      expect([query, await listed('irritants', query)]).toEqual([query, [scene.irritantId]]);
    expect(await listed('irritants', 'awaiting=US&sort=createdAt')).toEqual([scene.irritantId]);
    expect(item).toMatchObject({
      unansweredClaims: [{ by: 'RU', text }],
      proposals: [{ tabledBy: 'US', version: 1 }],
    });
  });

  it('shows the steps that nothing stands before, the earliest due first, and which are overdue', async () => {
    const first = aStep({ due: '2025-03-01' });
    const second = aStep({ responsible: 'RU', due: '2999-01' });
    const third = aStep({ after: [first.stepId] });
    const { id } = await draft(api, scene.dialogueId, [scene.irritantId]);
    await agree(api, 'roadmaps', await table(api, id, [scene.irritantId], [second, third, first]));
    expect((await itemOf())?.['nextSteps']).toMatchObject([
      { stepId: first.stepId, overdue: true, responsible: 'US' },
      { stepId: second.stepId, overdue: false, responsible: 'RU' },
    ]);
    expect(await listed('roadmaps', 'overdue=true')).toEqual([id]);
    expect(await listed('roadmaps', 'overdue=true&overdueAt=2025-03-01T12:00:00Z')).toEqual([]);
    await done(api, `roadmaps/${id}/steps/${first.stepId}/waive`, 'ru-negotiator');
    expect((await itemOf())?.['nextSteps']).toMatchObject([
      { stepId: second.stepId },
      { stepId: third.stepId },
    ]);
    expect(await listed('roadmaps', 'overdue=true')).toEqual([]);
    expect(await listed('roadmaps', 'overdue=false')).toEqual([id]);
  });

  it('shows a commitment as overdue once its date is wholly past, by the clock', async () => {
    const now = new Date(clock.now());
    const month = `${now.getUTCFullYear()}-${String(now.getUTCMonth() + 1).padStart(2, '0')}`;
    const id = await undertaken(month);
    await api.settled();
    expect((await itemOf())?.['overdueCommitments']).toEqual([]);
    expect(await listed('commitments', 'overdue=true')).toEqual([]);
    expect(await listed('commitments', 'overdue=false')).toEqual([id]);
    const before = (await agenda()) as unknown as { asOfSeq: number };
    clock.advance(32 * 86_400_000);
    expect(await listed('commitments', 'overdue=true')).toEqual([id]);
    expect(await listed('commitments', 'overdue=false')).toEqual([]);
    expect(await listed('commitments', 'overdue=true,false')).toEqual([id]);
    expect(await listed('commitments', `overdue=true&knownAt=s${before.asOfSeq}`)).toEqual([]);
    const matters = (query: string) => listed('irritants', query);
    expect(await matters('overdue=true')).toEqual([scene.irritantId]);
    expect(await matters('overdue=false')).toEqual([]);
    expect(await matters(`overdue=true&knownAt=s${before.asOfSeq}`)).toEqual([]);
    const overdueAt = `overdueAt=${clock.iso()}`;
    for (const past of [
      `knownAt=s${before.asOfSeq}`,
      `q=properties&knownAt=s${before.asOfSeq}`,
      'effectiveAt=2999',
    ])
      expect([past, await matters(`overdue=true&${overdueAt}&${past}`)]).toEqual([past, [scene.irritantId]]);
    expect((await itemOf())?.['overdueCommitments']).toMatchObject([
      { commitmentId: id, obligors: ['US'], due: month },
    ]);
    await done(api, `commitments/${id}/report-fulfilment`, 'us-negotiator');
    await done(api, `commitments/${id}/acknowledge-fulfilment`, 'ru-negotiator');
    expect((await itemOf())?.['overdueCommitments']).toEqual([]);
    expect(await listed('commitments', 'overdue=true')).toEqual([]);
    expect(await matters('overdue=true')).toEqual([]);
    expect(await matters(`overdue=true&${overdueAt}&knownAt=s${before.asOfSeq}`)).toEqual([scene.irritantId]);
  });

  it('pages through what is overdue by the instant of the first page', async () => {
    const ids = [await undertaken('2025-03'), await undertaken('2025-04-10'), await undertaken(undefined)];
    await api.settled();
    const of = `/v1/commitments?dialogue=${scene.dialogueId}&overdue=true&limit=1&sort=createdAt`;
    const first = await api.get<{ items: { id: string }[] }>(of);
    const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(new URL(next, 'http://here').searchParams.get('overdueAt')).toBe(clock.iso());
    const second = await api.get<{ items: { id: string }[] }>(next);
    expect([...first.body.items, ...second.body.items].map((one) => one.id)).toEqual(ids.slice(0, 2));
    expect(second.headers.get('link')).toBeNull();
    expect((await api.get(`/v1/commitments?overdueAt=2025-03-01T12:00:00Z`)).body).toMatchObject({
      code: 'parameter-invalid',
      errors: [{ parameter: 'overdueAt' }],
    });
  });

  it('of an earlier moment knows nothing of what came later', async () => {
    await api.settled();
    const before = (await agenda()) as unknown as { asOfSeq: number };
    await done(api, `irritants/${scene.irritantId}/claim`, 'ru-negotiator', { kind: 'agreement', text });
    expect((await itemOf())?.['unansweredClaims']).toHaveLength(1);
    expect((await itemOf(scene.key, `?knownAt=s${before.asOfSeq}`))?.['unansweredClaims']).toEqual([]);
    await done(api, `irritants/${scene.irritantId}/claim`, 'ru-negotiator', {
      kind: 'agreement',
      text,
      occurred: '2025-04-10',
    });
    const effective = await agenda('?effectiveAt=2025-04-09');
    expect(effective.at).toBe('2025-04-09T23:59:59.999Z');
    expect(effective.items[0]?.['unansweredClaims']).toHaveLength(1);
  });

  it('is refused with its parameter where that is wrong, and is unknown where the dialogue is', async () => {
    const at = `/v1/dialogues/${scene.dialogueId}`;
    expect(await api.get(`${at}/agenda?nonsense=1`)).toMatchObject({
      status: 400,
      body: { code: 'unknown-parameter' },
    });
    expect(await api.get(`${at}/stale?months=0`)).toMatchObject({
      status: 400,
      body: { code: 'parameter-invalid' },
    });
    const nowhere = '/v1/dialogues/01960b3a-0000-7000-8000-00000000ffff/agenda';
    expect(await api.get(nowhere)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describe('What is silent', () => {
  interface Silent {
    readonly irritants: readonly { key: string; silentMonths: number; lastHeard: Body }[];
    readonly commitments: readonly { commitmentId: string }[];
  }
  it('is what no party has spoken of for so many months: keeping the record is nobody’s word', async () => {
    const commitmentId = await undertaken('2999');
    expect(await read<Silent>('stale', '?months=1')).toMatchObject({ irritants: [], commitments: [] });
    clock.advance(70 * 86_400_000);
    const alias = { party: 'RU', alias: 'Moscow' };
    await done(api, `dialogues/${scene.dialogueId}/record-party-alias`, 'secretariat', alias);
    expect(await read<Silent>('stale', '?months=2')).toMatchObject({
      irritants: [{ key: scene.key, silentMonths: 2, lastHeard: { party: 'US' } }],
      commitments: [{ commitmentId }],
    });
    expect(await read<Silent>('stale', '?months=3')).toMatchObject({ irritants: [], commitments: [] });
    await done(api, `irritants/${scene.irritantId}/acknowledge`, 'us-negotiator');
    expect(await read<Silent>('stale', '?months=2')).toMatchObject({
      irritants: [],
      commitments: [{ commitmentId }],
    });
  });

  it('is asked for two years unless another number is given', async () => {
    expect(await read('stale')).toMatchObject({ months: 24 });
  });
});

describe('The statistics of a dialogue', () => {
  it('count per category and side', async () => {
    const claimed = await done<Body & { claims: { claimId: string }[] }>(
      api,
      `irritants/${scene.irritantId}/claim`,
      'ru-negotiator',
      { kind: 'agreement', text },
    );
    const [claim] = claimed.claims;
    await done(api, `irritants/${scene.irritantId}/claims/${claim?.claimId}/confirm`, 'us-negotiator', {
      mode: 'same-text',
    });
    await done(api, `irritants/${scene.irritantId}/claim`, 'ru-negotiator', { kind: 'agreement', text });
    await undertaken('2025-01');
    clock.advance(10 * 86_400_000);
    await made(api, 'irritants', 'us-negotiator', {
      ...raising(scene.dialogueId),
      raisers: ['US'],
      respondents: ['RU'],
      category: 'local-staff',
    });
    expect(await read('statistics')).toMatchObject({
      total: { irritants: 2, open: 2, medianAgeDays: 5 },
      categories: [
        {
          category: 'property',
          open: 1,
          stages: {
            raised: { now: 0, everReached: 1, medianDays: 0 },
            agreed: { now: 1, everReached: 1, medianDays: 10 },
          },
          sides: {
            RU: { raised: 1, open: 1, claims: { made: 2, confirmed: 1, unanswered: 1, shareConfirmed: 0.5 } },
            US: { raised: 0, commitments: { undertaken: 1, kept: 0, late: 1, allegedBroken: 0 } },
          },
        },
        { category: 'local-staff', sides: { US: { raised: 1, medianAgeDays: 0 } } },
      ],
    });
  });

  it('count each claim as what became of it, in part too, as the book does', async () => {
    const at = `irritants/${scene.irritantId}`;
    type Claimed = Body & { claims: { claimId: string }[] };
    const claimed = async (words: string) => {
      const { claims } = await done<Claimed>(api, `${at}/claim`, 'ru-negotiator', {
        kind: 'agreement',
        text: { en: words },
      });
      return claims.at(-1)?.claimId ?? '';
    };
    const inPart = { mode: 'partial', text: { en: 'Five, and no more.' } };
    const left = await claimed('Ten a year.');
    await done(api, `${at}/claims/${left}/confirm`, 'us-negotiator', inPart);
    const denied = await claimed('Twelve a year.');
    await done(api, `${at}/claims/${denied}/confirm`, 'us-negotiator', inPart);
    await done(api, `${at}/claims/${denied}/deny`, 'us-negotiator');
    await claimed('The school reopens.');
    const { total } = await read<Body & { total: { sides: Record<string, { claims: object }> } }>(
      'statistics',
    );
    expect(total.sides['RU']?.claims).toEqual({
      made: 3,
      confirmed: 0,
      partlyConfirmed: 2,
      denied: 0,
      withdrawn: 0,
      unanswered: 1,
      shareConfirmed: 0,
    });
    const book = await api.get<string>(
      `/v1/dialogues/${scene.dialogueId}/brief?for=US&format=md`,
      'us-registrar',
    );
    expect(book.body).toContain('3 (2 confirmed in part, 1 unanswered)');
  });
});
